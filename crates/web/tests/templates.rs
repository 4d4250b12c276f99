//! What must hold for the templates of every crate, wherever they lie.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// All HTML files under the crates' `src` folders, with their text.
fn templates() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                found.push(path);
            }
        }
    }
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for member in fs::read_dir(crates).unwrap().map(Result::unwrap) {
        if member.path().join("src").is_dir() {
            walk(&member.path().join("src"), &mut found);
        }
    }
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

/// Why this text breaks the strict content policy, or `None`.
fn breaks_policy(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if lower.contains("<style") {
        return Some("a <style> element".to_owned());
    }
    for (at, _) in lower.match_indices("<script") {
        let tag = &lower[at..at + lower[at..].find('>').unwrap_or(0)];
        // Structured data is read by search engines, not run; browsers need no permission for it.
        if !tag.contains("src=") && !tag.contains("application/ld+json") {
            return Some("an inline <script>".to_owned());
        }
    }
    if lower.contains("javascript:") {
        return Some("a javascript: address".to_owned());
    }
    for mark in [" style=", "\n style=", "\tstyle="] {
        if lower.contains(mark) {
            return Some("a style attribute".to_owned());
        }
    }
    // on…= inside a tag, for example onclick=.
    for tag in lower.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        for word in tag.split_whitespace() {
            if word
                .strip_prefix("on")
                .and_then(|rest| rest.split_once('='))
                .is_some_and(|(event, _)| event.chars().all(|c| c.is_ascii_alphabetic()) && !event.is_empty())
            {
                return Some(format!("the handler {word}"));
            }
        }
    }
    None
}

/// The literal argument of each `function("…")` in the text.
fn arguments<'a>(text: &'a str, function: &str) -> Vec<&'a str> {
    text.split(&format!("{function}(\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_judge_knows_what_breaks_the_policy() {
    for bad in [
        "<style>a{}</style>",
        "<script>1</script>",
        "<p style=\"color:red\">",
        "<a onclick=\"x()\">",
        "<a href=\"javascript:x\">",
    ] {
        assert!(breaks_policy(bad).is_some(), "{bad}");
    }
    for good in
        ["<script type=\"module\" src=\"/a.js\"></script>", "<p class=\"style\">one=1</p>", "<td data-on=\"x\">"]
    {
        assert_eq!(breaks_policy(good), None, "{good}");
    }
}

#[test]
fn no_template_breaks_the_content_policy() {
    let all = templates();
    assert!(all.len() > 10, "the walk found only {}", all.len());
    let broken: Vec<_> =
        all.iter().filter_map(|(path, text)| Some(format!("{}: {}", path.display(), breaks_policy(text)?))).collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn templates_ask_only_for_assets_and_icons_that_exist() {
    let mut missing = Vec::new();
    for (path, text) in templates() {
        for name in arguments(&text, "asset_url").into_iter().filter(|name| !bedside_web::assets::exists(name)) {
            missing.push(format!("{}: asset {name}", path.display()));
        }
        let icons = ["icon", "with_icon"].iter().flat_map(|function| arguments(&text, function));
        // `net_icon("…")` ends in `icon(` too, so a network's name is fine here.
        for name in icons.filter(|name| !bedside_web::icons::exists(name) && !bedside_web::icons::exists_network(name))
        {
            missing.push(format!("{}: icon {name}", path.display()));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
