//! Every sentence of a page through the tagger.

use super::{Page, Word};
use crate::tagger::{self, Token};

/// One score for each word of the page, in the tagger's units.
pub(super) fn scores(page: &Page<'_>) -> Vec<i32> {
    let (mut all, mut of_sentence) = (Vec::with_capacity(page.words().len()), Vec::new());
    let mut rest = page.words();
    let mut tokens = Vec::new();
    for sentence in &page.sentences {
        let (inside, behind) = rest.split_at(rest.partition_point(|word| word.range.start < sentence.end));
        rest = behind;
        let Some(first) = inside.first() else { continue };
        tokens.clear();
        tokens.extend(inside.iter().enumerate().map(|(at, word)| {
            let until = inside.get(at + 1).map_or(sentence.end, |next| next.range.start);
            token(page, word, until)
        }));
        tagger::score(&page.cased()[sentence.start..first.range.start], &tokens, &mut of_sentence);
        all.extend(tokens.iter().zip(&of_sentence).map(|(token, score)| tagger::weighed(token, *score)));
    }
    all
}

fn token<'p>(page: &'p Page<'_>, word: &'p Word, until: usize) -> Token<'p> {
    let kinds = word.kinds;
    Token {
        cased: &page.cased()[word.range.clone()],
        folded: &word.folded,
        gap: &page.cased()[word.range.end..until.max(word.range.end)],
        given: kinds.given,
        surname: kinds.surname,
        common: kinds.is_common(),
        health: kinds.is_health_word(),
        place: kinds.is_region() || kinds.is_institution() || kinds.is_no_person(),
    }
}
