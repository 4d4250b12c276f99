//! Why a post cannot go to its signer yet: the sentences beside the main button, and the answer to who presses it all
//! the same. One list for both, so the page never promises what the server then refuses.
//!
//! The button is marked as disabled (`aria-disabled`, dashed) and not disabled for the browser. A disabled button
//! leaves the keyboard's way, so whoever cannot see the page never comes by its reasons; without a script it could
//! never become usable again on a page that is open; and for the moment between the last key and the next autosave the
//! reasons may be of yesterday. So a press always arrives, saves what is typed, and the server decides.

use bedside_guard::Guard;

use crate::{accounts::State, approval, desk::Copy, posts::Whole};

/// What stands in the way, each with what to do, the gravest first.
pub(super) fn reasons(whole: &Whole, copies: &[Copy], guard: &Guard, now: i64) -> Vec<String> {
    let mut reasons: Vec<String> =
        approval::obstacles(whole, copies, guard, now).into_iter().map(|obstacle| obstacle.person).collect();
    // Only here and not among the obstacles of a signature: a month that was asked for in good order can still be
    // signed while one account is broken, and its deliveries wait for the account.
    let broken = copies.iter().filter(|copy| copy.account.state == State::NeedsReconnect);
    reasons.extend(broken.map(|Copy { account, capabilities, .. }| {
        format!(
            "{} ({}) must be connected again on the page Accounts. Until then, take it off this post.",
            capabilities.name, account.handle
        )
    }));
    reasons
}
