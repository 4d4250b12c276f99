//! What the inbox shows: rows of the list, and one message with everything that belongs to it. Made from data, read by
//! the templates.

use bedside_guard::{Category, Finding, Severity, may_be_kept};
use bedside_practice::{Member, Practice};
use bedside_publishing::{
    inbound::{Kind, Message, State},
    networks::Capabilities,
    posts::{PostKind, text},
};
use bedside_web::{Lang, dates, ui::Tone};
use jiff::ToSpan;

use super::triage::Class;

/// Characters of a message in a list.
const SNIPPET: usize = 140;

/// The beginning of a message, in one line.
pub(super) fn snippet(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.is_empty() => "A message without words".to_owned(),
        None => line,
    }
}

/// A row of the list.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) class: Class,
    pub(super) when: String,
    pub(super) snippet: String,
    pub(super) origin: String,
    pub(super) standing: (Tone, &'static str),
    pub(super) is_urgent: bool,
}

impl Entry {
    pub(super) fn of(practice: &Practice, network: &str, message: &Message, now: i64) -> Self {
        Self {
            id: message.id.clone(),
            class: Class::from_word(&message.sort),
            when: when(practice, message.written_at, now),
            snippet: snippet(&message.text),
            origin: origin(network, message.kind),
            standing: standing(message),
            is_urgent: message.is_alarming(),
        }
    }
}

/// "Bluesky reply".
pub(super) fn origin(network: &str, kind: Kind) -> String {
    format!("{network} {}", kind.as_str())
}

fn standing(message: &Message) -> (Tone, &'static str) {
    match message.state {
        _ if message.is_alarming() => (Tone::Block, "Nobody took it yet"),
        State::Open => (Tone::Coral, "To answer"),
        State::Answered => (Tone::Ok, "Answered"),
        State::Handled if !message.care_taken_how.is_empty() => (Tone::Ok, "Taken care of"),
        State::Handled => (Tone::Ok, "Handled offline"),
        State::Quiet => (Tone::Mute, "Only counted"),
    }
}

/// "9:52" today, "Yesterday" or "Feb 12" before.
pub(super) fn when(practice: &Practice, at: i64, now: i64) -> String {
    let (at, today) = (practice.local(at), practice.local(now).date());
    if at.date() == today {
        return dates::hour(at.time());
    }
    if at.date().checked_add(1.day()).is_ok_and(|next| next == today) {
        return "Yesterday".to_owned();
    }
    dates::short_date(Lang::En, at.date())
}

/// The icon beside a class.
pub(super) fn icon(class: Class) -> &'static str {
    match class {
        Class::Emergency | Class::SelfHarm | Class::Abuse => "siren",
        Class::Minor => "user",
        Class::AdverseEvent => "triangle-alert",
        Class::LegalPress => "megaphone",
        Class::Harassment => "octagon-x",
        Class::MedicalQuestion => "message-circle-question",
        Class::NegativeClinical | Class::NegativeService => "star",
        Class::Billing => "banknote",
        Class::Misinformation => "circle-help",
        Class::StoryOffer => "signature",
        Class::PositiveDetail | Class::PositiveGeneral => "heart",
        Class::Other => "messages-square",
    }
}

/// The colour of a class's tag.
pub(super) fn tag(class: Class) -> &'static str {
    match class {
        Class::Emergency | Class::SelfHarm | Class::Abuse => "is-block",
        Class::Minor
        | Class::AdverseEvent
        | Class::LegalPress
        | Class::Harassment
        | Class::NegativeClinical
        | Class::NegativeService => "is-warn",
        Class::MedicalQuestion | Class::Misinformation => "is-note",
        Class::PositiveDetail | Class::PositiveGeneral => "is-ok",
        Class::Billing | Class::StoryOffer | Class::Other => "",
    }
}

/// What the banner of a danger says.
pub(super) fn danger(message: &Message) -> String {
    let class = Class::from_word(&message.sort);
    match class {
        Class::SelfHarm => "Someone may hurt themselves".to_owned(),
        Class::Abuse => "Someone may be hurt by another person".to_owned(),
        _ => format!("Someone may be in danger: {}", message.urgent),
    }
}

/// Who is to be called, in words.
pub(super) fn on_call(members: &[Member]) -> String {
    let names: Vec<String> =
        members.iter().filter(|member| member.rights.on_call).map(Member::with_credentials).collect();
    match names.as_slice() {
        [] => "Nobody is on call. An owner sets that under People; until then, tell a clinician now.".to_owned(),
        [one] => format!("On call: {one}. Call now; do not wait for this page."),
        several => format!("On call: {}. Call now; do not wait for this page.", several.join("; ")),
    }
}

/// A finding of the guard in the reply, and whether this member may keep it with a reason.
pub(super) struct Found {
    pub(super) tone: Tone,
    pub(super) category: Category,
    pub(super) span: String,
    pub(super) message: String,
    pub(super) suggestion: String,
    pub(super) may_keep: bool,
}

impl Found {
    pub(super) fn of(finding: &Finding, member: &Member) -> Self {
        Self {
            tone: if finding.severity == Severity::Block { Tone::Block } else { Tone::Warn },
            category: finding.category,
            span: finding.span.clone(),
            message: finding.message.clone(),
            suggestion: finding.suggestion.clone(),
            may_keep: may_be_kept(finding, PostKind::Reply.context(), member.rights.privacy_lead),
        }
    }
}

/// The reply cut where findings begin and end: (class of the mark or nothing, words).
pub(super) fn marked(text: &str, findings: &[Finding]) -> Vec<(&'static str, String)> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.start);
    let (mut pieces, mut at) = (Vec::new(), 0);
    for finding in sorted {
        let (Some(before), Some(span)) = (text.get(at..finding.start), text.get(finding.start..finding.end)) else {
            continue;
        };
        let class = if finding.severity == Severity::Block { "is-block" } else { "is-warn" };
        pieces.push(("", before.to_owned()));
        pieces.push((class, span.to_owned()));
        at = finding.end;
    }
    pieces.push(("", text.get(at..).unwrap_or_default().to_owned()));
    pieces
}

/// How long the reply is, as the account's network counts: (words, too long).
pub(super) fn counted(capabilities: &Capabilities, reply: &str) -> (String, bool) {
    let count = text::count(capabilities.length, reply);
    let words = match count.most {
        Some(most) => format!("{} of {most} on {}", count.used, capabilities.name),
        None => format!("{} characters", count.used),
    };
    (words, count.too_long)
}

/// What a person can say about a danger that is over: (word, words).
pub(super) const CARE: [(&str, &str); 4] = [
    ("reached", "I reached the person, they are being helped"),
    ("called_911", "I called 911 for them"),
    ("unknown_person", "I could not find out who it is; the public answer stands"),
    ("no_danger", "It was not an emergency"),
];
