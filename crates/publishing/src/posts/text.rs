//! The exact words each account gets, and how each network counts them. Pure.
//!
//! A text that is too long is never cut: the account's own version stands first, else the post's text if it fits,
//! else its short version, which the author has seen.

use unicode_segmentation::UnicodeSegmentation;

use super::post::Post;
use crate::networks::{Capabilities, Length, Outgoing, Picture, ReplyTo, Settling, SourceLine, Translation, mastodon};

/// How long a text is on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// What the network would count.
    pub used: usize,
    /// The most it takes; `None` where there is no limit.
    pub most: Option<usize>,
    /// Whether the network would refuse it.
    pub too_long: bool,
}

/// Counts `text` as a network does.
pub fn count(length: Length, text: &str) -> Count {
    match length {
        Length::Unlimited => Count { used: text.graphemes(true).count(), most: None, too_long: false },
        Length::Graphemes { most, most_bytes } => {
            let used = text.graphemes(true).count();
            Count { used, most: Some(most), too_long: used > most || text.len() > most_bytes }
        }
        Length::Characters { most, link } => {
            let used = mastodon::count(text, link);
            Count { used, most: Some(most), too_long: used > most }
        }
    }
}

/// What a variant is made of.
#[derive(Debug, Clone, Copy)]
pub struct Ingredients<'a> {
    /// The post.
    pub post: &'a Post,
    /// The account's own version, when the author wrote one.
    pub own_version: Option<&'a str>,
    /// Pictures in order.
    pub pictures: &'a [Picture],
    /// Sources in order.
    pub sources: &'a [SourceLine],
    /// Who signed, for the own page.
    pub signed_by: Option<&'a str>,
    /// The message that is answered.
    pub reply_to: Option<&'a ReplyTo>,
    /// Address of the post on the own page, when it goes there too.
    pub home: Option<&'a str>,
}

/// The exact message for an account on a network with these capabilities.
pub fn outgoing(ingredients: &Ingredients<'_>, capabilities: &Capabilities) -> Outgoing {
    let Ingredients { post, pictures, sources, signed_by, reply_to, .. } = *ingredients;
    let is_home = capabilities.settling == Settling::Ours;
    let spanish = Translation { title: post.spanish_title.clone(), text: post.spanish_text.clone() };
    Outgoing {
        post_id: post.id.clone(),
        title: if is_home { post.title.clone() } else { String::new() },
        text: words(ingredients, capabilities),
        lang: post.lang.clone(),
        spanish: Some(spanish).filter(|spanish| is_home && !spanish.text.trim().is_empty()),
        pictures: pictures.iter().take(capabilities.pictures).cloned().collect(),
        sources: if is_home { sources.to_vec() } else { Vec::new() },
        signed_by: signed_by.filter(|_| is_home).map(str::to_owned),
        reply_to: reply_to.cloned(),
        challenge_id: post.challenge_id.clone().filter(|_| is_home),
    }
}

fn words(ingredients: &Ingredients<'_>, capabilities: &Capabilities) -> String {
    let Ingredients { post, own_version, home, .. } = *ingredients;
    let home = home.filter(|_| post.link_home && capabilities.settling != Settling::Ours);
    let with_home = |text: &str| match home {
        // An author who wrote the address into the text does not get it twice.
        Some(home) if !text.contains(home) => format!("{}\n\n{home}", text.trim_end()),
        _ => text.to_owned(),
    };
    if let Some(own) = own_version {
        return with_home(own);
    }
    let long = with_home(&post.text);
    if post.short_text.trim().is_empty() || !count(capabilities.length, &long).too_long {
        return long;
    }
    with_home(&post.short_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUESKY: Length = Length::Graphemes { most: 300, most_bytes: 3_000 };
    const MASTODON: Length = Length::Characters { most: 500, link: 23 };

    fn capabilities(length: Length, settling: Settling) -> Capabilities {
        Capabilities {
            id: "x",
            name: "X",
            length,
            pictures: 4,
            picture_bytes: 1_000_000,
            alt: 1_000,
            edits: false,
            deletes: true,
            reads: true,
            by_hand: false,
            settling,
            at_once: 4,
            label: "works now",
        }
    }

    fn ingredients<'a>(post: &'a Post, own_version: Option<&'a str>) -> Ingredients<'a> {
        Ingredients {
            post,
            own_version,
            pictures: &[],
            sources: &[],
            signed_by: None,
            reply_to: None,
            home: Some("https://cedar.example/p/c/posts/x"),
        }
    }

    #[test]
    fn networks_count_their_own_way() {
        // A family of four is one grapheme, seven code points and 25 bytes.
        let family = "👨‍👩‍👧‍👦";
        assert_eq!((count(BLUESKY, family).used, count(MASTODON, family).used), (1, 1));
        let link = format!("see https://{}.example now", "x".repeat(90));
        assert_eq!(count(MASTODON, &link).used, "see ".len() + 23 + " now".len());
        assert!(count(BLUESKY, &"ñ".repeat(301)).too_long);
        assert!(count(BLUESKY, &family.repeat(130)).too_long, "130 graphemes, but 3,250 bytes");
        assert_eq!(count(Length::Unlimited, "abc").most, None);
    }

    #[test]
    fn a_text_that_is_too_long_gives_way_to_its_short_version_and_is_never_cut() {
        let mut post = Post::draft("p", "id".into(), "m", "en", 0);
        post.text = "a".repeat(400);
        post.short_text = "short".into();
        let bluesky = capabilities(BLUESKY, Settling::RecordKey);
        assert_eq!(outgoing(&ingredients(&post, None), &bluesky).text, "short\n\nhttps://cedar.example/p/c/posts/x");
        let own = outgoing(&ingredients(&post, Some("mine")), &bluesky).text;
        assert!(own.starts_with("mine\n\n"));
        post.short_text.clear();
        assert!(count(BLUESKY, &outgoing(&ingredients(&post, None), &bluesky).text).too_long);
    }

    #[test]
    fn the_own_page_gets_everything_and_no_link_to_itself() {
        let mut post = Post::draft("p", "id".into(), "m", "en", 0);
        post.title = "Title".into();
        post.text = "Text".into();
        post.spanish_text = "Texto".into();
        let home = outgoing(&ingredients(&post, None), &capabilities(Length::Unlimited, Settling::Ours));
        assert_eq!((home.title.as_str(), home.text.as_str()), ("Title", "Text"));
        assert_eq!(home.spanish.map(|spanish| spanish.text).as_deref(), Some("Texto"));
    }
}
