//! What stands where: the navigation, what waits in each part, and the sources of the rounds. Lists only; each entry
//! is a feature's own.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_authority::observances::{self, on_calendar::OnCalendar};
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    frame::Standing,
    rounds::{Rounds, Source},
};
use bedside_publishing::{Desk, approval, calendar::Marks, delivery, inbound};
use bedside_web::NavItem;

/// The contents list of the staff pages.
pub fn navigation() -> Vec<NavItem> {
    vec![
        NavItem::new("/rounds", "Rounds", "stethoscope").in_bottom_bar(),
        NavItem::new("/compose", "Write", "pencil-line").in_bottom_bar(),
        NavItem::new("/calendar", "Calendar", "calendar-days").in_bottom_bar(),
        NavItem::new("/inbox", "Inbox", "messages-square").in_bottom_bar(),
        NavItem::new("/challenges", "Challenges", "sprout"),
        NavItem::new("/approval", "Approval", "signature"),
        NavItem::new("/sources", "Sources", "book-open-check"),
        NavItem::new("/accounts", "Accounts", "link"),
        NavItem::new("/people", "People", "users"),
    ]
}

/// Who hands steps to the rounds, in the order in which they stand there.
pub fn sources(desk: &Desk) -> Vec<Arc<dyn Source>> {
    vec![
        Arc::new(bedside_engagement::inbox::Waiting(desk.clone())),
        Arc::new(delivery::Troubled(desk.clone())),
        Arc::new(approval::ToSign(desk.clone())),
        Arc::new(bedside_publishing::accounts::Broken(desk.clone())),
        Arc::new(bedside_engagement::challenges::NextWeek(desk.clone())),
    ]
}

/// Who writes on the calendar.
pub fn marks(desk: &Desk) -> Vec<Arc<dyn Marks>> {
    // The embedded calendar is proved by its own test; without it the month only has fewer marks.
    let observances =
        observances::Calendar::embedded().ok().map(|calendar| Arc::new(OnCalendar(calendar)) as Arc<dyn Marks>);
    let challenge = Arc::new(bedside_engagement::challenges::Bands(desk.clone()));
    observances.into_iter().chain([challenge as Arc<dyn Marks>]).collect()
}

/// Counts and pauses for the layout.
pub struct Stands {
    /// The rounds' own list of steps.
    pub rounds: Rounds,
    /// What the features work with.
    pub desk: Desk,
}

#[async_trait]
impl Standing for Stands {
    async fn waiting(&self, practice: &Practice, member: &Member) -> Result<Vec<(&'static str, u32)>, DatabaseError> {
        let steps = self.rounds.steps(practice, member).await?.len();
        let messages = inbound::store::open_count(&self.desk.ground.database, &practice.id).await?;
        Ok(vec![("/rounds", u32::try_from(steps).unwrap_or(u32::MAX)), ("/inbox", messages)])
    }

    async fn paused(&self, practice: &Practice) -> Result<Option<String>, DatabaseError> {
        delivery::paused_sentence(&self.desk.ground, practice).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_an_icon() {
        for part in navigation() {
            assert!(bedside_web::icons::exists(part.icon), "{} wants the icon {}", part.label, part.icon);
        }
    }
}
