//! The command line's conversation: every line gets its answer, in order.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Guard, Profile, pipe};
use serde_json::{Value, json};

fn converse(input: &str) -> Vec<Value> {
    let guard = Guard::new(&Profile::default());
    let mut output = Vec::new();
    pipe(input.as_bytes(), &mut output, &guard).unwrap();
    let output = String::from_utf8(output).unwrap();
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn answers_in_order_and_goes_on_after_a_bad_line() {
    let answers = converse(concat!(
        r#"{"id":"a","text":"Señal: 541 555 0199","context":"post","lang":"es"}"#,
        "\n",
        "\n",
        r#"{"id":7,"text":"x","context":"memo","lang":"en"}"#,
        "\n",
        "not json\n",
        r#"{"id":"b","text":"Walk with us.","context":"review_reply","lang":"en","in_reply_to":"Nice."}"#,
    ));
    assert_eq!(answers.len(), 4);
    let finding = &answers[0]["findings"][0];
    assert_eq!((&finding["category"], &finding["severity"]), (&json!("contact"), &json!("block")));
    assert_eq!((&finding["start"], &finding["end"], &finding["span"]), (&json!(8), &json!(20), &json!("541 555 0199")));
    for key in ["rule", "message", "suggestion"] {
        assert!(finding[key].is_string(), "{key}");
    }
    assert_eq!(answers[1]["id"], json!(7));
    assert!(answers[1]["error"].as_str().unwrap().contains("memo"));
    assert!(answers[2].get("id").is_none() && answers[2]["error"].is_string());
    assert_eq!(answers[3], json!({"id": "b", "findings": []}));
}
