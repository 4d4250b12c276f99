//! The state machine in a simulated world, thousands of lives long; and proof that the checker can fail: for every
//! invariant a decider with a planted bug, which must be caught.
//!
//! A failing life is named by its seed and can be played again exactly.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod dice;
mod mutants;
mod network;
mod world;

use bedside_publishing::delivery::machine::step;
use world::{Broken, Decide, World};

/// Lives of the ordinary test.
const LIVES: u64 = 20_000;
/// Lives in which a planted bug must show.
const LIVES_OF_A_MUTANT: u64 = 20_000;

#[test]
fn no_life_breaks_an_invariant() {
    for seed in 0..LIVES {
        let broken = World::new(seed, step).play();
        assert_eq!(broken, None, "life {seed}:\n{}", World::new(seed, step).told());
    }
}

#[test]
fn a_life_can_be_played_again() {
    for seed in 0..50 {
        let again = [(); 2].map(|()| World::new(seed, mutants::sends_again_blindly).play());
        assert_eq!(again[0], again[1], "life {seed}");
    }
}

#[test]
fn every_planted_bug_is_caught() {
    let planted: [(&str, Decide, &[Broken]); 9] = [
        ("sends again without looking", mutants::sends_again_blindly, &[Broken::Doubled]),
        ("believes one look", mutants::believes_one_look, &[Broken::Doubled]),
        ("trusts an answer to an older call", mutants::trusts_stale_answers, &[Broken::Doubled, Broken::Wrong]),
        ("forgets the gap", mutants::forgets_the_gap, &[Broken::Doubled, Broken::Wrong]),
        ("sends early", mutants::sends_early, &[Broken::Early]),
        ("sends after the window", mutants::sends_late, &[Broken::Late]),
        ("sends while paused", mutants::sends_while_paused, &[Broken::Paused]),
        ("drops a delivery after a refusal", mutants::drops_the_refused, &[Broken::Lost]),
        ("calls a doubt missed", mutants::calls_a_doubt_missed, &[Broken::Wrong]),
    ];
    for (what, decide, expected) in planted {
        let caught = (0..LIVES_OF_A_MUTANT).find_map(|seed| World::new(seed, decide).play());
        assert!(caught.is_some_and(|broken| expected.contains(&broken)), "{what}: {caught:?}");
    }
}
