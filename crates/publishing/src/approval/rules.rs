//! What a signature covers, who may give it, and what stands in the way. Pure.

use bedside_guard::{Guard, Held, Severity};
use bedside_practice::Member;
use sha2::{Digest, Sha256};

use crate::{
    desk::Copy,
    media,
    networks::Outgoing,
    posts::{Whole, text},
};

/// SHA-256 over everything a reader of one account can see, each field preceded by its length. A change of text,
/// picture, description or source gives another value; so a signature is revoked by the comparison itself, whoever
/// made the change and however.
///
/// The signer's name is not part of it: it comes after.
pub fn fingerprint(message: &Outgoing) -> String {
    let mut hasher = Sha256::new();
    let mut put = |field: &str| {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    };
    put(&message.title);
    put(&message.text);
    put(&message.lang);
    let spanish = message.spanish.as_ref();
    put(spanish.map_or("", |spanish| &spanish.title));
    put(spanish.map_or("", |spanish| &spanish.text));
    put(&message.pictures.len().to_string());
    for picture in &message.pictures {
        put(&picture.hash);
        put(&picture.alt);
    }
    put(&message.sources.len().to_string());
    for source in &message.sources {
        put(&source.url);
        put(&source.title);
    }
    put(message.reply_to.as_ref().map_or("", |to| &to.reference));
    hex::encode(hasher.finalize())
}

/// What a signature covers: one fingerprint for each account. An account that is removed later takes nothing from
/// the others; one that is added later is not covered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage(Vec<(String, String)>);

impl Coverage {
    /// Of these copies.
    pub fn of(copies: &[Copy]) -> Self {
        let mut pairs: Vec<_> =
            copies.iter().map(|copy| (copy.account.id.clone(), fingerprint(&copy.message))).collect();
        pairs.sort();
        Self(pairs)
    }

    /// The stored form: `account=fingerprint`, with spaces between.
    pub fn stored(&self) -> String {
        self.0.iter().map(|(account, hash)| format!("{account}={hash}")).collect::<Vec<_>>().join(" ")
    }

    /// From the stored form.
    pub fn from_stored(text: &str) -> Self {
        let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(account, hash)| (account.to_owned(), hash.to_owned())).collect())
    }

    /// Whether exactly this message for this account was signed.
    pub fn has(&self, account_id: &str, message: &Outgoing) -> bool {
        let hash = fingerprint(message);
        self.0.iter().any(|(account, signed)| account == account_id && *signed == hash)
    }
}

/// Something that must be mended before a post can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// A sentence with what to do.
    pub person: String,
}

impl Obstacle {
    fn new(person: impl Into<String>) -> Self {
        Self { person: person.into() }
    }
}

/// Who signs whose: the rule of four eyes.
///
/// # Errors
/// A sentence that says who may.
pub fn may_sign(whole: &Whole, member: &Member, clinicians: usize) -> Result<(), String> {
    if !member.rights.signs {
        return Err("Only a clinician can sign. Ask a clinician of your practice.".to_owned());
    }
    if whole.post.health_content && whole.post.author_id == member.id && clinicians > 1 {
        return Err("You wrote this, so another clinician signs it.".to_owned());
    }
    Ok(())
}

/// Whether the signature is by the author alone, which the log must say: a practice with one clinician.
pub fn is_own_signature(whole: &Whole, member: &Member) -> bool {
    whole.post.health_content && whole.post.author_id == member.id
}

/// Everything that stands in the way of a signature, the gravest first: what must not be said, what does not fit,
/// what is not shown to be so, and last what only waits to be chosen.
pub fn obstacles(whole: &Whole, copies: &[Copy], guard: &Guard, now: i64) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if whole.post.text.trim().is_empty() {
        found.push(Obstacle::new("The post has no words yet."));
    }
    found.extend(guard_obstacles(whole, copies, guard));
    found.extend(length_obstacles(copies));
    found.extend(material_obstacles(whole));
    if copies.is_empty() {
        found.push(Obstacle::new("Choose at least one account that it goes to."));
    }
    match whole.post.due_at {
        None => found.push(Obstacle::new("Choose when it goes out.")),
        Some(due) if due < now - crate::delivery::WINDOW_MICROS => {
            found.push(Obstacle::new("The time it was to go out has passed. Choose a new one."))
        }
        Some(_) => {}
    }
    found
}

