//! Icons, set into the page where they stand, so that a page carries only those it shows.
//!
//! `assets/icons/icons.svg` holds them as symbols: `i-…` from Lucide (ISC), `n-…` network logos from Simple
//! Icons (CC0). An icon is hidden from assistive technology because the word beside it speaks; a network's logo
//! that stands alone needs a name, see [`net_icon_named`].

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use askama::{FastWritable, Values, filters::HtmlSafe};

static SOURCE: &str = include_str!("../assets/icons/icons.svg");

/// Drawing by symbol id.
static DRAWINGS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    SOURCE
        .split("<symbol ")
        .skip(1)
        .filter_map(|symbol| {
            let id = symbol.split("id=\"").nth(1)?.split('"').next()?;
            let drawing = symbol.split_once('>')?.1.split("</symbol>").next()?;
            Some((id, drawing))
        })
        .collect()
});

const BRAND: &str = r#"<path d="M24.6 24.2A11.5 11.5 0 1 1 27 19.4"/><path d="M24.6 24.2 28.6 29"/><circle cx="16" cy="16.5" r="3.4" fill="currentColor" stroke="none"/>"#;

/// An inline `<svg>`; templates write it without escaping.
#[derive(Debug, Clone)]
pub struct Icon {
    class: &'static str,
    drawing: &'static str,
    name: Option<String>,
}

/// An icon that stands beside its word: `icon("check")`.
pub fn icon(name: &str) -> Icon {
    Icon { class: "icon", drawing: drawing("i-", name), name: None }
}

/// A network's logo beside the network's name: `net_icon("bluesky")`. Networks without a logo get a link sign.
pub fn net_icon(network: &str) -> Icon {
    if exists_network(network) {
        Icon { class: "net", drawing: drawing("n-", network), name: None }
    } else {
        icon("link")
    }
}

/// A network's logo that stands alone; `label` is what a screen reader says.
pub fn net_icon_named(network: &str, label: &str) -> Icon {
    Icon { name: Some(label.to_owned()), ..net_icon(network) }
}

/// Bedside's sign, for the brand line.
pub fn logo() -> Icon {
    Icon { class: "", drawing: BRAND, name: None }
}

/// Whether there is an icon of this name.
pub fn exists(name: &str) -> bool {
    DRAWINGS.contains_key(format!("i-{name}").as_str())
}

/// Whether there is a logo for this network.
pub fn exists_network(network: &str) -> bool {
    DRAWINGS.contains_key(format!("n-{network}").as_str())
}

fn drawing(prefix: &str, name: &str) -> &'static str {
    DRAWINGS.get(format!("{prefix}{name}").as_str()).copied().unwrap_or_else(|| {
        // A page without one drawing is better than no page; a test looks for names that do not exist.
        tracing::error!(name, "no such icon");
        ""
    })
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.class.is_empty() {
            f.write_str(r#"<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round">"#)?;
        } else {
            write!(f, r#"<svg class="{}" viewBox="0 0 24 24" "#, self.class)?;
            match &self.name {
                None => f.write_str(r#"aria-hidden="true">"#)?,
                Some(name) => {
                    let name = askama::filters::escape(name.as_str(), askama::filters::Html).map_err(|_| fmt::Error)?;
                    write!(f, r#"role="img" aria-label="{name}">"#)?;
                }
            }
        }
        f.write_str(self.drawing)?;
        f.write_str("</svg>")
    }
}

impl HtmlSafe for Icon {}

impl FastWritable for Icon {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        write!(dest, "{self}").map_err(askama::Error::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_of_the_file_is_known() {
        assert_eq!(DRAWINGS.len(), SOURCE.matches("<symbol").count());
        assert!(exists("check") && exists_network("bluesky") && !exists("no-such-thing"));
        assert!(DRAWINGS.values().all(|drawing| drawing.starts_with('<') && !drawing.contains("symbol")));
    }

    #[test]
    fn a_name_is_escaped_and_an_icon_beside_a_word_is_hidden() {
        assert!(
            icon("check").to_string().starts_with(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path"#)
        );
        let named = net_icon_named("x", "\"X\"").to_string();
        assert!(named.contains(r#"role="img" aria-label="&#34;X&#34;""#), "{named}");
    }
}
