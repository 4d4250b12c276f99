//! Finished answers, kept in memory and given out as they are.
//!
//! A key is (practice, language, path); other queries are not looked at, so nobody can fill the shelf with
//! variations of one address, and only answers with status 200 are kept. What is kept belongs to one
//! [`Edition`]. A publication in this process makes every shelf look for a new edition at the next request;
//! changes by another process, or of the practice's facts, are seen within [`LOOK_AGAIN`]. When the database does
//! not answer, readers get what is kept.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::Bytes,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use bedside_platform::Ground;
use bedside_web::{Answer, Failure, Lang};
use sha2::{Digest, Sha256};

use crate::masthead::Edition;

/// How old the knowledge of the present edition may be: one second, in microseconds.
const LOOK_AGAIN: i64 = 1_000_000;
/// Most bytes of answers on the program's shelf (16 MiB). When it is full it is emptied: refilling takes milliseconds.
pub(crate) const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Larger answers are made anew each time (2 MiB), so that a few pictures cannot push all pages out.
const MOST_BYTES_EACH: usize = 2 * 1024 * 1024;
/// Pages and feeds are asked for again each time, because a withdrawal must be seen at once.
pub(crate) const ASK_AGAIN: &str = "no-cache";
/// Pictures, whose address names their bytes, for an hour: a withdrawn one disappears that soon.
pub(crate) const AN_HOUR: &str = "public, max-age=3600";

/// Counts the changes of pages in this process, of all practices.
static CHANGES: AtomicU64 = AtomicU64::new(0);

/// Says that some practice's pages are not what they were.
pub(crate) fn pages_changed() {
    CHANGES.fetch_add(1, Ordering::Release);
}

/// What a reader asked for.
pub(crate) struct Asked {
    path: String,
    lang: Lang,
    known: Option<HeaderValue>,
}

impl Asked {
    /// The practice's word: `/p/<this>/…`.
    fn practice(&self) -> &str {
        self.path.split('/').nth(2).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let wish = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
        Ok(Self {
            path: parts.uri.path().to_owned(),
            lang: wish.and_then(Lang::from_code).unwrap_or_default(),
            known: parts.headers.get(header::IF_NONE_MATCH).cloned(),
        })
    }
}

/// What a page is made from.
pub(crate) struct Desk<'a> {
    /// The world.
    pub(crate) ground: &'a Ground,
    /// The practice and the day.
    pub(crate) edition: &'a Edition,
    /// The language that was asked for.
    pub(crate) lang: Lang,
}

/// An answer, before it is known whether it is kept.
pub(crate) struct Leaf {
    /// 200, or a status that is not kept.
    pub(crate) status: StatusCode,
    /// Media type.
    pub(crate) kind: &'static str,
    /// `Cache-Control`.
    pub(crate) keep: &'static str,
    /// The body; for a redirect, the path it leads to.
    pub(crate) body: Bytes,
}

impl Leaf {
    /// An answer of a kind.
    pub(crate) fn of(kind: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, kind, keep: ASK_AGAIN, body: body.into() }
    }

    /// A page.
    pub(crate) fn page(page: &impl askama::Template) -> Answer<Self> {
        let page = page.render().map_err(|error| Failure::internal(format!("a template failed: {error}")))?;
        Ok(Self::of("text/html; charset=utf-8", page))
    }

    /// The thing is at another path now (301).
    pub(crate) fn moved(path: String) -> Self {
        Self { status: StatusCode::MOVED_PERMANENTLY, ..Self::of("", path) }
    }
}

/// A kept answer with its headers ready.
#[derive(Clone)]
struct Kept {
    body: Bytes,
    headers: HeaderMap,
}

/// One practice on the shelf.
struct Stand {
    edition: Arc<Edition>,
    looked_at: i64,
    changes: u64,
    kept: [HashMap<String, Kept>; 2],
    bytes: usize,
}

/// The shelf of one router.
pub(crate) struct Shelf {
    stands: RwLock<HashMap<String, Stand>>,
    most_bytes: usize,
}

impl Shelf {
    /// A shelf with room for this many bytes. Without any, each answer is made from the database.
    pub(crate) fn keeping(most_bytes: usize) -> Self {
        Self { stands: RwLock::default(), most_bytes }
    }

