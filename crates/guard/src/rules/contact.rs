//! # Contact details
//!
//! **What it finds.** Phone and fax numbers, e-mail addresses, profile links and handles, links to
//! shared folders, IP addresses; also when they are spelled out ("five four one…", "at gmail dot
//! com"). The practice's own contacts, emergency and help lines, toll-free lines and the pages of
//! public bodies are left alone.
//!
//! **Why it matters.** Telephone and fax numbers, e-mail addresses, web addresses and IP addresses
//! of a person are identifiers of 45 CFR 164.514(b)(2)(i)(D), (E), (F), (N) and (O). In public they
//! cannot be taken back, also when people publish their own.
//!
//! **Say instead.** "Please call the office", with the number of the practice.
//!
//! A contact of a person can never be kept.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity = BySeverity::everywhere(Severity::Block);
const MESSAGE: &str = "This lets strangers reach one person.";
const SUGGESTION: &str = "Take it out and write \"please call the office\" with the practice's number.";
const CHECK: &str = "The guard does not know who is behind this address.";
const CHECK_SUGGESTION: &str = "Keep it only if it belongs to an organisation and shows nothing about a person.";

patterns! {
    // " @name" alone is a mention; only a mailbox at a free mail service is written with a space in front.
    EMAIL = r"[\w.+\-]+(?:(?: @ |@ ?)[\w\-]+(?: ?\. ?[\w\-]+)*| @(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|live|msn|comcast|gmx))\.[a-z]{2,}";
    URL = r"\b(?:https?://|www\.)[^\s<>\x22]+|\b[\w\-]+(?:\.[\w\-]+)*\.(?:com|net|org|edu|gov|io|me|co|us|info|app|gl|ly|tv|be|health|example|mx|es|page|link|ee|social|blog|site|online|xyz|club)\b(?:/[^\s<>\x22]*)?";
    HANDLE = r"(?:^|[^\w@/.])(?P<handle>@[A-Za-z0-9_](?:[\w.\-]*\w)?(?:@[\w\-]+(?:\.[\w\-]+)+)?)";
    IP = r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b";
    /// Ten digits, also split as a phone number is, or seven with a hyphen or a point.
    PHONE = r"(?:\+?1[ .\-]{0,2})?\(?\b[2-9]\d{2}\)?[ .\-/*_]{0,3}\d{3}[ .\-*_]{0,3}\d{4}\b|\b[2-9]\d{2}[.\-]\d{4}\b|\+\d{1,3}(?:[ .\-]?\d{2,4}){3,5}\b|\b(?:\d[ .\-]){9,10}\d\b";
    /// Seven digits that only a word like "call" makes a phone number.
    SHORT_PHONE = r"\b(?:call|text|phone|cell|mobile|tel|telephone|fax|number|ring|whatsapp|dial|llame|llamar|telefono|tfno|tlfno|tlf|movil|telf|celular|cel|numero)\b[^.\n\d]{0,25}(?P<number>[2-9]\d{2} ?\d{4})\b";
    /// Numbers of nine digits, as in Spain, behind a word for a telephone: "Tel.: 934 25 53 00", "Fax 91-3368000".
    LABELLED_PHONE = r"\b(?:tel|tel[ef]f?|telefonos?|tfno|tlfno|tlf|telf|movil|fax|llame al|phone)\b[.:]{0,2}[^\n\d+]{0,12}(?P<number>(?:\+ ?\d{2}[ .\-]?)?\(?[6-9]\d{1,2}\)?(?:[ .\-/]{0,3}\d){6,7})(?:$|[^\d])";
    /// Words right before a number that say it is something else.
    @asked OTHER_NUMBER = r"(?:npi|pmid|doi|nct|isbn|issn|lot|sku|upc|ndc|item|model|cpt|icd|clia|ein|tin|grant|protocol)\b[ #:.]*(?:no\.?|number|is)? ?$";
    @asked TOLL_FREE = r"^\+?1?[ .\-(]*8(?:00|33|44|55|66|77|88)\b";
    /// Places where people have profiles or share folders, and short links that hide their goal.
    @asked PERSONAL_HOST = r"^(?:[\w\-]+\.)*(?:facebook|fb|instagram|twitter|x|tiktok|snapchat|linkedin|threads|pinterest|reddit|youtube|youtu|venmo|paypal|cash|gofundme|caringbridge|givesendgo|strava|t|wa|telegram|signal|discord|onlyfans|linktr|dropbox|box|onedrive|1drv|icloud|wetransfer|we|imgur|flickr|smugmug|shutterfly|bit|tinyurl|goo|photos|drive|docs|forms|sharepoint|mega|nextdoor|blogspot|wordpress|tumblr|substack|medium|bsky|mastodon|23andme|ancestry|legacy)\.\w+(?:\.\w+)?$";
    @asked GOOGLE_SHARED = r"^(?:drive|docs|photos|forms|sites)\.(?:app\.goo\.gl|google\.com)$";
    /// Mailboxes of a role, not of a person.
    @asked ROLE = r"^(?:info|office|events?|contact|hello|support|volunteers?|register|registration|admin|help|press|media|billing|appointments?|team|news|donate|clinic|library)@";
    @asked FREE_MAIL = r"@(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast|me|mail|gmx)\.";
    /// Handles of public bodies.
    @asked PUBLIC_HANDLE = r"^@(?:cdc\w*|nih\w*|fda\w*|us_?fda|who|hhs\w*|american_?heart\w*|aafp\w*|aappublications|ameracadpeds|amdiabetesassn|americancancer|redcross|samhsa\w*|usda\w*|medlineplus|988lifeline|\w*gov)$";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let text = page.folded();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for found in page.find(&EMAIL) {
        taken.push(found.range());
        if let Some(severity) = email(page, found.as_str()) {
            push(page, hits, severity, found.range());
        }
    }
    for found in page.find(&URL) {
        let range = found.start()
            ..found.start() + found.as_str().trim_end_matches(['.', ',', ')', ';', ':', '!', '?', '\'']).len();
        if overlaps(&taken, &range) {
            continue;
        }
        if let Some(severity) = link(page, &text[range.clone()]) {
            push(page, hits, severity, range.clone());
        }
        taken.push(range);
    }
    for found in page.groups(&HANDLE).filter_map(|found| found.name("handle")) {
        let handle = found.as_str();
        let known = page.practice.owns_handle(handle) || PUBLIC_HANDLE.is_match(handle);
        if !known && !overlaps(&taken, &found.range()) {
            push(page, hits, Severity::Block, found.range());
        }
    }
    for found in page.find(&IP) {
        if overlaps(&taken, &found.range()) {
            continue;
        }
        let version = text[..found.start()].trim_end().ends_with("version");
        if !version && is_address(found.as_str()) {
            push(page, hits, Severity::Block, found.range());
        }
        taken.push(found.range());
    }
    phones(page, &taken, hits);
}

