//! What a post is. Plain data; times are microseconds UTC.

use sqlx::{Row, any::AnyRow};

/// Whether it speaks to everybody or answers somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostKind {
    /// A public post.
    Post,
    /// An answer to a message; the guard reads it as a public reply.
    Reply,
}

impl PostKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Reply => "reply",
        }
    }

    /// How the guard reads it.
    pub fn context(self) -> bedside_guard::Context {
        match self {
            Self::Post => bedside_guard::Context::Post,
            Self::Reply => bedside_guard::Context::CommentReply,
        }
    }
}

/// How far a post has come. Where it went is the deliveries' affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostState {
    /// Being written.
    Draft,
    /// Waits for a signature.
    Waiting,
    /// Signed; its deliveries are planned.
    Signed,
    /// Taken back; kept for the record.
    Withdrawn,
}

impl PostState {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Signed => "signed",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn from_stored(word: &str) -> Self {
        match word {
            "waiting" => Self::Waiting,
            "signed" => Self::Signed,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Draft,
        }
    }
}

/// Which part of a challenge's month a post is; `Own` for one that a person began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(pub String);

impl Part {
    /// A post that a person began.
    pub fn own() -> Self {
        Self("own".to_owned())
    }
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The practice.
    pub practice_id: String,
    /// Its id.
    pub id: String,
    /// Post or reply.
    pub kind: PostKind,
    /// How far it has come.
    pub state: PostState,
    /// Heading on the own page; may be empty.
    pub title: String,
    /// The text for all accounts that have no own version.
    pub text: String,
    /// A shorter version for networks on which `text` is too long; may be empty.
    pub short_text: String,
    /// Language tag of `text`.
    pub lang: String,
    /// Heading in Spanish for the own page; may be empty.
    pub spanish_title: String,
    /// Text in Spanish for the own page; may be empty.
    pub spanish_text: String,
    /// Whether it states something about health, so that only a clinician may sign it.
    pub health_content: bool,
    /// Whether copies on networks end with the address of the own page.
    pub link_home: bool,
    /// Member who wrote it.
    pub author_id: String,
    /// The challenge it belongs to.
    pub challenge_id: Option<String>,
    /// Day of that challenge.
    pub challenge_day: Option<i64>,
    /// Which part of that month.
    pub part: Part,
    /// Id of the message it answers.
    pub reply_to: Option<String>,
    /// When it is to go out.
    pub due_at: Option<i64>,
    /// Counts changes; an edit names the version it began from.
    pub version: i64,
    /// When it was begun.
    pub created_at: i64,
    /// When it was last changed.
    pub edited_at: i64,
    /// When a signature was asked for.
    pub asked_at: Option<i64>,
}

impl Post {
    /// An empty draft.
    pub fn draft(practice_id: &str, id: String, author_id: &str, lang: &str, now: i64) -> Self {
        Self {
            practice_id: practice_id.to_owned(),
            id,
            kind: PostKind::Post,
            state: PostState::Draft,
            title: String::new(),
            text: String::new(),
            short_text: String::new(),
            lang: lang.to_owned(),
            spanish_title: String::new(),
            spanish_text: String::new(),
            // Until somebody says otherwise a practice's post is about health.
            health_content: true,
            link_home: true,
            author_id: author_id.to_owned(),
            challenge_id: None,
            challenge_day: None,
            part: Part::own(),
            reply_to: None,
            due_at: None,
            version: 1,
            created_at: now,
            edited_at: now,
            asked_at: None,
        }
    }

    /// What a list calls it: the title, else the first line.
    pub fn name(&self) -> String {
        let first = if self.title.trim().is_empty() {
            self.text.lines().find(|line| !line.trim().is_empty())
        } else {
            Some(self.title.as_str())
        };
        let first = first.unwrap_or("A post without words").trim();
        match first.char_indices().nth(90) {
            Some((end, _)) => format!("{}…", first[..end].trim_end()),
            None => first.to_owned(),
        }
    }

    pub(super) fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let kind = if row.try_get::<&str, _>("kind")? == "reply" { PostKind::Reply } else { PostKind::Post };
        Ok(Self {
            practice_id: row.try_get("practice_id")?,
            id: row.try_get("id")?,
            kind,
            state: PostState::from_stored(row.try_get("state")?),
            title: row.try_get("title")?,
            text: row.try_get("text")?,
            short_text: row.try_get("short_text")?,
            lang: row.try_get("lang")?,
            spanish_title: row.try_get("spanish_title")?,
            spanish_text: row.try_get("spanish_text")?,
            health_content: row.try_get::<&str, _>("health_content")? == "yes",
            link_home: row.try_get::<&str, _>("link_home")? == "yes",
            author_id: row.try_get("author_id")?,
            challenge_id: row.try_get("challenge_id")?,
            challenge_day: row.try_get("challenge_day")?,
            part: Part(row.try_get("part")?),
            reply_to: row.try_get("reply_to")?,
            due_at: row.try_get("due_at")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            edited_at: row.try_get("edited_at")?,
            asked_at: row.try_get("asked_at")?,
        })
    }
}
