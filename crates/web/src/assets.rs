//! Stylesheet, fonts, scripts and pictures, inside the program.
//!
//! Each is served at `/assets/<name>.<hash>.<ext>`. The hash is of the bytes, so the address may be kept for a
//! year and a new version has a new address. The files of `assets/css` are joined into one `bedside.css`; a
//! font's name in a `url("…")` becomes its hashed address. Every file in `assets/js` is served as it is: a
//! module stands alone and imports nothing by name, because its neighbours have hashed names; what it needs it is told in
//! `data-` attributes. The guard's package for browsers is served beside them.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// One year in seconds, the longest that HTTP caches are asked to keep anything (RFC 9111 gives no more sense).
const KEEP: &str = "public, max-age=31536000, immutable";
/// How much of the SHA-256 stands in an address, in hexadecimal digits.
const HASH_DIGITS: usize = 8;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Folder;

/// The guard for the browser, as its package holds it: `guard.wasm` and the module that speaks to it.
#[derive(RustEmbed)]
#[folder = "../guard-wasm/package/"]
#[include = "guard.wasm"]
#[include = "index.js"]
struct GuardPackage;

struct Asset {
    address: String,
    kind: &'static str,
    bytes: Bytes,
}

/// All assets by the name that templates use, for example `bedside.css`.
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(gather);

/// The address of an asset, for templates: `asset_url("bedside.css")` is `/assets/bedside.1a2b3c4d.css`.
/// A name that does not exist is logged and gives an address that answers 404; a test looks for such names.
pub fn asset_url(name: &str) -> String {
    if let Some(asset) = ASSETS.get(name) {
        return asset.address.clone();
    }
    tracing::error!(name, "no such asset");
    format!("/assets/{name}")
}

/// Whether an asset of this name exists.
pub fn exists(name: &str) -> bool {
    ASSETS.contains_key(name)
}

/// `/assets/…`. Needs no session and sets no cookie.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve))
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = by_file(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", file);
    let mut answer = if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, asset.kind)], asset.bytes.clone()).into_response()
    };
    let fixed = answer.headers_mut();
    fixed.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        fixed.insert(header::ETAG, tag);
    }
    answer
}

/// Finds `bedside.1a2b3c4d.css` by taking the hash out of the name.
fn by_file(file: &str) -> Option<&'static Asset> {
    let (front, extension) = file.rsplit_once('.')?;
    let (stem, _hash) = front.rsplit_once('.')?;
    ASSETS.get(&format!("{stem}.{extension}")).filter(|asset| asset.address.ends_with(&format!("/{file}")))
}

fn gather() -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let mut sheets = Vec::new();
    // The folder's iterator is not sorted everywhere; the cascade depends on the order of the sheets.
    let mut paths: Vec<_> = Folder::iter().collect();
    paths.sort();
    for path in paths {
        let (Some(file), Some(kind)) = (Folder::get(&path), kind_of(&path)) else {
            continue;
        };
        if path.starts_with("css/") {
            sheets.push(String::from_utf8_lossy(&file.data).into_owned());
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let asset = Asset::new(&name, kind, Bytes::from(file.data.into_owned()));
        assets.insert(name, asset);
    }
    for (file, name) in [("guard.wasm", "guard.wasm"), ("index.js", "guard-package.js")] {
        if let (Some(file), Some(kind)) = (GuardPackage::get(file), kind_of(name)) {
            assets.insert(name.to_owned(), Asset::new(name, kind, Bytes::from(file.data.into_owned())));
        }
    }
    let mut sheet = sheets.join("\n");
    for (name, asset) in &assets {
        sheet = sheet.replace(&format!("url(\"{name}\")"), &format!("url(\"{}\")", asset.address));
    }
    let name = "bedside.css";
    assets.insert(name.to_owned(), Asset::new(name, "text/css; charset=utf-8", Bytes::from(sheet)));
    assets
}

impl Asset {
    fn new(name: &str, kind: &'static str, bytes: Bytes) -> Self {
        let hash = hex::encode(Sha256::digest(&bytes));
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let address = format!("/assets/{stem}.{}.{extension}", &hash[..HASH_DIGITS]);
        Self { address, kind, bytes }
    }
}

/// What is served, and as what. Licences and the icons' source are for readers of the repository.
fn kind_of(path: &str) -> Option<&'static str> {
    if path.starts_with("icons/") {
        return None;
    }
    Some(match path.rsplit('.').next()? {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_one_file_in_order_with_hashed_fonts() {
        let sheet = String::from_utf8_lossy(&ASSETS["bedside.css"].bytes).into_owned();
        let declared = sheet.find("@layer tokens, base, layout, components, utilities;");
        let first_rule = sheet.find("@layer tokens {");
        assert!(declared.is_some() && declared < first_rule, "the order of layers must be declared first");
        assert!(!sheet.contains("url(\"literata"), "a font kept its plain name");
        assert_eq!(sheet.matches("url(\"/assets/").count(), 3);
        assert!(!sheet.contains("http://") && !sheet.contains("https://"), "the sheet asks nobody else");
    }

    #[tokio::test]
    async fn an_address_answers_once_and_then_says_unchanged() {
        let file = asset_url("bedside.js").trim_start_matches("/assets/").to_owned();
        let first = serve(Path(file.clone()), HeaderMap::new()).await;
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(first.headers()[header::CACHE_CONTROL], KEEP);
        assert_eq!(first.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(serve(Path(file), headers).await.status(), StatusCode::NOT_MODIFIED);
        let stale = serve(Path("bedside.00000000.js".to_owned()), HeaderMap::new()).await;
        assert_eq!(stale.status(), StatusCode::NOT_FOUND);
    }
}
