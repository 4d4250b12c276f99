//! The places where a person posts by hand, and what fits into them. A place is data: adding one is adding a row.

use crate::networks::Length;

/// A place where a person posts by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The word in an account's `server` field.
    pub id: &'static str,
    /// The name people know.
    pub name: &'static str,
    /// How long a text may be.
    pub length: Length,
    /// Most pictures in one message.
    pub pictures: usize,
    /// Where a person goes to post; empty where that is not one address.
    pub address: &'static str,
}

/// A link counts as long as it is.
const fn counted(most: usize) -> Length {
    Length::Graphemes { most, most_bytes: usize::MAX }
}

/// All places, in the order in which they are offered, with the networks' own numbers.
pub const PLATFORMS: &[Platform] = &[
    // https://www.facebook.com/help: a post may have 63,206 characters.
    Platform {
        id: "facebook",
        name: "Facebook",
        length: counted(63_206),
        pictures: 10,
        address: "https://www.facebook.com/",
    },
    // https://developers.facebook.com/docs/instagram-platform/content-publishing: 2,200 characters, 10 pictures.
    Platform {
        id: "instagram",
        name: "Instagram",
        length: counted(2_200),
        pictures: 10,
        address: "https://www.instagram.com/",
    },
    // https://developers.facebook.com/docs/threads/posts: 500 characters, 20 pictures.
    Platform {
        id: "threads",
        name: "Threads",
        length: counted(500),
        pictures: 20,
        address: "https://www.threads.com/",
    },
    // https://docs.x.com/fundamentals/counting-characters: 280, and 23 for every link (t.co).
    Platform {
        id: "x",
        name: "X",
        length: Length::Characters { most: 280, link: 23 },
        pictures: 4,
        address: "https://x.com/compose/post",
    },
    // https://www.linkedin.com/help/linkedin/answer/a528176: 3,000 characters.
    Platform {
        id: "linkedin",
        name: "LinkedIn",
        length: counted(3_000),
        pictures: 20,
        address: "https://www.linkedin.com/feed/",
    },
    // Doximity and Nextdoor publish no limit.
    Platform {
        id: "doximity",
        name: "Doximity",
        length: Length::Unlimited,
        pictures: 1,
        address: "https://www.doximity.com/",
    },
    Platform {
        id: "nextdoor",
        name: "Nextdoor",
        length: Length::Unlimited,
        pictures: 10,
        address: "https://nextdoor.com/",
    },
    // https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts: 1,500 characters.
    Platform {
        id: "google-business",
        name: "Google Business Profile",
        length: counted(1_500),
        pictures: 1,
        address: "https://business.google.com/",
    },
    Platform { id: "other", name: "Another network", length: Length::Unlimited, pictures: 10, address: "" },
];

/// The place that an account's `server` field names; an unknown word is `other`.
pub fn platform(server: &str) -> &'static Platform {
    let other = &PLATFORMS[PLATFORMS.len() - 1];
    PLATFORMS.iter().find(|platform| platform.id == server).unwrap_or(other)
}
