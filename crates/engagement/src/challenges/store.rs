//! Every query of challenges and of the templates a practice edited. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use sqlx::{Any, Row, Transaction, any::AnyRow};

use super::{
    challenge::{Challenge, State},
    library,
    rest_days::RestDays,
    rhythm::Languages,
    template::Template,
};

/// A challenge of a practice with what it was planned from.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The practice.
    pub practice_id: String,
    /// What it is and where it stands.
    pub challenge: Challenge,
    /// The template as it was on the day it was planned: later edits do not reach back.
    pub template: Template,
    /// The last part of its public address.
    pub slug: String,
    /// When posts go out, on the practice's clock.
    pub time_of_day: Time,
    /// Which languages are posted.
    pub languages: Languages,
    /// Days without posts.
    pub rest_days: RestDays,
    /// When its public page was opened, microseconds UTC.
    pub page_at: Option<i64>,
}

/// Adds a challenge that was just launched. False when one of this id is there already: the same form sent twice.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Transaction<'static, Any>, stored: &Stored, by: &str, now: i64) -> Result<bool, sqlx::Error> {
    let encode = |error: serde_json::Error| sqlx::Error::Encode(error.into());
    let template = serde_yaml_ng::to_string(&stored.template).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let done = sqlx::query(
        "INSERT INTO challenges (practice_id, id, template_id, template_version, template, slug, starts_on, ends_on, time_of_day,
            languages, rest_days, state, launched_at, launched_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING",
    )
    .bind(&stored.practice_id)
    .bind(&stored.challenge.id)
    .bind(&stored.challenge.template_id)
    .bind(i64::from(stored.challenge.template_version))
    .bind(template)
    .bind(&stored.slug)
    .bind(stored.challenge.start.to_string())
    .bind(stored.challenge.end.to_string())
    .bind(stored.time_of_day.to_string())
    .bind(serde_json::to_string(&stored.languages).map_err(encode)?)
    .bind(serde_json::to_string(&stored.rest_days).map_err(encode)?)
    .bind(stored.challenge.state.word())
    .bind(now)
    .bind(by)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One challenge.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Stored>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM challenges WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(row.as_ref().map(stored).transpose()?)
}

/// All challenges of a practice, the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(database: &Database, practice_id: &str) -> Result<Vec<Stored>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM challenges WHERE practice_id = $1 ORDER BY starts_on DESC, id DESC")
        .bind(practice_id)
        .fetch_all(database.read())
        .await?;
    Ok(rows.iter().map(stored).collect::<Result<_, _>>()?)
}

/// Those that are neither finished nor withdrawn, the earliest first.
///
/// # Errors
/// When the database refuses.
pub async fn live(database: &Database, practice_id: &str) -> Result<Vec<Stored>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM challenges WHERE practice_id = $1 AND state IN ('launched', 'running') ORDER BY starts_on, id",
    )
    .bind(practice_id)
    .fetch_all(database.read())
    .await?;
    Ok(rows.iter().map(stored).collect::<Result<_, _>>()?)
}

