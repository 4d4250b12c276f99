//! Holds our wire types against the published description of the API: every field that we send or read must stand
//! there. `schema-names.json` says where its names come from.
#![allow(clippy::unwrap_used)]

use serde::Serialize;

use super::wire::*;

/// The published names, with where they come from.
fn published() -> serde_json::Value {
    serde_json::from_str(include_str!("schema-names.json")).unwrap()
}

fn names(list: &serde_json::Value) -> Vec<String> {
    serde_json::from_value(list.clone()).unwrap()
}

/// The fields of `value` that the list does not have.
fn unpublished(value: impl Serialize, list: &serde_json::Value) -> Vec<String> {
    let published = names(list);
    let ours = serde_json::to_value(value).unwrap();
    let fields = ours.as_object().unwrap().keys().cloned();
    fields.filter(|field| !published.contains(field)).collect()
}

#[test]
fn what_we_send_is_what_the_published_schema_takes() {
    let calls = &published()["calls"];
    let application = NewApplication { client_name: "", redirect_uris: "", scopes: "", website: "" };
    let asked = TokenRequest {
        grant_type: "",
        code: "",
        client_id: "",
        client_secret: "",
        redirect_uri: "",
        code_verifier: "",
    };
    let status = NewStatus { status: "", media_ids: &[], in_reply_to_id: Some(""), language: "", visibility: "" };
    let changed = ChangedStatus { status: "", media_ids: &[], language: "" };
    let none: [String; 0] = [];
    assert_eq!(unpublished(application, &calls["POST /api/v1/apps"]), none);
    assert_eq!(unpublished(asked, &calls["POST /oauth/token"]), none);
    assert_eq!(unpublished(status, &calls["POST /api/v1/statuses"]), none);
    assert_eq!(unpublished(changed, &calls["PUT /api/v1/statuses/{id}"]), none);
    for (call, fields) in [
        ("POST /api/v1/statuses", &["Idempotency-Key"][..]),
        ("POST /api/v2/media", &["file", "description"]),
        ("GET /api/v1/accounts/{id}/statuses", &["limit", "exclude_reblogs", "max_id"]),
        ("GET /api/v1/notifications", &["limit", "since_id", "max_id"]),
        (
            "GET /oauth/authorize",
            &[
                "response_type",
                "client_id",
                "redirect_uri",
                "scope",
                "state",
                "code_challenge",
                "code_challenge_method",
            ],
        ),
    ] {
        let known = names(&calls[call]);
        assert!(fields.iter().all(|field| known.iter().any(|name| name == field)), "{call}");
    }
    for call in [
        "GET /api/v1/media/{id}",
        "GET /api/v1/statuses/{id}",
        "DELETE /api/v1/statuses/{id}",
        "GET /api/v1/statuses/{id}/context",
        "GET /api/v1/accounts/verify_credentials",
        "GET /api/v2/instance",
        "GET /api/v1/instance",
    ] {
        assert!(calls[call].is_array(), "{call}");
    }
}

#[test]
fn what_we_take_in_is_what_the_published_schema_gives() {
    let of = &published()["entities"];
    let status: Status = serde_json::from_str(r#"{"id": "1"}"#).unwrap();
    let notification: Notification = serde_json::from_str(r#"{"id": "1", "type": "mention"}"#).unwrap();
    let media: Media = serde_json::from_str(r#"{"id": "1"}"#).unwrap();
    let application: Application = serde_json::from_str(r#"{"client_id": "", "client_secret": ""}"#).unwrap();
    let token: Token = serde_json::from_str(r#"{"access_token": ""}"#).unwrap();
    let none: [String; 0] = [];
    assert_eq!(unpublished(status, &of["Status"]), none);
    assert_eq!(unpublished(notification, &of["Notification"]), none);
    assert_eq!(unpublished(media, &of["MediaAttachment"]), none);
    assert_eq!(unpublished(application, &of["CredentialApplication"]), none);
    assert_eq!(unpublished(Account::default(), &of["Account"]), none);
    assert_eq!(unpublished(Context::default(), &of["Context"]), none);
    assert_eq!(unpublished(Failure::default(), &of["Error"]), none);
    assert_eq!(unpublished(Configuration::default(), &of["Instance.configuration"]), none);
    assert_eq!(unpublished(StatusLimits::default(), &of["Instance.configuration.statuses"]), none);
    assert_eq!(unpublished(MediaLimits::default(), &of["Instance.configuration.media_attachments"]), none);
    // Other servers' fields, each explained where it stands.
    assert_eq!(unpublished(token, &of["Token"]), ["expires_in"]);
    assert_eq!(unpublished(Instance::default(), &of["Instance"]), ["max_toot_chars"]);
}
