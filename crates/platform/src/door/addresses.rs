//! Which addresses the door may connect to: global unicast ones, and nothing else.
//!
//! The check stands where the connection is made, on the address that will be used, so a name that resolves to
//! a public address at one moment and to a private one at the next (DNS rebinding) gains nothing.
//! The ranges are those of the IANA special-purpose registries (RFC 6890), with multicast and the ways of
//! writing an IPv4 address inside an IPv6 one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Special-purpose IPv4 ranges: network and prefix length.
const NOT_GLOBAL_V4: [(Ipv4Addr, u32); 17] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Special-purpose ranges inside 2000::/3, the only part of IPv6 that is global unicast at all: protocol
/// assignments with Teredo (2001::/23), documentation (2001:db8::/32, 3fff::/20), 6to4 (2002::/16).
const NOT_GLOBAL_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether `address` is a global unicast one: somebody else's machine on the open internet.
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !NOT_GLOBAL_V4.iter().any(|(network, prefix)| {
            let mask = u32::MAX << (32 - prefix);
            v4.to_bits() & mask == network.to_bits()
        }),
        IpAddr::V6(v6) => {
            v6.segments()[0] & 0xe000 == 0x2000
                && !NOT_GLOBAL_V6.iter().any(|(network, prefix)| {
                    let mask = u128::MAX << (128 - prefix);
                    v6.to_bits() & mask == network.to_bits()
                })
        }
    }
}

/// The name has addresses, but none that is global.
#[derive(Debug, thiserror::Error)]
#[error("the name has no global unicast address")]
pub(super) struct OnlyPrivate;

/// Resolves names through the operating system and drops every address that is not global unicast.
#[derive(Debug, Clone, Copy)]
pub(super) struct GlobalOnly;

impl Resolve for GlobalOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let found_any = !all.is_empty();
            let global: Vec<SocketAddr> = all.into_iter().filter(|address| is_global(address.ip())).collect();
            if found_any && global.is_empty() {
                return Err(OnlyPrivate.into());
            }
            Ok(Box::new(global.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::is_global;

    #[test]
    fn only_global_unicast_addresses_pass() {
        let denied = "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 \
            169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 \
            198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 \
            :: ::1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::8.8.8.8 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 \
            2001:0:53aa:64c::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 \
            fc00::1 fdff::1 fe80::1 febf::1 fec0::1 ff02::1 4000::1";
        let passed = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 \
            169.253.1.1 172.15.255.255 172.32.0.1 192.0.1.1 192.167.1.1 192.169.1.1 198.17.1.1 198.20.0.1 \
            223.255.255.255 2001:200::1 2001:4860:4860::8888 2606:4700::1111 2a00:1450::1 3ffe::1";
        for address in denied.split_whitespace() {
            assert!(!is_global(address.parse().unwrap()), "{address} must be denied");
        }
        for address in passed.split_whitespace() {
            assert!(is_global(address.parse().unwrap()), "{address} must pass");
        }
    }
}