/// Writes a state that [`Challenge`] moved to. False when the challenge left `from` meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn moved(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    challenge: &Challenge,
    from: &str,
) -> Result<bool, sqlx::Error> {
    let (sql, at, by, why) = match &challenge.state {
        State::Planned { .. } | State::Launched { .. } => return Ok(false),
        State::Running { at } => (
            "UPDATE challenges SET state = 'running', running_at = $4 WHERE practice_id = $1 AND id = $2 AND state = $3",
            at,
            None,
            None,
        ),
        State::Finished { at } => (
            "UPDATE challenges SET state = 'finished', finished_at = $4 WHERE practice_id = $1 AND id = $2 AND state = $3",
            at,
            None,
            None,
        ),
        State::Withdrawn { at, by, reason } => (
            "UPDATE challenges SET state = 'withdrawn', withdrawn_at = $4, withdrawn_by = $5, withdrawn_why = $6
             WHERE practice_id = $1 AND id = $2 AND state = $3",
            at,
            Some(by),
            Some(reason),
        ),
    };
    let mut query = sqlx::query(sql).bind(practice_id).bind(&challenge.id).bind(from).bind(at.as_microsecond());
    if let (Some(by), Some(why)) = (by, why) {
        query = query.bind(by).bind(why);
    }
    Ok(query.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Notes that the public page is open, and the address it got.
///
/// # Errors
/// When the database refuses.
pub async fn page_opened(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    slug: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE challenges SET page_at = $4, slug = $3 WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .bind(slug)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A template as the practice has it.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The template.
    pub template: Template,
    /// Whether the practice edited it.
    pub edited: bool,
}

/// All templates: the ready ones, each in the practice's own edition where there is one.
///
/// # Errors
/// When the database refuses.
pub async fn templates(database: &Database, practice_id: &str) -> Result<Vec<Offered>, DatabaseError> {
    let rows = sqlx::query("SELECT id, yaml FROM challenge_templates WHERE practice_id = $1")
        .bind(practice_id)
        .fetch_all(database.read())
        .await?;
    let mut own = Vec::new();
    for row in &rows {
        let (id, yaml): (String, String) = (row.try_get("id")?, row.try_get("yaml")?);
        // It was good when it was kept. If a later program asks for more, the ready one stands in until it is mended.
        if let Ok(template) = Template::from_yaml(&id, &yaml) {
            own.push(template);
        }
    }
    let offer = |ready: &Template| match own.iter().find(|own| own.id == ready.id) {
        Some(own) => Offered { template: own.clone(), edited: true },
        None => Offered { template: ready.clone(), edited: false },
    };
    Ok(library::ready().iter().map(offer).collect())
}

/// The practice's own text of a template.
///
/// # Errors
/// When the database refuses.
pub async fn own_yaml(database: &Database, practice_id: &str, id: &str) -> Result<Option<String>, DatabaseError> {
    Ok(sqlx::query_scalar("SELECT yaml FROM challenge_templates WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?)
}

/// Keeps the practice's own text of a template.
///
/// # Errors
/// When the database refuses.
pub async fn keep_yaml(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    yaml: &str,
    by: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    let version = library::ready().iter().find(|ready| ready.id == id).map_or(0, |ready| ready.version);
    sqlx::query(
        "INSERT INTO challenge_templates (practice_id, id, yaml, copied_from, edited_at, edited_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (practice_id, id) DO UPDATE SET yaml = excluded.yaml, copied_from = excluded.copied_from,
            edited_at = excluded.edited_at, edited_by = excluded.edited_by",
    )
    .bind(practice_id)
    .bind(id)
    .bind(yaml)
    .bind(format!("{id} version {version}"))
    .bind(now)
    .bind(by)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Goes back to the ready text of a template.
///
/// # Errors
/// When the database refuses.
pub async fn drop_yaml(tx: &mut Transaction<'static, Any>, practice_id: &str, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM challenge_templates WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn stored(row: &AnyRow) -> Result<Stored, sqlx::Error> {
    fn parsed<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(
        row: &AnyRow,
        column: &str,
    ) -> Result<T, sqlx::Error> {
        row.try_get::<&str, _>(column)?.parse().map_err(|error: T::Err| sqlx::Error::Decode(error.into()))
    }
    let json = |error: serde_json::Error| sqlx::Error::Decode(error.into());
    let template =
        serde_yaml_ng::from_str(row.try_get("template")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(Stored {
        practice_id: row.try_get("practice_id")?,
        challenge: Challenge {
            id: row.try_get("id")?,
            template_id: row.try_get("template_id")?,
            template_version: u32::try_from(row.try_get::<i64, _>("template_version")?).unwrap_or(0),
            start: parsed::<Date>(row, "starts_on")?,
            end: parsed::<Date>(row, "ends_on")?,
            state: state(row)?,
        },
        template,
        slug: row.try_get("slug")?,
        time_of_day: parsed::<Time>(row, "time_of_day")?,
        languages: serde_json::from_str(row.try_get("languages")?).map_err(json)?,
        rest_days: serde_json::from_str(row.try_get("rest_days")?).map_err(json)?,
        page_at: row.try_get("page_at")?,
    })
}

fn state(row: &AnyRow) -> Result<State, sqlx::Error> {
    let at = |column: &str| {
        let micros: Option<i64> = row.try_get(column)?;
        Ok::<_, sqlx::Error>(Timestamp::from_microsecond(micros.unwrap_or_default()).unwrap_or(Timestamp::UNIX_EPOCH))
    };
    let word = |column: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<String>, _>(column)?.unwrap_or_default());
    Ok(match row.try_get::<&str, _>("state")? {
        "running" => State::Running { at: at("running_at")? },
        "finished" => State::Finished { at: at("finished_at")? },
        "withdrawn" => {
            State::Withdrawn { by: word("withdrawn_by")?, at: at("withdrawn_at")?, reason: word("withdrawn_why")? }
        }
        _ => State::Launched { by: word("launched_by")?, at: at("launched_at")? },
    })
}