fn length_obstacles(copies: &[Copy]) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for Copy { account, capabilities, message } in copies {
        let count = text::count(capabilities.length, &message.text);
        if let (true, Some(most)) = (count.too_long, count.most) {
            let person = format!(
                "The text is too long for {} ({}): {} of {most}. Write a short version.",
                capabilities.name, account.handle, count.used
            );
            found.push(Obstacle::new(person));
        }
        for alt in message.pictures.iter().map(|picture| picture.alt.chars().count()) {
            if alt > capabilities.alt {
                found.push(Obstacle::new(format!(
                    "A picture’s description is too long for {} ({}): {alt} of {} characters.",
                    capabilities.name, account.handle, capabilities.alt
                )));
            }
        }
    }
    found
}

/// Pictures and sources.
fn material_obstacles(whole: &Whole) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for attached in &whole.pictures {
        if attached.picture.alt.trim().is_empty() {
            found.push(Obstacle::new("Say what each picture shows, for those who cannot see it."));
        }
        if !media::may_go_out(&attached.people) {
            found.push(Obstacle::new("Say who is in each picture. People need their signed authorization first."));
        }
    }
    for source in whole.unchecked_sources() {
        found.push(Obstacle::new(format!("Open “{}” and tick that it says so.", source.line.title)));
    }
    found.dedup();
    found
}

/// Stops before warnings.
fn guard_obstacles(whole: &Whole, copies: &[Copy], guard: &Guard) -> Vec<Obstacle> {
    let mut found: Vec<(Severity, Obstacle)> = Vec::new();
    for Copy { message, .. } in copies {
        let Err(Held { findings, .. }) = guard.clear(message.clone(), whole.post.kind.context(), &whole.kept) else {
            continue;
        };
        for held in findings {
            let what = if held.finding.severity == Severity::Block {
                "cannot go out"
            } else {
                "fix it, or say why you keep it"
            };
            let obstacle = Obstacle::new(format!("“{}”: {} ({what})", held.finding.span, held.finding.message));
            let obstacle = (held.finding.severity, obstacle);
            if !found.contains(&obstacle) {
                found.push(obstacle);
            }
        }
    }
    found.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    found.into_iter().map(|(_, obstacle)| obstacle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::networks::{Picture, SourceLine};

    fn message() -> Outgoing {
        Outgoing {
            post_id: "p".into(),
            title: "T".into(),
            text: "Roast a vegetable today.".into(),
            lang: "en".into(),
            spanish: None,
            pictures: vec![Picture {
                hash: "h".into(),
                mime: "image/png".into(),
                width: 1,
                height: 1,
                bytes: 1,
                alt: "A plate".into(),
                file_name: "picture.png".into(),
            }],
            sources: vec![SourceLine { title: "FDA".into(), url: "https://fda.gov/".into(), checked_at: None }],
            signed_by: None,
            reply_to: None,
            challenge_id: None,
        }
    }

    #[test]
    fn whatever_a_reader_sees_is_part_of_what_was_signed() {
        let signed = fingerprint(&message());
        let changes: [fn(&mut Outgoing); 6] = [
            |message| message.text.push(' '),
            |message| message.title.clear(),
            |message| message.pictures[0].alt.push('s'),
            |message| message.pictures[0].hash.push('1'),
            |message| message.pictures.clear(),
            |message| message.sources[0].url.push('x'),
        ];
        for change in changes {
            let mut changed = message();
            change(&mut changed);
            assert_ne!(fingerprint(&changed), signed);
        }
        let mut named = message();
        named.signed_by = Some("Maria Alvarez, MD".into());
        assert_eq!(fingerprint(&named), signed, "the name comes after the signature");
    }

    #[test]
    fn fields_cannot_run_into_each_other() {
        let mut one = message();
        let mut other = message();
        (one.title, one.text) = ("ab".into(), "c".into());
        (other.title, other.text) = ("a".into(), "bc".into());
        assert_ne!(fingerprint(&one), fingerprint(&other));
    }

    #[test]
    fn coverage_survives_storing_and_knows_its_accounts() {
        let coverage = Coverage(vec![("a1".into(), fingerprint(&message()))]);
        let again = Coverage::from_stored(&coverage.stored());
        assert!(again.has("a1", &message()) && !again.has("a2", &message()));
    }
}
