//! The examples of `docs/back-end-api.md`: each is sent as it stands there, and answered in the shape that stands below it.

use axum::http::StatusCode;
use serde_json::Value;

use super::BackEnd;

const PAGE: &str = include_str!("../../../../docs/back-end-api.md");

/// A command of the page, and the answer below it.
struct Example {
    command: String,
    answer: Value,
}

fn examples() -> Vec<Example> {
    let fence = |from: &'static str, word: &str| -> Option<(&'static str, &'static str)> {
        let (_, rest) = from.split_once(&format!("```{word}\n"))?;
        rest.split_once("\n```")
    };
    let mut found = Vec::new();
    let mut rest = PAGE;
    while let Some((command, after)) = fence(rest, "sh") {
        let (answer, after) = fence(after, "json").expect("an answer stands below each command");
        let command = command.replace("\\\n", " ");
        found.push(Example { command, answer: serde_json::from_str(answer).expect(answer) });
        rest = after;
    }
    found
}

/// The words of a shell command, with its variables filled in.
fn words(command: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let filled = variables.iter().fold(command.to_owned(), |text, (name, value)| text.replace(name, value));
    assert!(!filled.contains('$'), "a variable that the test does not know: {filled}");
    let (mut words, mut word, mut quote, mut within) = (Vec::new(), String::new(), None, false);
    for letter in filled.chars() {
        match (quote, letter) {
            (None, '\'' | '"') => (quote, within) = (Some(letter), true),
            (Some(open), letter) if open == letter => quote = None,
            (None, letter) if letter.is_whitespace() => {
                if within || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                within = false;
            }
            (_, letter) => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// The same fields with the same kinds of values, whatever they are; of lists as many entries.
fn same_shape(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|found| same_shape(value, found)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_shape(one, other))
        }
        (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) => true,
        (one, other) => one == other,
    }
}

async fn run(api: &BackEnd, example: &Example, business: &str, connection: &str) {
    let variables = [
        ("$CONNECTION", connection),
        ("$CONNECT", "https://connect.example"),
        ("$BUSINESS", business),
        ("$KEY", &api.key),
    ];
    let words = words(&example.command, &variables);
    let (mut method, mut path, mut body, mut authorization) = ("GET", "", "", "");
    let mut words = words.iter().map(String::as_str);
    assert_eq!(words.next(), Some("curl"));
    while let Some(word) = words.next() {
        match word {
            "-X" => method = words.next().unwrap(),
            "--json" => body = words.next().unwrap(),
            "-H" => authorization = words.next().unwrap(),
            address => path = address.strip_prefix("https://connect.example").expect(address),
        }
    }
    assert_eq!(authorization, format!("Authorization: Bearer {}", api.key));
    let answer = api.ask(method, path, body).await;
    assert!(answer.status.is_success(), "{}: {}", example.command, answer.text());
    let came: Value = answer.json();
    assert!(
        same_shape(&came, &example.answer),
        "{}\n{came:#}\nand not\n{:#}",
        example.command,
        example.answer
    );
}

#[tokio::test]
async fn each_example_of_the_page_is_answered_as_it_says() {
    let api =
        BackEnd::with_books("api_url = \"@/api/v3\"\nrevoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"")
            .await;
    let examples = examples();
    assert!(examples.len() >= 5, "{}", examples.len());
    let (first, rest) = examples.split_at(2);
    for example in first {
        run(&api, example, "", "").await;
    }
    assert_eq!(api.ask("POST", "/v2/businesses", "").await.status, StatusCode::BAD_REQUEST);
    let connection = api.connect("Quay", "7").await;
    let business = api.listed("/v2/businesses?businessName=Quay", "businessUuid").await.remove(0);
    for example in rest {
        run(&api, example, &business, &connection).await;
        if example.command.contains("/disconnect") {
            assert_eq!(api.connect("Harbour", "7").await, connection, "again, for the examples below it");
        }
    }
}
