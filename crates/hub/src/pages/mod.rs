//! The pages: what a practice has published, in its original.
//!
//! A page is published, edited and withdrawn by whoever delivers it; its id is the delivery's own key, so that
//! publishing twice is publishing once. Its address is fixed at the first publication and known before it:
//! [`address`] is made of the title's words and eight characters of the post's id ([`slug`]). The words may
//! change later, the characters decide: `/posts/any-words-1a2b3c4d` leads to the page.
//!
//! A withdrawn page answers 410 with a plain sentence, and its pictures are no longer given out.
//!
//! Reading order: `page` and [`challenge`](ChallengePage) (the data), `slug`, `desk` (publish, edit, withdraw,
//! find), `store` (every query), then what readers see: `public` (the handlers), `home`, `post` with `prose`,
//! `month` with `marks` (a challenge).

mod challenge;
mod desk;
mod home;
mod marks;
mod month;
mod page;
mod post;
mod prose;
pub(crate) mod public;
pub mod slug;
mod store;

pub use challenge::{ChallengeDay, ChallengePage, ChallengeText, ChallengeWeek, SafetyNote};
pub use desk::{Error, Standing, edit, edit_copy, find, publish, publish_copy, publish_in, withdraw, withdraw_in};
pub use page::{PagePicture, PageSource, PublicPage, Translation};

pub(crate) use marks::Marks;
pub(crate) use page::{Kind, Page};
pub(crate) use prose::html as prose_html;
pub(crate) use store::{latest, of_slug, picture};

use bedside_platform::settings::Settings;
use bedside_web::Lang;

use crate::masthead::practice_path;

/// The absolute address of a post's page, known before it is published. `slug` comes from [`slug::of_post`].
pub fn address(settings: &Settings, practice_slug: &str, slug: &str) -> String {
    settings.address(&practice_path(practice_slug, Lang::En, &format!("/posts/{slug}")))
}

/// The absolute address of a challenge's page. `slug` comes from [`slug::of_challenge`].
pub fn challenge_address(settings: &Settings, practice_slug: &str, slug: &str) -> String {
    settings.address(&practice_path(practice_slug, Lang::En, &format!("/challenges/{slug}")))
}
