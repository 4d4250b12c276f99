//! The 911 sentence: off until an owner wants it, then said once, for a body in danger only.

use axum::http::StatusCode;
use bedside_engagement::inbox::Triage;
use bedside_practice::audit;
use bedside_publishing::{
    delivery::{self, Texts, pauses, state::State},
    inbound::{Message, Sorter},
    networks::IncomingKind,
    posts::{PostKind, PostState, texts::FromDesk},
};
use jiff::SignedDuration;

use crate::world::{World, incoming};

const EMERGENCY: &str = "I have chest pain since this morning";

impl World {
    async fn switched_on() -> Self {
        let world = Self::new().await;
        let mut maria = world.browser(&world.cast.maria).await;
        maria.get("/inbox/sentence").await.ok().shows("It is off");
        maria.post("/inbox/sentence", &[]).await.ok().shows("It is on").shows("Maria Alvarez, MD");
        world
    }

    /// Lets a message come in; gives it with what went out in answer.
    async fn answers_to(&self, id: &str, text: &str) -> (Message, Vec<String>) {
        self.write(id, IncomingKind::Mention, text);
        self.read().await;
        let message = self.waiting().await.into_iter().find(|message| message.remote_id == id).unwrap();
        let replies = self.replies(&message).await;
        (message, replies.into_iter().map(|post| post.text).collect())
    }

    async fn deliveries_to(&self, message: &Message) -> Vec<delivery::Row> {
        let ids: Vec<String> = self.replies(message).await.into_iter().map(|post| post.id).collect();
        delivery::people::of_posts(&self.test.ground.database, &self.cast.practice.id, &ids).await.unwrap()
    }
}