/// Four numbers are an address only when each fits into a byte.
fn is_address(written: &str) -> bool {
    written.contains(':') || written.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// Where the practice's own web addresses stand in the author's text.
pub(crate) fn own_links(page: &Page<'_>) -> Vec<Range<usize>> {
    let own = page.find(&URL).filter(|found| page.practice.owns_host(host(found.as_str())));
    own.map(|found| page.origin(found.range())).collect()
}

/// The host of an address, without `www.`, port and sign-in.
fn host(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.rsplit('@').next().unwrap_or_default().trim_start_matches("www.")
}

fn phones(page: &Page<'_>, taken: &[Range<usize>], hits: &mut Vec<Hit>) {
    let text = page.folded();
    let short = page.groups(&SHORT_PHONE).chain(page.groups(&LABELLED_PHONE)).filter_map(|found| found.name("number"));
    for range in page.find(&PHONE).chain(short).map(|found| found.range()) {
        let number = &text[range.clone()];
        let before = &text[..range.start];
        let touches = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "$#/".contains(c))
            || text[range.end..].chars().next().is_some_and(char::is_alphanumeric);
        let harmless = touches
            || overlaps(taken, &range)
            || page.practice.owns_number(number)
            || TOLL_FREE.is_match(number)
            || OTHER_NUMBER.is_match(before);
        if !harmless {
            push(page, hits, Severity::Block, range);
        }
    }
}

