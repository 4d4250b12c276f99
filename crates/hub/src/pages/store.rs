//! Every query of the pages, practice id first.

use bedside_platform::{Ground, database::DatabaseError};
use bedside_web::Lang;
use jiff::{ToSpan, civil::Date};
use sqlx::{Any, FromRow, Transaction};

use super::{ChallengePage, Kind, Page, PublicPage, Translation, slug::code_of};

/// The longest that a challenge runs, in days. One that began earlier is not looked for.
const LONGEST_CHALLENGE: i64 = 92;

const SELECT: &str = "SELECT id, slug, lang, title, text, spanish_title, spanish_text, pictures, sources, signed_by, \
    challenge_id, challenge, published_at, edited_at, withdrawn_at FROM pages WHERE practice_id = $1";

/// What a list of posts shows.
const LISTED: &str = "slug, lang, title, text, spanish_title, spanish_text, sources, signed_by, published_at";

/// A page as the table has it; what a list leaves out is empty.
#[derive(Default, FromRow)]
struct Row {
    id: String,
    slug: String,
    lang: String,
    title: String,
    text: String,
    spanish_title: String,
    spanish_text: String,
    pictures: String,
    sources: String,
    signed_by: String,
    challenge_id: String,
    challenge: String,
    published_at: i64,
    edited_at: Option<i64>,
    withdrawn_at: Option<i64>,
}

impl Row {
    fn page(self) -> Result<Page, sqlx::Error> {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let spanish = (!self.spanish_title.is_empty() || !self.spanish_text.is_empty())
            .then_some(Translation { title: self.spanish_title, text: self.spanish_text });
        let challenge: Option<ChallengePage> = filled(self.challenge).map(|json| json_of(&json)).transpose()?;
        let content = PublicPage {
            id: self.id,
            slug: self.slug,
            lang: Lang::from_code(&self.lang).unwrap_or_default(),
            title: self.title,
            text: self.text,
            spanish,
            pictures: filled(self.pictures).map(|json| json_of(&json)).transpose()?.unwrap_or_default(),
            sources: filled(self.sources).map(|json| json_of(&json)).transpose()?.unwrap_or_default(),
            signed_by: filled(self.signed_by),
            challenge_id: filled(self.challenge_id),
            challenge,
        };
        Ok(Page {
            content,
            published_at: self.published_at,
            edited_at: self.edited_at,
            withdrawn_at: self.withdrawn_at,
        })
    }
}

