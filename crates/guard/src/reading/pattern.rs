//! Regular expressions that stand in the source, compiled once when they are first needed.

use regex::{Regex, RegexBuilder};

/// Compiles a pattern of the source.
///
/// A space matches any white space, so that a pattern reads like the sentence it looks for. A
/// pattern may stand on several lines: line breaks and indentation are layout.
#[expect(clippy::expect_used, reason = "the patterns are constants and every one is tested")]
pub(crate) fn compile(source: &str) -> Regex {
    let mut pattern = source.to_owned();
    if source.contains('\n') {
        pattern = source.lines().map(str::trim).collect();
    }
    RegexBuilder::new(&spaced(&pattern)).size_limit(64 * 1024 * 1024).build().expect("a pattern of the source compiles")
}

/// Spaces as `(?:\s+)`, in a class as `\s`.
fn spaced(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let (mut escaped, mut in_class) = (false, false);
    for c in pattern.chars() {
        match c {
            ' ' if in_class => out.push_str(r"\s"),
            ' ' => out.push_str(r"(?:\s+)"),
            _ => out.push(c),
        }
        if !escaped {
            in_class = c == '[' || (in_class && c != ']');
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

/// Declares named patterns and, for the tests, the list of them.
macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $source:expr;)+) => {
        $(
            $(#[$doc])*
            static $name: std::sync::LazyLock<regex::Regex> =
                std::sync::LazyLock::new(|| $crate::reading::pattern::compile($source));
        )+

        #[cfg(test)]
        #[test]
        fn patterns_compile() {
            $( assert!(!$name.as_str().is_empty()); )+
        }
    };
}
pub(crate) use patterns;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_spaces() {
        assert_eq!(spaced("a ?[ b]"), r"a(?:\s+)?[\sb]");
        let pattern = compile("\\b(?:\n  one two|\n  three\n)");
        assert!(pattern.is_match("one\u{2003}two") && pattern.is_match("three"));
    }
}
