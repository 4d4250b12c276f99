//! The rules, one file each. A rule's `//!` comment is the page that staff read: what it finds,
//! why it matters, what to say instead.
//!
//! Adding one: copy a file, fill its table of good and bad examples, add a line below.

mod advice;
mod age;
mod claim;
mod contact;
mod date;
mod emergency;
mod hostile;
mod id_number;
mod incentive;
mod indirect;
mod location;
mod minor;
mod name;
mod no_source;
mod phi_detail;
mod photo;
mod relationship;

use std::fmt;
use std::ops::Range;

use crate::context::{Category, Context, Severity};
use crate::finding::Finding;
use crate::reading::Page;
use crate::reading::pattern::Pattern;

/// A rule: what it is called, its page for staff, and how it looks.
pub struct Rule {
    /// Its id, the `rule` of its findings.
    pub id: &'static str,
    /// What its findings are about.
    pub category: Category,
    source: &'static str,
    severities: BySeverity,
    pub(crate) look: fn(&Page<'_>, &mut Vec<Hit>),
    pub(crate) patterns: &'static [&'static Pattern],
}

macro_rules! rules {
    (@severities $name:ident) => { $name::SEVERITY };
    (@severities $name:ident $severities:ident) => { $name::$severities };
    ($($name:ident = $category:ident $(, $severities:ident)?;)+) => {
        /// Every rule, in the order in which they look.
        pub static ALL: &[Rule] = &[$(Rule {
            id: stringify!($name),
            category: Category::$category,
            source: include_str!(concat!(stringify!($name), ".rs")),
            severities: rules!(@severities $name $($severities)?),
            look: $name::look,
            patterns: $name::PATTERNS,
        },)+];
    };
}

rules! {
    contact = Contact;
    id_number = IdNumber;
    date = Date, EXACT;
    location = Location;
    age = Age;
    minor = Minor;
    photo = Photo;
    advice = Advice;
    emergency = Emergency;
    name = Name;
    relationship = Relationship;
    phi_detail = PhiDetail;
    claim = Claim;
    indirect = Indirect;
    no_source = NoSource;
    incentive = Incentive;
    hostile = Hostile;
}

impl Rule {
    /// How grave its gravest findings are in a context; `None`: it does not look there.
    pub fn severity(&self, context: Context) -> Option<Severity> {
        self.severities.of(context)
    }

    /// The page that staff read, in Markdown: the comment that opens the rule's file.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(String::new(), |page, line| page + line + "\n")
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How grave a rule's findings are in each context; `None`: not looked for there.
pub(crate) struct BySeverity {
    pub(crate) post: Option<Severity>,
    pub(crate) reply: Option<Severity>,
    pub(crate) story: Option<Severity>,
    pub(crate) case: Option<Severity>,
}

impl BySeverity {
    pub(crate) const fn everywhere(severity: Severity) -> BySeverity {
        let some = Some(severity);
        BySeverity { post: some, reply: some, story: some, case: some }
    }

    pub(crate) fn of(&self, context: Context) -> Option<Severity> {
        match context {
            Context::Post => self.post,
            Context::ReviewReply | Context::CommentReply => self.reply,
            Context::Story => self.story,
            Context::ColleagueCase => self.case,
        }
    }
}

/// What a rule found, before it is put in order.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) category: Category,
    pub(crate) severity: Severity,
    /// Place in the author's text.
    pub(crate) origin: Range<usize>,
    pub(crate) rule: &'static str,
    pub(crate) message: &'static str,
    pub(crate) suggestion: &'static str,
}

pub(crate) use contact::own_links;

/// Puts hits in order: names weigh more beside health details, overlapping hits of one category
/// become one, and each says its words.
pub(crate) fn settle(text: &str, mut hits: Vec<Hit>) -> Vec<Finding> {
    minor::weigh(&mut hits);
    name::weigh(&mut hits);
    hits.sort_by_key(|hit| (hit.category, hit.origin.start, hit.origin.end));
    let mut merged: Vec<Hit> = Vec::new();
    for hit in hits {
        match merged.last_mut() {
            Some(last) if last.category == hit.category && hit.origin.start < last.origin.end => {
                last.origin.end = last.origin.end.max(hit.origin.end);
                if hit.severity > last.severity {
                    *last = Hit { origin: last.origin.clone(), ..hit };
                }
            }
            _ => merged.push(hit),
        }
    }
    merged.sort_by_key(|hit| (hit.origin.start, hit.origin.end, hit.category));
    merged.into_iter().map(|hit| finding(text, hit)).collect()
}

fn finding(text: &str, hit: Hit) -> Finding {
    Finding {
        category: hit.category,
        severity: hit.severity,
        start: hit.origin.start,
        end: hit.origin.end,
        span: text[hit.origin].to_owned(),
        rule: hit.rule,
        message: hit.message.to_owned(),
        suggestion: hit.suggestion.to_owned(),
        replacement: None,
    }
}

/// The tables of good and bad examples that each rule's file ends with.
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod examples {
    use crate::{Context, Finding, Guard, Lang, Profile, Severity, Text};

    fn look(rule: &str, context: Context, text: &str) -> Vec<Finding> {
        let practice = include_str!("../../tests/data/practice.json");
        let profile: Profile = serde_json::from_str(practice).unwrap();
        let guard = Guard::new(&profile);
        let mut findings = guard.look(&Text { text, context, lang: Lang::En, in_reply_to: None });
        findings.retain(|finding| finding.rule == rule);
        findings
    }

    /// The rule finds `span` with exactly this severity.
    pub(super) fn bad(rule: &str, context: Context, text: &str, span: &str, severity: Severity) {
        let start = text.find(span).unwrap();
        let end = start + span.len();
        let findings = look(rule, context, text);
        let found = findings.iter().any(|f| f.severity == severity && f.start < end && start < f.end);
        assert!(found, "{rule} misses \"{span}\" in {context}: {text}\n{findings:?}");
    }

    /// The rule has nothing to say above a note.
    pub(super) fn good(rule: &str, context: Context, text: &str) {
        let mut findings = look(rule, context, text);
        findings.retain(|finding| finding.severity > Severity::Note);
        assert!(findings.is_empty(), "{rule} in {context}: {text}\n{findings:?}");
    }

    #[test]
    fn every_rule_has_its_page() {
        for rule in super::ALL {
            let page = rule.page();
            assert!(page.starts_with("# "), "{rule:?}");
            for part in ["**What it finds.**", "**Why it matters.**", "**Say instead.**"] {
                assert!(page.contains(part), "{rule:?}: {part}");
            }
        }
    }
}