/// Writes a page, or new texts over those of the same id. Gives the slug it has.
pub(crate) async fn publish(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    page: &PublicPage,
    now: i64,
) -> Result<String, sqlx::Error> {
    let has: Option<String> = sqlx::query_scalar("SELECT slug FROM pages WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(&page.id)
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(slug) = has {
        write(tx, practice_id, page, None).await?;
        return Ok(slug);
    }
    let slug = free_slug(tx, practice_id, page).await?;
    let starts_on = page.challenge.as_ref().map(|challenge| challenge.start.to_string());
    sqlx::query(
        "INSERT INTO pages (practice_id, id, kind, slug, code, lang, title, text, spanish_title, spanish_text, pictures, sources, \
         signed_by, challenge_id, challenge, starts_on, published_at) \
         VALUES ($1, $2, $3, $4, $5, '', '', '', '', '', '', '', '', '', '', $6, $7)",
    )
    .bind(practice_id)
    .bind(&page.id)
    .bind(page.kind().word())
    .bind(&slug)
    .bind(code_of(&page.slug))
    .bind(starts_on.unwrap_or_default())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    write(tx, practice_id, page, None).await?;
    Ok(slug)
}

/// Writes new texts and notes when. `false` when there is no such page.
pub(crate) async fn edit(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    page: &PublicPage,
    now: i64,
) -> Result<bool, sqlx::Error> {
    write(tx, practice_id, page, Some(now)).await
}

/// Takes a page down.
pub(crate) async fn withdraw(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE pages SET withdrawn_at = $3 WHERE practice_id = $1 AND id = $2 AND withdrawn_at IS NULL")
        .bind(practice_id)
        .bind(id)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    next_edition(tx, practice_id).await
}

async fn write(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    page: &PublicPage,
    edited_at: Option<i64>,
) -> Result<bool, sqlx::Error> {
    let (spanish_title, spanish_text) =
        page.spanish.as_ref().map_or(("", ""), |spanish| (&spanish.title, &spanish.text));
    let challenge = page.challenge.as_ref().map(json).transpose()?;
    let written = sqlx::query(
        "UPDATE pages SET lang = $3, title = $4, text = $5, spanish_title = $6, spanish_text = $7, pictures = $8, sources = $9, \
         signed_by = $10, challenge_id = $11, challenge = $12, edited_at = COALESCE($13, edited_at) WHERE practice_id = $1 AND id = $2",
    )
    .bind(practice_id)
    .bind(&page.id)
    .bind(page.lang.code())
    .bind(&page.title)
    .bind(&page.text)
    .bind(spanish_title)
    .bind(spanish_text)
    .bind(json(&page.pictures)?)
    .bind(json(&page.sources)?)
    .bind(page.signed_by.as_deref().unwrap_or_default())
    .bind(page.challenge_id.as_deref().unwrap_or_default())
    .bind(challenge.unwrap_or_default())
    .bind(edited_at)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM page_pictures WHERE practice_id = $1 AND page_id = $2")
        .bind(practice_id)
        .bind(&page.id)
        .execute(&mut **tx)
        .await?;
    for picture in &page.pictures {
        sqlx::query("INSERT INTO page_pictures (practice_id, hash, page_id, mime) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
            .bind(practice_id)
            .bind(&picture.hash)
            .bind(&page.id)
            .bind(&picture.mime)
            .execute(&mut **tx)
            .await?;
    }
    next_edition(tx, practice_id).await?;
    Ok(written.rows_affected() == 1)
}

/// The wished slug, with a number when another page of the kind has it.
async fn free_slug(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    page: &PublicPage,
) -> Result<String, sqlx::Error> {
    let taken: Vec<String> =
        sqlx::query_scalar("SELECT slug FROM pages WHERE practice_id = $1 AND kind = $2 AND slug LIKE $3 || '%'")
            .bind(practice_id)
            .bind(page.kind().word())
            .bind(&page.slug)
            .fetch_all(&mut **tx)
            .await?;
    let wishes = std::iter::once(page.slug.clone()).chain((2..).map(|n| format!("{}-{n}", page.slug)));
    Ok(wishes.take(taken.len() + 1).find(|slug| !taken.contains(slug)).unwrap_or_else(|| page.slug.clone()))
}

async fn next_edition(tx: &mut Transaction<'static, Any>, practice_id: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO page_editions (practice_id, number) VALUES ($1, 1) \
         ON CONFLICT (practice_id) DO UPDATE SET number = page_editions.number + 1",
    )
    .bind(practice_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The page with this id, withdrawn or not.
pub(crate) async fn of_id(ground: &Ground, practice_id: &str, id: &str) -> Result<Option<Page>, DatabaseError> {
    let rows = select(ground, " AND id = $2", &[practice_id, id]).await?;
    Ok(rows.into_iter().next())
}

/// The page of this slug, or the one whose code the slug ends with; withdrawn or not.
pub(crate) async fn of_slug(
    ground: &Ground,
    practice_id: &str,
    kind: Kind,
    slug: &str,
) -> Result<Option<Page>, DatabaseError> {
    let exact = select(ground, " AND kind = $2 AND slug = $3", &[practice_id, kind.word(), slug]).await?;
    if let Some(page) = exact.into_iter().next() {
        return Ok(Some(page));
    }
    let code = code_of(slug);
    if code.is_empty() {
        return Ok(None);
    }
    let coded =
        select(ground, " AND kind = $2 AND code = $3 ORDER BY published_at LIMIT 1", &[practice_id, kind.word(), code])
            .await?;
    Ok(coded.into_iter().next())
}

/// The challenge with this id, when its page is up.
pub(crate) async fn of_challenge(
    ground: &Ground,
    practice_id: &str,
    challenge_id: &str,
) -> Result<Option<Page>, DatabaseError> {
    let tail = " AND challenge_id = $2 AND kind = 'challenge' AND withdrawn_at IS NULL";
    Ok(select(ground, tail, &[practice_id, challenge_id]).await?.into_iter().next())
}

/// The newest pages of a kind that are up, newest first.
pub(crate) async fn latest(
    ground: &Ground,
    practice_id: &str,
    kind: Kind,
    most: usize,
) -> Result<Vec<Page>, DatabaseError> {
    let tail = format!(" AND kind = $2 AND withdrawn_at IS NULL ORDER BY published_at DESC, id DESC LIMIT {most}");
    select(ground, &tail, &[practice_id, kind.word()]).await
}

/// A post as [`LISTED`] has it.
type ListedRow = (String, String, String, String, String, String, String, String, i64);

/// The newest posts that are up, newest first, as lists show them.
pub(crate) async fn listed(ground: &Ground, practice_id: &str, most: usize) -> Result<Vec<Page>, DatabaseError> {
    let rest = format!(
        "FROM pages WHERE practice_id = $1 AND kind = 'post' AND withdrawn_at IS NULL \
         ORDER BY published_at DESC, id DESC LIMIT {most}"
    );
    let rows: String = sqlx::query_scalar(ground.database.as_json(LISTED, &rest))
        .bind(practice_id)
        .fetch_one(ground.database.read())
        .await?;
    let rows: Vec<ListedRow> = json_of(&rows)?;
    let row = |(slug, lang, title, text, spanish_title, spanish_text, sources, signed_by, published_at): ListedRow| {
        Row { slug, lang, title, text, spanish_title, spanish_text, sources, signed_by, published_at, ..Row::default() }
    };
    Ok(rows.into_iter().map(|listed| row(listed).page()).collect::<Result<_, _>>()?)
}

/// The challenge that runs on this day, or else the next one to begin.
pub(crate) async fn running(ground: &Ground, practice_id: &str, today: Date) -> Result<Option<Page>, DatabaseError> {
    let since = today.saturating_sub(LONGEST_CHALLENGE.days()).to_string();
    let tail = " AND kind = 'challenge' AND withdrawn_at IS NULL AND starts_on > $2 ORDER BY starts_on, id LIMIT 20";
    let pages = select(ground, tail, &[practice_id, &since]).await?;
    Ok(pages.into_iter().find(|page| page.content.challenge.as_ref().is_some_and(|challenge| challenge.end() >= today)))
}

/// The media type of a picture that stands on a page that is up.
pub(crate) async fn picture(ground: &Ground, practice_id: &str, hash: &str) -> Result<Option<String>, DatabaseError> {
    let mime = sqlx::query_scalar(
        "SELECT page_pictures.mime FROM page_pictures \
         JOIN pages ON pages.practice_id = page_pictures.practice_id AND pages.id = page_pictures.page_id \
         WHERE page_pictures.practice_id = $1 AND page_pictures.hash = $2 AND pages.withdrawn_at IS NULL LIMIT 1",
    )
    .bind(practice_id)
    .bind(hash)
    .fetch_optional(ground.database.read())
    .await?;
    Ok(mime)
}

async fn select(ground: &Ground, tail: &str, values: &[&str]) -> Result<Vec<Page>, DatabaseError> {
    let mut query = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(format!("{SELECT}{tail}")));
    for value in values {
        query = query.bind((*value).to_owned());
    }
    let rows = query.fetch_all(ground.database.read()).await?;
    Ok(rows.into_iter().map(Row::page).collect::<Result<_, _>>()?)
}

fn json(value: &impl serde::Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn json_of<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, sqlx::Error> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
}