#[tokio::test]
async fn nothing_is_said_until_an_owner_switches_it_on() {
    let world = World::new().await;
    let (message, said) = world.answers_to("1", EMERGENCY).await;
    assert_eq!((message.sort.as_str(), said), ("emergency", vec![]));
    let mut priya = world.browser(&world.cast.priya).await;
    priya.get("/inbox").await.ok().shows("The 911 sentence is off.");
    priya.get("/inbox/sentence").await.ok().shows("Only an owner").hides("Switch it on");
    assert_eq!(priya.post("/inbox/sentence", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.answers_to("2", EMERGENCY).await.1, Vec::<String>::new());
}

#[tokio::test]
async fn an_emergency_is_answered_once_and_the_alarm_stands() {
    let world = World::switched_on().await;
    let (message, said) = world.answers_to("1", EMERGENCY).await;
    assert_eq!(said, ["This can be an emergency. Please call 911 now."]);
    let post = world.replies(&message).await.remove(0);
    assert_eq!((post.kind, post.state, post.author_id.as_str()), (PostKind::Reply, PostState::Signed, audit::PROGRAM));
    let rows = world.deliveries_to(&message).await;
    assert_eq!(rows.iter().map(|row| row.delivery.state).collect::<Vec<_>>(), [State::Waiting]);
    assert_eq!(rows[0].account_id, world.account);
    let texts = FromDesk(world.desk.clone());
    let cleared = texts.cleared(&world.cast.practice.id, &post.id, &world.account).await;
    assert!(cleared.is_ok(), "the engine gets it from the guard without a signature");

    // It arrives again, from the network and at the door of the sentence.
    assert_eq!(world.answers_to("1", EMERGENCY).await.1.len(), 1);
    Triage.urgent_arrived(&world.desk, &message).await;
    let fresh = Message { state: bedside_publishing::inbound::State::Open, ..message.clone() };
    world.test.pass(SignedDuration::from_hours(2));
    Triage.urgent_arrived(&world.desk, &fresh).await;
    assert_eq!(world.deliveries_to(&message).await.len(), 1);

    assert!(message.is_alarming(), "a person still takes care");
    let mut jordan = world.browser(&world.cast.jordan).await;
    let page = jordan.get(&format!("/inbox/{}", message.id)).await.ok();
    page.shows("class=\"siren\"").shows("Bedside by itself").shows("Please call 911 now.").shows("sentence is on");
    let log = audit::about(&world.test.ground.database, &world.cast.practice.id, &message.id).await.unwrap();
    assert_eq!(
        log.iter().map(|entry| (entry.actor.as_str(), entry.action.as_str())).collect::<Vec<_>>(),
        [("bedside", "message.answered")]
    );
}

#[tokio::test]
async fn spanish_is_answered_in_spanish() {
    let world = World::switched_on().await;
    let (_, said) = world.answers_to("1", "Mi papá tiene dolor de pecho y no puede respirar").await;
    assert_eq!(said, ["Esto puede ser una emergencia. Por favor llame al 911 ahora."]);
}

#[tokio::test]
async fn one_person_hears_it_once_an_hour() {
    let world = World::switched_on().await;
    assert_eq!(world.answers_to("1", EMERGENCY).await.1.len(), 1);
    assert_eq!(world.answers_to("2", "My chest hurts and I cannot breathe").await.1.len(), 0);
    let mut other = incoming("3", IncomingKind::Reply, EMERGENCY, world.test.now());
    other.author_handle = "@neighbor".into();
    world.network.receive(&world.account, other);
    assert_eq!(world.answers_to("4", EMERGENCY).await.1.len(), 0);
    let third = world.waiting().await.into_iter().find(|message| message.remote_id == "3").unwrap();
    assert_eq!(world.replies(&third).await.len(), 1, "somebody else elsewhere hears it too");
    world.test.pass(SignedDuration::from_hours(1));
    assert_eq!(world.answers_to("5", EMERGENCY).await.1.len(), 1);
}

#[tokio::test]
async fn one_conversation_hears_it_once_an_hour() {
    let world = World::switched_on().await;
    for (id, author) in [("1", "@one"), ("2", "@two")] {
        let mut reply = incoming(id, IncomingKind::Reply, EMERGENCY, world.test.now());
        reply.author_handle = author.into();
        reply.parent_remote_id = Some("elsewhere".into());
        world.network.receive(&world.account, reply);
    }
    world.read().await;
    let mut said = 0;
    for message in world.waiting().await {
        said += world.replies(&message).await.len();
    }
    assert_eq!(said, 1);
}

#[tokio::test]
async fn people_answer_self_harm_and_abuse() {
    let world = World::switched_on().await;
    for (n, text) in [
        "I want to die, there is no reason to live",
        "I took too many pills because I want to die",
        "My husband hits me and now I cannot breathe",
        "Me quiero matar",
        "Mi esposo me pega",
    ]
    .into_iter()
    .enumerate()
    {
        let (message, said) = world.answers_to(&n.to_string(), text).await;
        assert!(message.is_alarming(), "{text}");
        assert_eq!(said, Vec::<String>::new(), "{text}");
    }
}

#[tokio::test]
async fn idioms_and_late_messages_are_left_alone() {
    let world = World::switched_on().await;
    for (n, text) in [
        "That pie was to die for, nearly had a heart attack when I saw the price",
        "The view took my breath away",
        "No chest pain any more, thank you",
        "Me muero de risa con este video",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(world.answers_to(&n.to_string(), text).await.1, Vec::<String>::new(), "{text}");
    }
    let yesterday = world.test.now() - SignedDuration::from_hours(20);
    world.network.receive(&world.account, incoming("old", IncomingKind::Mention, EMERGENCY, yesterday));
    world.read().await;
    let old = world.waiting().await.into_iter().find(|message| message.remote_id == "old").unwrap();
    assert!(old.is_alarming() && world.replies(&old).await.is_empty());
}

#[tokio::test]
async fn a_pause_and_the_switch_silence_it_and_both_moves_are_written_down() {
    let world = World::switched_on().await;
    let (ground, practice_id) = (&world.test.ground, &world.cast.practice.id);
    let mut tx = ground.database.begin_write().await.unwrap();
    pauses::begin(ground, &mut tx, practice_id, &world.cast.maria.id, "").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.answers_to("1", EMERGENCY).await.1.len(), 0);
    let mut tx = ground.database.begin_write().await.unwrap();
    pauses::end(ground, &mut tx, practice_id, &world.cast.maria.id).await.unwrap();
    tx.commit().await.unwrap();
    let mut maria = world.browser(&world.cast.maria).await;
    maria.get("/inbox/sentence").await.ok();
    maria.post("/inbox/sentence/end", &[]).await.ok().shows("It is off");
    maria.post("/inbox/sentence/end", &[]).await.ok();
    assert_eq!(world.answers_to("2", EMERGENCY).await.1.len(), 0);
    let log = audit::about(&ground.database, practice_id, practice_id).await.unwrap();
    let moves: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(moves, ["sentence.switched_off", "sentence.switched_on"], "the newest first");
}
