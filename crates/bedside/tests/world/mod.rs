//! Two practices on one installation. Cedar Hollow has one of everything, and each of its texts carries [`MARK`].

use axum::Router;
use bedside::{migrations, routes::Parts};
use bedside_publishing::{
    Desk, delivery,
    media::Ready,
    media::store as media,
    networks::{Networks, by_hand, own_page::OwnPage},
    posts::{self, Post, PostState, Variant},
    sources::{self, Source},
};
use bedside_testkit::{Characters, TestGround, cedar_hollow, characters::stranger_practice};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

/// A word that only stands in Cedar Hollow's texts.
pub(crate) const MARK: &str = "zyzzyva";

/// Tables with a practice in front, as far as a page can change them.
const TABLES: [&str; 15] = [
    "members",
    "new_password_links",
    "accounts",
    "posts",
    "variants",
    "media",
    "post_media",
    "sources",
    "post_sources",
    "kept_findings",
    "signatures",
    "deliveries",
    "messages",
    "emergency_sentence",
    "pages",
];

/// Ids of Cedar Hollow's things.
pub(crate) struct Ids {
    /// A post that waits for a signature.
    pub(crate) post: String,
    /// Its source.
    pub(crate) source: String,
    /// Its picture.
    pub(crate) media: String,
    /// An account by hand.
    pub(crate) account: String,
    /// A delivery.
    pub(crate) delivery: String,
    /// A message.
    pub(crate) message: String,
}

/// The installation.
pub(crate) struct Neighbours {
    world: TestGround,
    /// The front door.
    pub(crate) app: Router,
    /// The practice that has everything.
    pub(crate) cedar: Characters,
    /// The practice that must see nothing of it.
    pub(crate) harbor: Characters,
    /// Cedar Hollow's ids.
    pub(crate) ids: Ids,
}

impl Neighbours {
    /// Both practices, and Cedar Hollow's things.
    pub(crate) async fn new() -> Self {
        let world = TestGround::new(&migrations::all()).await;
        let ground = &world.ground;
        let (cedar, harbor) = (cedar_hollow(ground).await, stranger_practice(ground).await);
        let networks = Networks::new(vec![std::sync::Arc::new(OwnPage), std::sync::Arc::new(by_hand::ByHand)]);
        let desk = Desk::new(ground.clone(), networks);
        let ids = furnish(&desk, &cedar).await;
        let app = Parts::with(desk).app();
        Self { world, app, cedar, harbor, ids }
    }

    /// An address with Cedar Hollow's ids put in.
    pub(crate) fn with_ids_of_cedar_hollow(&self, address: &str) -> String {
        let id = match address.split('/').nth(1).unwrap_or_default() {
            "people" => &self.cedar.priya.id,
            "sources" => &self.ids.source,
            "media" => &self.ids.media,
            "accounts" => &self.ids.account,
            "deliveries" => &self.ids.delivery,
            "inbox" => &self.ids.message,
            _ => &self.ids.post,
        };
        let hash = "a".repeat(64);
        address
            .replace("{id}", id)
            .replace("{page}", id)
            .replace("{practice}", &self.cedar.practice.slug)
            .replace("{hash}", &hash)
            .replace("{token_hash}", &hash)
            .replace("{token}", &hash)
    }

    /// Every row of Cedar Hollow, as text.
    pub(crate) async fn rows_of_cedar_hollow(&self) -> String {
        let mut all = String::new();
        for table in TABLES {
            let sql = AssertSqlSafe(format!("SELECT * FROM {table} WHERE practice_id = $1"));
            let rows = sqlx::query(sql)
                .bind(&self.cedar.practice.id)
                .fetch_all(self.world.ground.database.read())
                .await
                .unwrap();
            let mut lines: Vec<String> = rows.iter().map(line).collect();
            lines.sort();
            all.push_str(&format!("{table}\n{}\n", lines.join("\n")));
        }
        all
    }
}

