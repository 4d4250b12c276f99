//! Writing a changed post, in one commit with everything that hangs on it.

use bedside_guard::{Finding, Kept, Severity};
use bedside_platform::database::is_duplicate;
use bedside_practice::SignedIn;
use bedside_web::{Answer, Mistakes};
use serde_json::json;
use sqlx::{Any, Transaction};

use super::{
    findings::{self, Found},
    press::Press,
};
use crate::{
    approval,
    desk::Desk,
    media,
    posts::{PostState, Whole, store},
    sources,
};

/// A change: from what is stored to what is wanted.
pub(super) struct Change<'a> {
    /// What works.
    pub(super) desk: &'a Desk,
    /// Who changes.
    pub(super) signed_in: &'a SignedIn,
    /// As it is stored, or an empty draft.
    pub(super) base: &'a Whole,
    /// Whether nothing is stored yet.
    pub(super) is_new: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It is stored. True when a signature ended.
    Yes(bool),
    /// Somebody was quicker, a moment ago.
    TooLate,
}

impl Change<'_> {
    /// Whether there is anything to write.
    pub(super) fn is_needed(&self, whole: &Whole) -> bool {
        self.is_new || self.base.post.state == PostState::Withdrawn || *whole != *self.base
    }

    /// Writes `whole` and does what the button asks for. What is wrong with the latter is noted in `mistakes`; the
    /// text is kept all the same.
    pub(super) async fn write(&self, whole: &Whole, press: &Press, mistakes: &mut Mistakes) -> Answer<Written> {
        let (database, now) = (&self.desk.ground.database, self.desk.ground.now());
        let kept = match press {
            Press::Keep { key, reason, n } => {
                self.judge(whole, key, reason).await?.map_err(|words| mistakes.add(format!("reason_{n}"), words)).ok()
            }
            _ => None,
        };
        let mut tx = database.begin_write().await?;
        let mut revoked = false;
        if self.is_needed(whole) {
            let mut post = whole.post.clone();
            if self.is_new {
                match store::add(&mut tx, &post).await {
                    Err(error) if is_duplicate(&error) => return Ok(Written::TooLate),
                    other => other?,
                }
            } else {
                revoked = approval::sign::revoke_for_change(self.desk, &mut tx, self.signed_in, &mut post).await?;
                post.state = PostState::Draft;
                if !store::change(&mut tx, &post, now).await? {
                    return Ok(Written::TooLate);
                }
            }
            self.write_parts(&mut tx, whole).await?;
        }
        if let Press::Tick(id) = press
            && !sources::pages::check_off(self.desk, &mut tx, self.signed_in, id).await?
        {
            mistakes.add(format!("tick_{id}"), sources::pages::UNOPENED);
        }
        if let Some((kept, finding)) = kept {
            self.record(&mut tx, whole, &kept, &finding).await?;
        }
        tx.commit().await?;
        Ok(Written::Yes(revoked))
    }

    async fn write_parts(&self, tx: &mut Transaction<'static, Any>, whole: &Whole) -> Answer<()> {
        let (practice_id, id) = (&self.signed_in.practice.id, &whole.post.id);
        let pictures: Vec<_> =
            whole.pictures.iter().map(|attached| (attached.media_id.clone(), attached.picture.alt.clone())).collect();
        let sources: Vec<_> = whole.sources.iter().map(|cited| cited.source_id.clone()).collect();
        store::set_variants(tx, practice_id, id, &whole.variants).await?;
        store::set_pictures(tx, practice_id, id, &pictures).await?;
        store::set_sources(tx, practice_id, id, &sources).await?;
        for attached in &whole.pictures {
            media::store::note_people(tx, practice_id, &attached.media_id, &attached.people).await?;
        }
        Ok(())
    }

    /// Whether this member may keep the finding that the form names. The sentence says why not.
    async fn judge(&self, whole: &Whole, key: &str, reason: &str) -> Answer<Result<(Kept, Finding), &'static str>> {
        if reason.is_empty() {
            return Ok(Err("Say in a few words why it stays."));
        }
        let (desk, practice, member) = (self.desk, &self.signed_in.practice, &self.signed_in.member);
        let guard = desk.guards.of(&desk.ground.database, practice).await?;
        let copies = desk.copies(practice, whole, None, None).await?;
        let lead = member.rights.privacy_lead;
        let found = findings::all(whole, &copies, &guard, lead, &practice.facts.state);
        let Some(found) = findings::named(&found, key).into_iter().next() else {
            return Ok(Err("The text has changed meanwhile. Look at the findings once more."));
        };
        if !found.may_keep {
            return Ok(Err("This cannot be kept by you. Change the words, or ask the privacy lead of your practice."));
        }
        let Found { finding, .. } = found;
        let (category, span) = (finding.category, finding.span.clone());
        let kept = Kept {
            category,
            span,
            reason: reason.to_owned(),
            by: member.id.clone(),
            privacy_lead: lead,
            at: desk.ground.now(),
        };
        Ok(Ok((kept, finding.clone())))
    }

    /// Records that a finding stays. The reason and the words are in its own row: the chain holds ids, never texts.
    async fn record(
        &self,
        tx: &mut Transaction<'static, Any>,
        whole: &Whole,
        kept: &Kept,
        finding: &Finding,
    ) -> Answer<()> {
        let ground = &self.desk.ground;
        let id = ground.new_id();
        store::keep_finding(tx, &self.signed_in.practice.id, &whole.post.id, &id, kept).await?;
        let action = if finding.severity == Severity::Block { "finding.overridden" } else { "finding.kept" };
        let detail = json!({ "kept": id, "category": kept.category.as_str(), "rule": finding.rule });
        self.signed_in.record(ground, tx, action, &whole.post.id, detail).await?;
        Ok(())
    }
}
