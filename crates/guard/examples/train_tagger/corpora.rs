//! Posts whose names of people are marked, from the three forms that the corpora have.

use std::{error::Error, fs, ops::Range, path::Path};

use serde_json::Value;

use crate::{
    lists::{Classes, Lists},
    tagger::Token,
    text,
};

/// Tags of the column corpora that mark a person, begin and inside.
const PERSON_TAGS: [&str; 4] = ["B-PER", "I-PER", "B-person", "I-person"];
/// Some corpora count the title to the name; it tells nobody who it is.
const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "dra", "prof", "doctor"];
/// Marks that stand close to the word before them.
const CLOSE_BEHIND: &str = ".,!?;:)]}%…";
/// Marks that stand close to the word after them.
const CLOSE_BEFORE: &str = "([{#@$";

/// One text of a corpus.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) sentences: Vec<Sentence>,
    /// Names of people written with a capital letter.
    pub(crate) names: usize,
    /// Somebody is named, perhaps in lower case or by a hashtag.
    pub(crate) has_person: bool,
}

/// A sentence of a post.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) before: String,
    pub(crate) words: Vec<Word>,
}

/// A word with its answer.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) cased: String,
    pub(crate) gap: String,
    pub(crate) folded: String,
    pub(crate) classes: Classes,
    pub(crate) answer: Answer,
}

/// Whether a word is part of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Yes, of the name with this number in its post.
    Name(usize),
    /// Yes, but written small: trained on, not measured.
    SmallName,
    /// A handle or hashtag that is marked as a person: neither trained on nor measured.
    Handle,
    No,
}

impl Sentence {
    /// As the tagger takes it.
    pub(crate) fn tokens(&self) -> Vec<Token<'_>> {
        self.words.iter().map(Word::token).collect()
    }
}

impl Word {
    fn token(&self) -> Token<'_> {
        Token {
            cased: &self.cased,
            folded: &self.folded,
            gap: &self.gap,
            given: self.classes.given,
            surname: self.classes.surname,
            common: self.classes.common,
            health: self.classes.health,
            place: self.classes.place,
        }
    }
}

/// How the tokens of a column corpus are written one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// As a person would have.
    Close,
    /// A space between all of them.
    Wide,
}

/// Reads a corpus: `.jsonl` with a text and perhaps its spans, else one token and its tag a line.
pub(crate) fn read(file: &Path, spacing: Spacing, lists: &Lists) -> Result<Vec<Post>, Box<dyn Error>> {
    let content = fs::read_to_string(file)?;
    if file.extension().is_some_and(|ending| ending == "jsonl") {
        return content.lines().map(|line| from_spans(&serde_json::from_str(line)?, lists)).collect();
    }
    let mut posts = Vec::new();
    let mut rows = Vec::new();
    for line in content.lines().chain([""]) {
        match line.trim().split_once('\t') {
            Some(row) => rows.push(row),
            None if !rows.is_empty() => posts.push(from_rows(&std::mem::take(&mut rows), spacing, lists)),
            None => {}
        }
    }
    Ok(posts)
}

fn from_spans(row: &Value, lists: &Lists) -> Result<Post, Box<dyn Error>> {
    let text = row["text"].as_str().ok_or("a row without a text")?;
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let mut names = Vec::new();
    for span in row["spans"].as_array().into_iter().flatten().filter(|span| span["type"] == "NAME") {
        if let (Some(start), Some(end)) = (span["start"].as_u64(), span["end"].as_u64()) {
            names.push(places[usize::try_from(start)?]..places[usize::try_from(end)?]);
        }
    }
    Ok(post(text, &names, &[], lists))
}

/// Writes the tokens, and keeps where the names came to stand.
fn from_rows(rows: &[(&str, &str)], spacing: Spacing, lists: &Lists) -> Post {
    let mut text = String::new();
    let (mut names, mut handles): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    let mut inside = false;
    for (token, tag) in rows {
        let close = token.starts_with(|c| CLOSE_BEHIND.contains(c))
            || text.ends_with(|c| CLOSE_BEFORE.contains(c))
            || (token.starts_with('\'') || *token == "n't") && token.len() > 1;
        let joined = text.is_empty() || close && spacing == Spacing::Close;
        if !joined {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        let person = PERSON_TAGS.contains(tag);
        let handle = token.starts_with(['@', '#']) || text[..start].trim_end().ends_with(['@', '#']);
        if person && handle {
            handles.push(start..text.len());
        } else if person && inside && tag.starts_with('I') {
            if let Some(name) = names.last_mut() {
                name.end = text.len();
            }
        } else if person {
            names.push(start..text.len());
        }
        inside = person && !handle;
    }
    post(&text, &names, &handles, lists)
}

fn post(text: &str, names: &[Range<usize>], handles: &[Range<usize>], lists: &Lists) -> Post {
    let capital = |name: &Range<usize>| text[name.clone()].starts_with(char::is_uppercase);
    let answer = |word: &Range<usize>| {
        let holds = |other: &Range<usize>| other.start < word.end && word.start < other.end;
        match names.iter().position(holds) {
            _ if handles.iter().any(holds) => Answer::Handle,
            _ if TITLES.contains(&text[word.clone()].to_lowercase().as_str()) => Answer::No,
            Some(name) if capital(&names[name]) => Answer::Name(name),
            Some(_) => Answer::SmallName,
            None => Answer::No,
        }
    };
    let mut sentences = Vec::new();
    for whole in text::sentences(text) {
        let part = &text[whole.clone()];
        let places = text::words(part);
        let Some(first) = places.first() else { continue };
        let mut sentence = Sentence { before: part[..first.start].to_owned(), words: Vec::new() };
        for (at, place) in places.iter().enumerate() {
            let next = places.get(at + 1).map_or(part.len(), |next| next.start);
            let cased = text::plain(&part[place.clone()]);
            let folded = cased.to_lowercase();
            sentence.words.push(Word {
                gap: part[place.end..next].to_owned(),
                classes: lists.classes(&folded),
                answer: answer(&(whole.start + place.start..whole.start + place.end)),
                cased,
                folded,
            });
        }
        sentences.push(sentence);
    }
    Post {
        sentences,
        names: names.iter().filter(|name| capital(name)).count(),
        has_person: !names.is_empty()
            || handles.iter().any(|handle| is_hashtag(&text[..handle.start], &text[handle.clone()])),
    }
}

fn is_hashtag(before: &str, token: &str) -> bool {
    before.trim_end().ends_with('#') || token.starts_with('#')
}