fn line(row: &AnyRow) -> String {
    let value = |at: usize| {
        row.try_get::<Option<i64>, _>(at)
            .map(|number| format!("{number:?}"))
            .or_else(|_| row.try_get::<Option<String>, _>(at).map(|text| format!("{text:?}")))
            .unwrap_or_else(|_| "bytes".to_owned())
    };
    (0..row.len()).map(value).collect::<Vec<_>>().join("|")
}

async fn furnish(desk: &Desk, cedar: &Characters) -> Ids {
    let (ground, now) = (&desk.ground, desk.ground.now());
    let practice_id = &cedar.practice.id;
    let by_hand = by_hand::connect::account("facebook", &format!("{MARK} page")).unwrap();
    let ready = Ready { bytes: vec![1, 2, 3], mime: "image/png", width: 1, height: 1 };
    let hash = ground.files.keep(practice_id, &ready.bytes).await.unwrap();
    let media_id = ground.new_id();
    media::add(&ground.database, practice_id, &media_id, &hash, &ready, now).await.unwrap();
    let mut post = Post::draft(practice_id, ground.new_id(), &cedar.priya.id, "en", now);
    post.title = format!("{MARK} title");
    post.text = format!("{MARK} text");
    post.state = PostState::Waiting;
    post.due_at = Some(now + 3_600_000_000);
    let source = Source {
        practice_id: practice_id.clone(),
        id: ground.new_id(),
        url: format!("https://www.cdc.gov/{MARK}"),
        title: format!("{MARK} page"),
        publisher: "CDC".into(),
        claim: format!("{MARK} claim"),
        opened_at: None,
        checked_at: None,
        checked_by: None,
    };
    let mut tx = ground.database.begin_write().await.unwrap();
    let account = bedside_publishing::accounts::store::keep(ground, &mut tx, practice_id, &by_hand).await.unwrap();
    posts::store::add(&mut tx, &post).await.unwrap();
    let variants = [Variant { account_id: account.clone(), text: None }];
    posts::store::set_variants(&mut tx, practice_id, &post.id, &variants).await.unwrap();
    posts::store::set_pictures(&mut tx, practice_id, &post.id, &[(media_id.clone(), format!("{MARK} picture"))])
        .await
        .unwrap();
    let source_id = sources::store::add(&mut tx, &source, now).await.unwrap();
    posts::store::set_sources(&mut tx, practice_id, &post.id, std::slice::from_ref(&source_id)).await.unwrap();
    tx.commit().await.unwrap();
    let whole = posts::store::whole(&ground.database, practice_id, &post.id).await.unwrap().unwrap();
    let copies = desk.copies(&cedar.practice, &whole, None, None).await.unwrap();
    let mut tx = ground.database.begin_write().await.unwrap();
    delivery::plan(desk, &mut tx, &whole.post, &copies).await.unwrap();
    let message = ground.new_id();
    sqlx::query(
        "INSERT INTO messages (practice_id, id, account_id, remote_id, kind, author_handle, author_name, text, lang, remote_url,
            reply_reference, sort, urgent, state, written_at, received_at, handled_how, care_taken_how)
         VALUES ($1, $2, $3, 'r1', 'reply', $4, $4, $4, 'en', '', '', 'other', '', 'open', $5, $5, '', '')",
    )
    .bind(practice_id)
    .bind(&message)
    .bind(&account)
    .bind(format!("{MARK} writer"))
    .bind(now)
    .execute(&mut *tx)
    .await
    .unwrap();
    let switch = "INSERT INTO emergency_sentence (practice_id, switched_on_at, switched_on_by) VALUES ($1, $2, $3)";
    sqlx::query(switch).bind(practice_id).bind(now).bind(&cedar.maria.id).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let rows = delivery::people::of_posts(&ground.database, practice_id, std::slice::from_ref(&post.id)).await.unwrap();
    Ids { post: post.id, source: source_id, media: media_id, account, delivery: rows[0].key.id.clone(), message }
}
