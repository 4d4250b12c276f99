//! How well weights do on posts they were not made from: by word, by name, and how many posts that name nobody
//! would be stopped.

use std::time::Instant;

use crate::{
    corpora::{Answer, Post},
    tagger::{self, NEVER, UNIT, features},
};

/// Scores above which a word is taken for a name.
const THRESHOLDS: [i32; 7] = [-2 * UNIT, -UNIT, -UNIT / 2, 0, UNIT / 2, UNIT, 2 * UNIT];

/// Shares of posts without a person, in per cent, for which the recall that goes with them is told.
const STOPPED: [usize; 4] = [3, 5, 10, 15];

/// What was counted at one threshold.
#[derive(Default)]
struct Tally {
    words_right: usize,
    words_wrong: usize,
    words_missed: usize,
    names: usize,
    names_found: usize,
    runs: usize,
    runs_right: usize,
    peopleless: usize,
    peopleless_stopped: usize,
}

/// Prints one line for each threshold.
pub(crate) fn print(title: &str, posts: &[Post], weights: &[i8]) {
    println!("\n{title}: {} posts", posts.len());
    println!("  above   word P    word R    name P    name R    posts without a person that are stopped");
    for threshold in THRESHOLDS {
        let tally = Tally::of(posts, weights, threshold);
        println!(
            "  {threshold:>5}   {}    {}    {}    {}    {} of {}",
            percent(tally.words_right, tally.words_right + tally.words_wrong),
            percent(tally.words_right, tally.words_right + tally.words_missed),
            percent(tally.runs_right, tally.runs),
            percent(tally.names_found, tally.names),
            percent(tally.peopleless_stopped, tally.peopleless),
            tally.peopleless,
        );
    }
    for most in STOPPED {
        let fits = |tally: &Tally| tally.peopleless_stopped * 100 <= most * tally.peopleless;
        let lowest = (-6 * UNIT..8 * UNIT).map(|above| (above, Tally::of(posts, weights, above)));
        if let Some((above, tally)) = lowest.into_iter().find(|(_, tally)| fits(tally)) {
            let recall = percent(tally.names_found, tally.names);
            println!("  stopping at most {most:>2} %: above {above:>3}, name R {recall}");
        }
    }
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:>5.1}%", 100.0 * part as f64 / whole.max(1) as f64)
}

impl Tally {
    fn of(posts: &[Post], weights: &[i8], threshold: i32) -> Tally {
        let mut tally = Tally::default();
        for post in posts {
            tally.add(post, weights, threshold);
        }
        tally
    }

    fn add(&mut self, post: &Post, weights: &[i8], threshold: i32) {
        let mut found = vec![false; 1 + post.sentences.iter().flat_map(|s| &s.words).count()];
        let mut stopped = false;
        for sentence in &post.sentences {
            let scores = scores(sentence, weights);
            let tokens = sentence.tokens();
            let mut run: Option<bool> = None;
            for ((word, token), score) in sentence.words.iter().zip(&tokens).zip(&scores) {
                let taken = tagger::weighed(token, *score) > threshold;
                match (word.answer, taken) {
                    (Answer::Name(name), true) => {
                        self.words_right += 1;
                        found[name] = true;
                    }
                    (Answer::Name(_), false) => self.words_missed += 1,
                    (Answer::No, true) => self.words_wrong += 1,
                    _ => {}
                }
                stopped |= taken;
                if taken {
                    run = Some(run.unwrap_or(false) || word.answer != Answer::No);
                }
                if !taken || word.gap != " " {
                    self.close(run.take());
                }
            }
            self.close(run);
        }
        self.names += post.names;
        self.names_found += found.iter().filter(|found| **found).count();
        if !post.has_person {
            self.peopleless += 1;
            self.peopleless_stopped += usize::from(stopped);
        }
    }

    fn close(&mut self, run: Option<bool>) {
        self.runs += usize::from(run.is_some());
        self.runs_right += usize::from(run == Some(true));
    }
}

/// As [`tagger::score`], with weights that are not the shipped ones.
fn scores(sentence: &crate::corpora::Sentence, weights: &[i8]) -> Vec<i32> {
    let tokens = sentence.tokens();
    let mut scores = vec![NEVER; tokens.len()];
    if let Some(read) = features::Sentence::read(&sentence.before, &tokens) {
        for (at, score) in scores.iter_mut().enumerate().filter(|(at, _)| read.is_candidate(*at)) {
            *score = 0;
            read.each_feature(at, |place| *score += i32::from(weights[place]));
        }
    }
    scores
}

/// Sentences that are timed in one go, and how often: the shortest time is the least disturbed one.
const IN_ONE_GO: usize = 200;
const GOES: usize = 15;

/// Prints the time for a word, with the weights that were compiled in.
#[allow(clippy::disallowed_methods, reason = "it measures the machine it runs on")]
pub(crate) fn print_speed(posts: &[Post]) {
    let sentences: Vec<_> = posts.iter().flat_map(|post| &post.sentences).collect();
    let tokens: Vec<_> = sentences.iter().map(|sentence| (sentence.before.as_str(), sentence.tokens())).collect();
    let words: usize = tokens.iter().map(|(_, tokens)| tokens.len()).sum();
    let mut scores = Vec::new();
    let mut all_scored = 0;
    let mut seconds = 0.0;
    for some in tokens.chunks(IN_ONE_GO) {
        let (mut scored, mut shortest) = (0, f64::INFINITY);
        for _ in 0..GOES {
            scored = 0;
            let start = Instant::now();
            for (before, tokens) in some {
                tagger::score(before, tokens, &mut scores);
                scored += scores.iter().filter(|score| **score != NEVER).count();
            }
            shortest = shortest.min(start.elapsed().as_secs_f64());
        }
        seconds += shortest;
        all_scored += scored;
    }
    println!("{words} words, {all_scored} of them scored, {:.0} ns a word", seconds * 1e9 / words as f64);
}
