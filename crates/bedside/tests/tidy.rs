//! The repository holds itself to its rules: borders between crates, module stories, names, sizes, and that every
//! route is walked by the isolation test. A rule that only stands in a document is soon not true any more.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot read the repository fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Crates by layer; an arrow may only go down (ARCHITECTURE.md).
const LAYERS: [(&str, &[&str]); 11] = [
    ("guard", &[]),
    ("guard-wasm", &["guard"]),
    ("platform", &[]),
    ("web", &["platform"]),
    ("practice", &["platform", "web"]),
    ("hub", &["platform", "web", "practice", "guard"]),
    ("publishing", &["platform", "web", "practice", "guard", "hub"]),
    ("authority", &["platform", "web", "practice", "guard", "hub", "publishing"]),
    ("engagement", &["platform", "web", "practice", "guard", "hub", "publishing"]),
    ("testkit", &["platform", "web", "practice", "guard", "hub", "publishing"]),
    ("bedside", &["platform", "web", "practice", "guard", "hub", "publishing", "authority", "engagement"]),
];
/// The most lines of a file of code; a longer one has become two things.
const MOST_LINES: usize = 420;
/// Words that say nothing about what a file is for.
const EMPTY_NAMES: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "manager", "misc", "lib_utils", "stuff"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn rust_files() -> Vec<PathBuf> {
    files(&root().join("crates"), "rs")
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The crates of ours that a manifest names as ordinary dependencies.
fn imports(manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]"
            && let Some(name) = line.strip_prefix("bedside-")
        {
            found.push(name.split(['.', ' ', '=']).next().unwrap().to_owned());
        }
    }
    found
}

#[test]
fn arrows_only_go_down_and_areas_do_not_know_each_other() {
    for (name, below) in LAYERS {
        let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        for import in imports(&manifest) {
            assert!(below.contains(&import.as_str()), "crates/{name} must not import {import}");
        }
    }
    let crates = fs::read_dir(root().join("crates")).unwrap().count();
    assert_eq!(crates, LAYERS.len(), "a new crate needs its place in the layers");
}

#[test]
fn every_module_opens_with_its_story() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().trim_start().starts_with("//!"))
        .map(|path| short(&path))
        .collect();
    assert!(silent.is_empty(), "these files begin without a story: {silent:#?}");
}

#[test]
fn names_say_what_a_file_is_for() {
    let empty: Vec<String> = rust_files()
        .into_iter()
        .filter(|path| {
            path.components()
                .any(|part| EMPTY_NAMES.contains(&part.as_os_str().to_string_lossy().trim_end_matches(".rs")))
        })
        .map(|path| short(&path))
        .collect();
    assert!(empty.is_empty(), "these names say nothing: {empty:#?}");
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{} ({lines})", short(&path)))
        .collect();
    assert!(long.is_empty(), "these files have become more than one thing: {long:#?}");
}

#[test]
fn nothing_is_left_for_later_without_saying_so() {
    // Written apart, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let mut left: Vec<String> = Vec::new();
    for path in rust_files() {
        for (n, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if marks.iter().any(|mark| line.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == *mark)) {
                left.push(format!("{}:{}", short(&path), n + 1));
            }
        }
    }
    assert!(left.is_empty(), "left for later: {left:#?}");
}

#[test]
fn sql_lives_in_stores() {
    // A query in a page is a query without its practice id in plain sight.
    let allowed = [
        "store",
        "audit.rs",
        "members.rs",
        "practice.rs",
        "throttle.rs",
        "link.rs",
        "sessions.rs",
        "migrations.rs",
        "database.rs",
    ];
    let mut elsewhere: Vec<String> = Vec::new();
    for path in rust_files() {
        let name = short(&path);
        let is_page = name.ends_with("pages.rs")
            || name.contains("/pages/") && !name.contains("hub")
            || name.ends_with("public.rs");
        if is_page
            && !name.contains("/tests/")
            && !allowed.iter().any(|part| name.contains(part))
            && fs::read_to_string(&path).unwrap().contains("sqlx::query")
        {
            elsewhere.push(name);
        }
    }
    assert!(elsewhere.is_empty(), "queries outside a store: {elsewhere:#?}");
}

/// All addresses that the program's routers name, read from the code.
fn routes() -> Vec<String> {
    let mut found = Vec::new();
    for path in rust_files() {
        let name = short(&path);
        if name.contains("/tests/") || name.contains("/examples/") || name.contains("testkit") || name.contains("door")
        {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        for part in code.split(".route(").skip(1) {
            if let Some(address) = part.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                found.push(address.to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_route_is_walked() {
    let walk = fs::read_to_string(root().join("crates/bedside/tests/route_walk.rs")).unwrap();
    let missing: Vec<String> =
        routes().into_iter().filter(|address| !walk.contains(&format!("\"{address}\""))).collect();
    assert!(missing.is_empty(), "these routes are not in route_walk.rs: {missing:#?}");
}

/// Renewed by `docs/update-guard-page`.
#[test]
fn the_page_of_the_guard_holds_every_rule_as_it_is() {
    let page = fs::read_to_string(root().join("docs/practice/guard.md")).unwrap();
    for rule in bedside_guard::rules::ALL {
        assert!(page.contains(&format!("#{}", rule.page().trim_end())), "docs/update-guard-page renews {rule:?}");
    }
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let machine = ["/ro", "ot/"].concat();
    let mut found: Vec<String> = Vec::new();
    for ending in ["rs", "md", "toml", "sql", "html", "mjs", "sh"] {
        for folder in ["crates", "docs", "e2e", "scripts", "bench"] {
            let folder = root().join(folder);
            if !folder.exists() {
                continue;
            }
            for path in files(&folder, ending) {
                if !short(&path).contains("node_modules")
                    && fs::read_to_string(&path).unwrap_or_default().contains(&machine)
                {
                    found.push(short(&path));
                }
            }
        }
    }
    assert!(found.is_empty(), "paths of a machine: {found:#?}");
}
