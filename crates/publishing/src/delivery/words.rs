//! What the engine says to people: what happened, and the way forward.

use super::state::Wanted;

/// The window passed.
pub const MISSED: &str =
    "The time for this post passed before it could be sent. Send it now, move it to another day, or leave it.";
/// Only a person can see whether it is there.
pub const ASK_IS_IT_THERE: &str = "It is not known whether this post is out. Look at the account: is it there? Then say so here, or have it sent again.";
/// Read-back cannot recognise another text.
pub const ASK_TEXT_CHANGED: &str = "The text was changed while it was not known whether the first version is out, so it cannot be recognised. Look at the account and say whether the first version is there.";
/// Only a person can post there.
pub const ASK_BY_HAND: &str = "Text and picture are ready to copy. Post it there, then tick it here.";
/// A person left an unknown one.
pub const LEFT_UNKNOWN: &str = "Nobody found out whether this post is out; somebody decided to leave it.";
/// Tries used up.
pub const GAVE_UP: &str =
    "The network gave no clear answer in many tries. The post is not there. Try again when the network works.";
/// Attempt log: yes.
pub const ACCEPTED: &str = "The network took it.";
/// Attempt log: no answer.
pub const NO_ANSWER: &str = "No clear answer came. Bedside looks on the network before anything is sent again.";
/// Person text while looking.
pub const LOOKING: &str = "No clear answer came. Bedside is looking on the network whether the post is there.";
/// Attempt log: killed under way.
pub const STOPPED_UNDER_WAY: &str =
    "Bedside stopped before the network answered. It looks on the network before anything is sent again.";
/// Attempt log: found.
pub const FOUND: &str = "Bedside found it on the network.";
/// Attempt log: nothing found.
pub const NOT_SEEN: &str = "Bedside looked: it is not there.";
/// A change or a deletion without a clear answer.
pub const CHANGE_UNCLEAR: &str = "The network gave no clear answer to the change. Bedside tries again.";

/// What the person has to do where the network, or what we know of the message, does not let us.
pub fn by_yourself(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Published => "",
        Wanted::Edited => "This cannot be changed from here. Change it on the network yourself.",
        Wanted::Deleted => "This cannot be deleted from here. Delete it on the network yourself.",
    }
}
