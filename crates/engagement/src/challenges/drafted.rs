//! From a planned month to posts: each draft becomes a post with a variant for every chosen account and, for a fact,
//! its source. Pure but for the guard, which reads every copy.

use bedside_guard::{Context, Guard};
use bedside_practice::Practice;
use bedside_publishing::{
    Desk,
    accounts::Account,
    networks::SourceLine,
    posts::{Part, Post, PostState, Variant, Whole, text, whole::Cited},
    sources::Source,
};

use super::{choices::Choices, plan::Draft, rhythm::Languages, template::Language};

/// A post of the month before it is written down.
pub(super) struct Drafted {
    /// The post with its variants. Its source has no id yet.
    pub(super) whole: Whole,
    /// Where its fact comes from.
    pub(super) source: Option<Source>,
    /// Why it cannot be signed as it is, each with a sentence: it then stays a draft.
    pub(super) held: Vec<String>,
}

/// Who plans, where and when.
pub(super) struct Planner<'a> {
    pub(super) desk: &'a Desk,
    pub(super) practice: &'a Practice,
    pub(super) guard: &'a Guard,
    /// All accounts of the practice.
    pub(super) accounts: &'a [Account],
    pub(super) author_id: &'a str,
    pub(super) now: i64,
}

impl Planner<'_> {
    /// The posts of the month, in the order in which they go out. Those that the guard lets pass ask for a signature.
    pub(super) fn posts(&self, challenge_id: &str, choices: &Choices) -> Vec<Drafted> {
        choices.plan.drafts().map(|draft| self.post(challenge_id, choices, draft)).collect()
    }

    fn post(&self, challenge_id: &str, choices: &Choices, draft: &Draft) -> Drafted {
        let post = self.words(challenge_id, choices.rhythm.languages, draft);
        let variants =
            choices.accounts.iter().map(|account| Variant { account_id: account.id.clone(), text: None }).collect();
        let source = self.source(draft);
        let cited = source.iter().map(|source| Cited {
            source_id: source.id.clone(),
            line: SourceLine {
                title: format!("{}, {}", source.publisher, source.title),
                url: source.url.clone(),
                checked_at: None,
            },
            claim: source.claim.clone(),
            checked_by: None,
        });
        let mut whole = Whole { post, variants, pictures: Vec::new(), sources: cited.collect(), kept: Vec::new() };
        let mut held = self.held(&whole);
        if !held.is_empty() {
            // The link home may cost more characters than this text leaves on some network, and the code at its end may
            // read like a number. When that is all that is wrong, the words go out without it.
            whole.post.link_home = false;
            let without = self.held(&whole);
            whole.post.link_home = !without.is_empty();
            if without.is_empty() {
                held = without;
            }
        }
        if held.is_empty() {
            whole.post.state = PostState::Waiting;
            whole.post.asked_at = Some(self.now);
        }
        Drafted { whole, source, held }
    }

    fn words(&self, challenge_id: &str, languages: Languages, draft: &Draft) -> Post {
        let main = languages.main();
        let lang = if main == Language::Spanish { "es" } else { "en" };
        let mut post = Post::draft(&self.practice.id, self.desk.ground.new_id(), self.author_id, lang, self.now);
        post.title = draft.title.in_language(main).to_owned();
        post.text = draft.text.in_language(main).to_owned();
        post.short_text = draft.short.as_ref().map(|short| short.in_language(main).to_owned()).unwrap_or_default();
        if languages == Languages::EnglishAndSpanish {
            post.spanish_title = draft.title.es.clone();
            post.spanish_text = draft.text.es.clone();
        }
        post.health_content = draft.health;
        post.challenge_id = Some(challenge_id.to_owned());
        post.challenge_day = Some(draft.day);
        post.part = Part(draft.key.clone());
        post.due_at = Some(draft.due.timestamp().as_microsecond());
        post
    }

    fn source(&self, draft: &Draft) -> Option<Source> {
        let source = draft.source.as_ref()?;
        Some(Source {
            practice_id: self.practice.id.clone(),
            id: self.desk.ground.new_id(),
            url: source.url.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            // The words of the fact without the line that names the source.
            claim: draft.text.en.split("\n\n").next().unwrap_or_default().to_owned(),
            opened_at: None,
            checked_at: None,
            checked_by: None,
        })
    }

    /// Why it cannot be signed as it is.
    fn held(&self, whole: &Whole) -> Vec<String> {
        let mut held = self.too_long(whole);
        held.extend(self.found(whole));
        held
    }

    fn too_long(&self, whole: &Whole) -> Vec<String> {
        let copies = self.desk.copies_for(self.practice, whole, self.accounts, None, None);
        let long = copies.iter().filter(|copy| text::count(copy.capabilities.length, &copy.message.text).too_long);
        long.map(|copy| format!("The text is too long for {}.", copy.capabilities.name)).collect()
    }

    fn found(&self, whole: &Whole) -> Vec<String> {
        let mut words = Vec::new();
        for copy in self.desk.copies_for(self.practice, whole, self.accounts, None, None) {
            let Err(held) = self.guard.clear(copy.message, Context::Post, &[]) else { continue };
            for found in held.findings {
                let sentence = format!("“{}”: {}", found.finding.span, found.finding.message);
                if !words.contains(&sentence) {
                    words.push(sentence);
                }
            }
        }
        words
    }
}
