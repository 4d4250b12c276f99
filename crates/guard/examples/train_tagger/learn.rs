//! Logistic regression by FTRL-Proximal (McMahan et al. 2013, "Ad click prediction"), which leaves most weights at
//! exactly 0. Written with the four operations and square roots only, so that the result is the same everywhere.

use crate::{
    augment::{self, Dice},
    corpora::{Answer, Post, Sentence},
    lists::Lists,
    tagger::{UNIT, features},
};

/// Times that the training posts are read.
const READINGS: usize = 3;
const SEED: u64 = 20_261_125;
/// How fast it learns, and how strongly weights are drawn to 0.
const ALPHA: f64 = 0.1;
const BETA: f64 = 1.0;
const DRAW_TO_ZERO: f64 = 0.5;
const DRAW_TO_SMALL: f64 = 20.0;
/// Copies of each sentence with other people in it.
const OTHER_PEOPLE: usize = 2;
/// What each of them counts beside the sentence as it stands.
const COPY: f64 = 0.75;
/// What a copy with other use of capital letters counts.
const RECASED: f64 = 0.3;

/// The weights for these posts, one for each place of the table.
pub(crate) fn train(posts: &[Post], lists: &Lists) -> Vec<i8> {
    let mut learner = Learner::new();
    let mut dice = Dice(SEED);
    let mut order: Vec<&Sentence> = posts.iter().flat_map(|post| &post.sentences).collect();
    for _ in 0..READINGS {
        dice.shuffle(&mut order);
        for sentence in &order {
            learner.learn(sentence, 1.0);
            let others = [(); OTHER_PEOPLE].map(|()| augment::other_people(sentence, lists, &mut dice));
            for other in &others {
                learner.learn(other, COPY);
            }
            let other = &others[0];
            match dice.below(5) {
                0 => learner.learn(&augment::small(sentence), RECASED),
                1 => learner.learn(&augment::small(other), RECASED),
                2 => learner.learn(&augment::shouted(other), RECASED),
                3 => learner.learn(&augment::titled(other), RECASED),
                _ => {}
            }
        }
    }
    (0..features::PLACES).map(|place| quantised(learner.weight(place))).collect()
}

fn quantised(weight: f64) -> i8 {
    (weight * f64::from(UNIT)).round().clamp(-127.0, 127.0) as i8
}

struct Learner {
    pull: Vec<f64>,
    squares: Vec<f64>,
    places: Vec<usize>,
}

impl Learner {
    fn new() -> Learner {
        let zeros = || vec![0.0; features::PLACES];
        Learner { pull: zeros(), squares: zeros(), places: Vec::new() }
    }

    fn weight(&self, place: usize) -> f64 {
        let pull = self.pull[place];
        if pull.abs() <= DRAW_TO_ZERO {
            return 0.0;
        }
        let rate = (BETA + self.squares[place].sqrt()) / ALPHA + DRAW_TO_SMALL;
        -(pull - DRAW_TO_ZERO.copysign(pull)) / rate
    }

    fn learn(&mut self, sentence: &Sentence, counts: f64) {
        let tokens = sentence.tokens();
        let Some(read) = features::Sentence::read(&sentence.before, &tokens) else { return };
        for (at, word) in sentence.words.iter().enumerate() {
            if !read.is_candidate(at) || word.answer == Answer::Handle {
                continue;
            }
            let mut places = std::mem::take(&mut self.places);
            places.clear();
            read.each_feature(at, |place| places.push(place));
            let truth = if word.answer == Answer::No { 0.0 } else { 1.0 };
            self.correct(&places, truth, counts);
            self.places = places;
        }
    }

    fn correct(&mut self, places: &[usize], truth: f64, counts: f64) {
        let sum: f64 = places.iter().map(|place| self.weight(*place)).sum();
        let slope = (likelihood(sum) - truth) * counts;
        for place in places {
            let weight = self.weight(*place);
            let before = self.squares[*place];
            let after = before + slope * slope;
            self.pull[*place] += slope - (after.sqrt() - before.sqrt()) / ALPHA * weight;
            self.squares[*place] = after;
        }
    }
}

/// The logistic function. The exponential of the standard library may differ between machines in its last bit.
fn likelihood(sum: f64) -> f64 {
    1.0 / (1.0 + exponential(-sum.clamp(-30.0, 30.0)))
}

fn exponential(x: f64) -> f64 {
    let twos = (x * std::f64::consts::LOG2_E).round();
    let rest = x - twos * std::f64::consts::LN_2;
    let series = (1..=12).rev().fold(1.0, |sum, n| 1.0 + sum * rest / f64::from(n));
    series * f64::from_bits(((twos as i64 + 1_023) as u64) << 52)
}
