//! Messages are read and kept once, answered once, and alarms stand until a person confirms.

use bedside_engagement::inbox::{Waiting, playbook, triage::Class};
use bedside_guard::{Context, Lang, Severity, Text};
use bedside_practice::{audit, members, rounds::Source};
use bedside_publishing::{
    accounts::{self, State},
    delivery,
    inbound::store,
    networks::{
        IncomingKind, Next,
        practice::fault::{Call, Fault},
    },
};
use bedside_testkit::characters::stranger_practice;

use crate::world::{World, account, incoming};

#[tokio::test]
async fn every_message_is_kept_once_and_likes_never_wait() {
    let world = World::new().await;
    world.write("1", IncomingKind::Reply, "What time do you close today?");
    world.write("2", IncomingKind::Favourite, "");
    world.write("1", IncomingKind::Reply, "What time do you close today?");
    world.read().await;
    world.read().await;
    let waiting = world.waiting().await;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].author_name.as_str(), waiting[0].remote_url.as_str()), ("Somebody", ""));
    assert_eq!(store::open_count(&world.test.ground.database, &world.cast.practice.id).await.unwrap(), 1);
}

#[tokio::test]
async fn a_broken_account_says_so_and_holds_up_nobody() {
    let world = World::new().await;
    let second = account(&world.test, &world.cast.practice.id, "2").await;
    world.network.fail_next(Call::Read, Fault::Refuse(Next::Reconnect));
    world.write("1", IncomingKind::Reply, "Hello");
    world.network.receive(&second, incoming("2", IncomingKind::Reply, "Hello", world.test.now()));
    world.read().await;
    assert_eq!(world.waiting().await.len(), 1, "one of two accounts was read");
    let all = accounts::store::list(&world.test.ground, &world.cast.practice.id).await.unwrap();
    assert_eq!(all.iter().filter(|account| account.state == State::NeedsReconnect).count(), 1);
}

#[tokio::test]
async fn an_answer_passes_the_guard_and_is_planned_once_however_often_it_is_sent() {
    let world = World::new().await;
    world.write("1", IncomingKind::Reply, "Great recipe, love it");
    world.read().await;
    let message = world.waiting().await.remove(0);
    let mut priya = world.browser(&world.cast.priya).await;
    // Click one: the inbox. Click two: the message. Click three: send.
    let list = priya.get("/inbox").await.ok();
    let page = priya.get(&list.link("/inbox/0")).await.ok();
    page.shows("Thank you for taking the time to write.").shows("Great recipe, love it");
    let (once, path) = (page.field("once"), format!("/inbox/{}/reply", message.id));
    let bad = priya
        .post(
            &path,
            &[
                ("once", &once),
                ("shown", "0"),
                ("draft", "0"),
                ("reply", "Thank you for visiting us, see you at your next appointment!"),
            ],
        )
        .await;
    assert_eq!(bad.status, 422);
    bad.shows("class=\"find is-block\"").shows("see you at your next appointment");
    assert!(world.replies(&message).await.is_empty());
    let good =
        [("once", once.as_str()), ("shown", "0"), ("draft", "0"), ("reply", "Thank you for taking the time to write.")];
    priya.post(&path, &good).await.ok().shows("on its way");
    priya.post(&path, &good).await.ok().shows("sent already");
    let replies = world.replies(&message).await;
    assert_eq!(replies.len(), 1);
    let rows =
        delivery::people::of_posts(&world.test.ground.database, &world.cast.practice.id, &[replies[0].id.clone()])
            .await
            .unwrap();
    assert_eq!(rows.len(), 1);
    assert!(world.waiting().await.is_empty());
    let log = audit::about(&world.test.ground.database, &world.cast.practice.id, &message.id).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].action, "message.answered");
}

#[tokio::test]
async fn an_alarm_stands_first_until_a_named_person_confirms() {
    let world = World::new().await;
    world.write("1", IncomingKind::Reply, "What time do you close today?");
    world.write("2", IncomingKind::Mention, "I have chest pain since this morning");
    world.read().await;
    let message = world.waiting().await.remove(0);
    assert_eq!((message.remote_id.as_str(), message.sort.as_str()), ("2", "emergency"));
    let steps = Waiting(world.desk.clone())
        .steps(&world.cast.practice, &world.cast.priya, world.test.ground.now())
        .await
        .unwrap();
    assert!(steps[0].urgent && !steps[1].urgent && steps[1].title == "Answer one comment");
    let mut jordan = world.browser(&world.cast.jordan).await;
    let here = format!("/inbox/{}", message.id);
    let page = jordan.get(&here).await.ok();
    page.shows("Someone may be in danger: chest pain").shows("On call: Jordan Lee, NP").shows("Please call 911 now.");
    let once = page.field("once");
    jordan
        .post(&format!("{here}/reply"), &[("once", &once), ("reply", "This can be an emergency. Please call 911 now.")])
        .await
        .ok()
        .shows("class=\"siren\"");
    assert_eq!(jordan.post(&format!("{here}/care"), &[]).await.status, 422);
    jordan
        .post(&format!("{here}/care"), &[("how", "reached")])
        .await
        .ok()
        .hides("class=\"siren\"")
        .shows("Jordan Lee, NP");
    assert_eq!(world.waiting().await.len(), 1);
}

#[tokio::test]
async fn messages_can_be_closed_and_opened_again_and_owners_answers_are_theirs() {
    let world = World::new().await;
    world.write("1", IncomingKind::Reply, "Waited 90 minutes and nobody said a word.");
    world.read().await;
    let here = format!("/inbox/{}", world.waiting().await[0].id);
    let mut priya = world.browser(&world.cast.priya).await;
    let page = priya.get(&here).await.ok();
    page.shows("leaves this answer to an owner");
    let refused = priya.post(&format!("{here}/reply"), &[("once", &page.field("once")), ("reply", "Thank you.")]).await;
    assert_eq!(refused.status, 403);
    priya.get(&here).await.ok();
    priya.post(&format!("{here}/handled"), &[]).await.ok().shows("Open it again");
    assert!(world.waiting().await.is_empty());
    priya.post(&format!("{here}/reopen"), &[]).await.ok();
    assert_eq!(world.waiting().await.len(), 1);
    let strangers = stranger_practice(&world.test.ground).await;
    let mut stranger = world.browser(&strangers.maria).await;
    assert_eq!(stranger.get(&here).await.status, 404);
}

#[tokio::test]
async fn every_model_reply_passes_the_guard() {
    let world = World::new().await;
    let people = members::all(&world.test.ground.database, &world.cast.practice.id).await.unwrap();
    let guard = world.desk.guards.of(&world.test.ground.database, &world.cast.practice).await.unwrap();
    for &class in Class::ALL {
        for spanish in [false, true] {
            for reply in playbook::drafts(class, "", spanish, &world.cast.practice, &people) {
                let lang = if spanish { Lang::Es } else { Lang::En };
                let findings = guard.look(&Text {
                    text: &reply,
                    context: Context::CommentReply,
                    lang,
                    in_reply_to: Some("My knee hurts"),
                });
                assert!(
                    findings.iter().all(|finding| finding.severity < Severity::Warn),
                    "{class:?} {reply}: {findings:?}"
                );
                assert!(!reply.contains('{'));
            }
        }
    }
}