fn email(page: &Page<'_>, written: &str) -> Option<Severity> {
    let email: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if page.practice.owns_email(&email) {
        return None;
    }
    let role = ROLE.is_match(&email) && !FREE_MAIL.is_match(&email);
    Some(if role && page.context() == Context::Post { Severity::Warn } else { Severity::Block })
}

/// A link to a person's profile or a shared folder blocks. An unknown site blocks where a
/// participant may link to their own, and is worth a look where the practice itself writes.
fn link(page: &Page<'_>, url: &str) -> Option<Severity> {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    let host = host(url);
    if page.practice.owns_host(host) {
        return None;
    }
    let path = bare.get(host.len()..).unwrap_or_default();
    let own_profile = path.split('/').any(|part| !part.is_empty() && page.practice.owns_handle(part));
    if own_profile {
        return None;
    }
    if PERSONAL_HOST.is_match(host) || GOOGLE_SHARED.is_match(host) || IP.is_match(host) {
        return Some(Severity::Block);
    }
    match page.context() {
        Context::Story => Some(Severity::Block),
        _ => Some(Severity::Note),
    }
}

fn overlaps(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    taken.iter().any(|other| other.start < range.end && range.start < other.end)
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, range: Range<usize>) {
    let sure = severity == Severity::Block;
    hits.push(Hit {
        category: Category::Contact,
        severity: SEVERITY.of(page.context()).map_or(severity, |most| most.min(severity)),
        origin: page.origin(range),
        rule: "contact",
        message: if sure { MESSAGE } else { CHECK },
        suggestion: if sure { SUGGESTION } else { CHECK_SUGGESTION },
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::Block;

    #[test]
    fn finds_what_reaches_a_person() {
        for (context, text, span) in [
            (Post, "Text Rosa at 541 555 0166 to join.", "541 555 0166"),
            (ColleagueCase, "wife's cell (971)555-0118", "(971)555-0118"),
            (CommentReply, "ring me on 555-0199", "555-0199"),
            (Story, "call me 555 dot 0199", "555 dot 0199"),
            (Story, "anna.w62@gmail.com", "anna.w62@gmail.com"),
            (Story, "anna at yahoo dot com", "anna at yahoo dot com"),
            (Story, "I am instagram.com/lowsaltlou.", "instagram.com/lowsaltlou"),
            (CommentReply, "@jenny_runs your order is in", "@jenny_runs"),
            (ColleagueCase, "login from 203.0.113.9 at night", "203.0.113.9"),
            (Story, "mi celular es 503 555 0184", "503 555 0184"),
            (ColleagueCase, "Tel.: 934 25 51 00. Consulta de urología", "934 25 51 00"),
            (ColleagueCase, "Fax 91-3361200", "91-3361200"),
        ] {
            bad("contact", context, text, span, Block);
        }
    }

    #[test]
    fn leaves_public_lines_alone() {
        for (context, text) in [
            (Post, "Call (541) 555-0142, fax 541.555.0143, or hello@cedarhollow.example."),
            (Post, "Call 911, 988 or 1-800-QUIT-NOW. Medicare: 1-800-633-4227."),
            (Post, "Source: https://www.cdc.gov/salt and medlineplus.gov."),
            (ColleagueCase, "NPI 1234567893, BP 142/88 138/84, PMID 19916637."),
            (Post, "Follow @CedarHollowFM and @CDCgov, facebook.com/cedarhollow."),
            (Post, "More this week with @cedarhollow.example, our own page."),
            (Post, "From 2019-2020 to 2025-2026, 10-15 minutes, 1,200 steps."),
        ] {
            good("contact", context, text);
        }
    }
}