    /// Gives the kept answer, or makes it with `make` and keeps it.
    pub(crate) async fn answer<F>(&self, ground: &Ground, asked: &Asked, make: F) -> Response
    where
        F: AsyncFnOnce(Desk<'_>) -> Answer<Leaf>,
    {
        let edition = match self.edition(ground, asked).await {
            Ok(Ok(kept)) => return kept.give(asked),
            Ok(Err(Some(edition))) => edition,
            Ok(Err(None)) => return Failure::not_found().into_response(),
            Err(failure) => return failure.into_response(),
        };
        let leaf = match make(Desk { ground, edition: &edition, lang: asked.lang }).await {
            Ok(leaf) => leaf,
            Err(failure) => return failure.into_response(),
        };
        if leaf.status == StatusCode::MOVED_PERMANENTLY {
            let to = String::from_utf8_lossy(&leaf.body).into_owned();
            return (leaf.status, [(header::LOCATION, to)]).into_response();
        }
        let (status, kept) = (leaf.status, Kept::new(leaf));
        if status != StatusCode::OK {
            return (status, kept.headers, kept.body).into_response();
        }
        self.keep(asked, &edition, &kept);
        kept.give(asked)
    }

    /// The kept answer, or else the edition to make it from; `None` when there is no such practice.
    async fn edition(&self, ground: &Ground, asked: &Asked) -> Answer<Result<Kept, Option<Arc<Edition>>>> {
        let (now, changes) = (ground.now(), CHANGES.load(Ordering::Acquire));
        let mut old = None;
        if let Some(stand) = self.stands.read().unwrap_or_else(PoisonError::into_inner).get(asked.practice()) {
            if self.most_bytes > 0
                && stand.changes == changes
                && (stand.looked_at..stand.looked_at + LOOK_AGAIN).contains(&now)
            {
                return Ok(stand.kept[asked.lang as usize]
                    .get(&asked.path)
                    .cloned()
                    .ok_or_else(|| Some(stand.edition.clone())));
            }
            old = Some(stand.edition.clone());
        }
        let edition = match (Edition::load(ground, asked.practice()).await, old) {
            (Ok(Some(edition)), _) => Arc::new(edition),
            (Ok(None), _) => return Ok(Err(None)),
            (Err(failure), None) => return Err(failure),
            (Err(failure), Some(edition)) => {
                tracing::warn!("public pages go on with the last known edition: {}", failure.log);
                edition
            }
        };
        let mut stands = self.stands.write().unwrap_or_else(PoisonError::into_inner);
        let stand = stands.entry(asked.practice().to_owned()).or_insert_with(|| Stand::new(edition.clone()));
        if !stand.edition.is_same(&edition) {
            *stand = Stand::new(edition);
        }
        (stand.looked_at, stand.changes) = (now, changes);
        Ok(stand.kept[asked.lang as usize].get(&asked.path).cloned().ok_or_else(|| Some(stand.edition.clone())))
    }

    /// Keeps an answer, unless its edition was replaced while it was made.
    fn keep(&self, asked: &Asked, edition: &Arc<Edition>, kept: &Kept) {
        let weight = kept.body.len() + asked.path.len();
        if weight > MOST_BYTES_EACH || self.most_bytes == 0 {
            return;
        }
        let mut stands = self.stands.write().unwrap_or_else(PoisonError::into_inner);
        if stands.values().map(|stand| stand.bytes).sum::<usize>() + weight > self.most_bytes {
            for stand in stands.values_mut() {
                *stand =
                    Stand { looked_at: stand.looked_at, changes: stand.changes, ..Stand::new(stand.edition.clone()) };
            }
        }
        if let Some(stand) = stands.get_mut(asked.practice()).filter(|stand| Arc::ptr_eq(&stand.edition, edition))
            && stand.kept[asked.lang as usize].insert(asked.path.clone(), kept.clone()).is_none()
        {
            stand.bytes += weight;
        }
    }
}

impl Stand {
    fn new(edition: Arc<Edition>) -> Self {
        Self { edition, looked_at: 0, changes: 0, kept: Default::default(), bytes: 0 }
    }
}

impl Kept {
    fn new(leaf: Leaf) -> Self {
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(leaf.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(leaf.keep));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let tag = format!("\"{}\"", &hex::encode(Sha256::digest(&leaf.body))[..16]);
        if let (StatusCode::OK, Ok(tag)) = (leaf.status, HeaderValue::from_str(&tag)) {
            headers.insert(header::ETAG, tag);
        }
        Self { body: leaf.body, headers }
    }

    fn give(self, asked: &Asked) -> Response {
        let known = asked.known.as_ref().is_some_and(|known| self.is_among(known));
        let mut response =
            if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(self.body.into()) };
        *response.headers_mut() = self.headers;
        response
    }

    /// Whether one of the tags in `If-None-Match` is ours (RFC 9110, section 13.1.2: weak comparison).
    fn is_among(&self, known: &HeaderValue) -> bool {
        let (Some(tag), Ok(known)) = (self.headers.get(header::ETAG), known.to_str()) else { return false };
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes() || one.trim() == "*")
    }
}
