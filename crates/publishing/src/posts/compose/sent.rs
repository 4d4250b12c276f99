//! A sent form: all fields, a file, and which button was pressed.
//!
//! The form is multipart because it takes pictures; the page for a form that came too late sends the same fields
//! again as an ordinary form, so both are read.

use axum::{
    extract::{FromRef, FromRequest, FromRequestParts, Multipart, Request, multipart::MultipartError},
    http::header,
    response::{IntoResponse, Response},
};
use bedside_practice::SignedIn;
use bedside_web::{Failure, Posted, StaffShell};

use super::{
    press::Press,
    typed::{Fields, Typed},
};
use crate::desk::Desk;

/// What arrived, from a member, with the hidden field checked.
pub(super) struct Sent {
    /// Who sent it.
    pub(super) signed_in: SignedIn,
    /// The frame of the page that answers.
    pub(super) shell: StaffShell,
    /// What was typed.
    pub(super) typed: Typed,
    /// Which button was pressed.
    pub(super) press: Press,
    /// The file that was chosen.
    pub(super) file: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Sent
where
    Desk: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_multipart = kind.starts_with("multipart/form-data");
        let (mut parts, body) = request.into_parts();
        let mut file = None;
        let body = if is_multipart {
            let whole = Multipart::from_request(Request::from_parts(parts.clone(), body), state)
                .await
                .map_err(IntoResponse::into_response)?;
            let (fields, chosen) = read(whole).await.map_err(|error| too_large(&error).into_response())?;
            file = chosen;
            axum::body::Body::from(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.0).finish())
        } else {
            body
        };
        // From here on it is an ordinary form: session, hidden field, and the page for one that came too late.
        parts
            .headers
            .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/x-www-form-urlencoded"));
        parts.headers.remove(header::CONTENT_LENGTH);
        let posted =
            Posted::<Vec<(String, String)>>::from_request(Request::from_parts(parts.clone(), body), state).await?;
        let fields = Fields(posted.form);
        let shell = <StaffShell as FromRequestParts<S>>::from_request_parts(&mut parts, state).await?;
        let signed_in = SignedIn::from_request_parts(&mut parts, state).await?;
        Ok(Self { signed_in, shell, typed: Typed::from_fields(&fields), press: Press::from_fields(&fields), file })
    }
}

async fn read(mut whole: Multipart) -> Result<(Fields, Option<Vec<u8>>), MultipartError> {
    let (mut fields, mut file) = (Fields::default(), None);
    while let Some(part) = whole.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            // The name of the file is not read: it can be a patient's.
            let bytes = part.bytes().await?;
            file = Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty()).or(file);
        } else {
            fields.0.push((name, part.text().await?));
        }
    }
    Ok((fields, file))
}

fn too_large(error: &MultipartError) -> Failure {
    let status = error.status();
    if status == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        let person = "This picture is larger than 32 megabytes. Go back: your text is still on the page. Save a smaller copy of the picture and choose that.";
        return Failure::new(status, "upload too large", person);
    }
    Failure::bad_request("an unreadable multipart form")
}
