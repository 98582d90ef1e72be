//! Deliveries of webhooks: which are taken, and who sees them.

use std::time::SystemTime;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::json;

use super::connect::{BUSINESS, OURS};
use super::visitor::{Visitor, WEBHOOK_SECRET};

/// A delivery as the documents describe it.
struct Delivery {
    secret: String,
    seconds: u64,
    id: &'static str,
    business: &'static str,
}

impl Delivery {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        Self { secret: WEBHOOK_SECRET.to_owned(), seconds: now, id: "EVT-1", business: BUSINESS }
    }

    fn body(&self) -> String {
        let body = json!({
            "event": "connectionStatus", "id": self.id, "occurredAt": "2026-03-01T09:30:00Z",
            "businessUuid": self.business, "connectionId": OURS, "serviceName": "xero",
            "oldStatus": "pending", "newStatus": "active", "unheardOf": { "deep": [1] },
        });
        body.to_string()
    }

    fn railz(&self) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        let signed = hmac::sign(&key, format!("{}000.{}", self.seconds, self.body()).as_bytes());
        let digits = signed.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        format!("t={}000,v={hex}", self.seconds)
    }

    fn standard(&self) -> String {
        let bytes = STANDARD.decode(self.secret.strip_prefix("whsec_").unwrap()).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
        let signed = hmac::sign(&key, format!("{}.{}.{}", self.id, self.seconds, self.body()).as_bytes());
        format!("v1,{}", STANDARD.encode(signed.as_ref()))
    }

    async fn send(&self, visitor: &Visitor) -> StatusCode {
        self.send_signed(visitor, &self.railz(), &self.standard(), &self.body()).await
    }

    async fn send_signed(&self, visitor: &Visitor, railz: &str, standard: &str, body: &str) -> StatusCode {
        let request = Request::post("/webhooks/connect")
            .header("railz-signature", railz)
            .header("webhook-id", self.id)
            .header("webhook-timestamp", self.seconds)
            .header("webhook-signature", standard);
        visitor.stranger().send(request, Body::from(body.to_owned())).await.status
    }
}

async fn count(visitor: &Visitor) -> usize {
    let told: Vec<serde_json::Value> =
        serde_json::from_str(&visitor.get("/webhooks/received").await.text).unwrap();
    told.len()
}

#[tokio::test]
async fn a_signed_delivery_is_shown_to_its_business_alone() {
    let visitor = Visitor::signed_in().await;
    assert_eq!(Delivery::new().send(&visitor).await, StatusCode::NO_CONTENT);
    let elsewhere = Delivery { id: "EVT-2", business: "BIZ-2", ..Delivery::new() };
    assert_eq!(elsewhere.send(&visitor).await, StatusCode::NO_CONTENT);
    assert_eq!(count(&visitor).await, 1);
    for path in ["/connections".to_owned(), format!("/connections/{OURS}")] {
        let page = visitor.get(&path).await;
        assert_eq!(page.text.matches("pending became active").count(), 1, "{path}: {}", page.text);
    }
    assert_eq!(visitor.stranger().get("/webhooks/received").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_forged_delivery_is_refused() {
    let visitor = Visitor::signed_in().await;
    let (right, forged) =
        (Delivery::new(), Delivery { secret: "whsec_Zm9yZ2Vk".to_owned(), ..Delivery::new() });
    assert_eq!(forged.send(&visitor).await, StatusCode::UNAUTHORIZED);
    let body = right.body();
    for (railz, standard, body) in [
        (forged.railz(), right.standard(), body.clone()),
        (right.railz(), forged.standard(), body.clone()),
        (right.railz(), right.standard(), body.replace("active", "expired")),
        (String::new(), right.standard(), body.clone()),
        (right.railz(), "v1,".to_owned(), body.clone()),
        (format!("t={}000,v=", right.seconds), right.standard(), body.clone()),
        (format!("t={}000,v=é", right.seconds), right.standard(), body),
    ] {
        assert_eq!(right.send_signed(&visitor, &railz, &standard, &body).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(count(&visitor).await, 0);
}

#[tokio::test]
async fn a_delivery_without_headers_is_refused() {
    let visitor = Visitor::signed_in().await;
    let bare = visitor.send(Request::post("/webhooks/connect"), Body::from(Delivery::new().body())).await;
    assert_eq!(bare.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_delivery_of_six_minutes_ago_or_ahead_is_refused() {
    let visitor = Visitor::signed_in().await;
    let now = Delivery::new().seconds;
    for seconds in [now - 360, now + 360, 0] {
        let stale = Delivery { seconds, ..Delivery::new() };
        assert_eq!(stale.send(&visitor).await, StatusCode::UNAUTHORIZED, "{seconds}");
    }
    assert_eq!(
        Delivery { seconds: now - 240, ..Delivery::new() }.send(&visitor).await,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn a_delivery_that_comes_again_is_taken_and_changes_nothing() {
    // Refusing it would have the server try for a day: it delivers at least once.
    let visitor = Visitor::signed_in().await;
    for _ in 0..3 {
        assert_eq!(Delivery::new().send(&visitor).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(count(&visitor).await, 1);
}

#[tokio::test]
async fn while_a_secret_is_replaced_either_signature_fits() {
    let visitor = Visitor::signed_in().await;
    let (right, newer) =
        (Delivery::new(), Delivery { secret: "whsec_bmV3ZXI=".to_owned(), ..Delivery::new() });
    let railz = format!("{},v={}", newer.railz(), right.railz().split_once("v=").unwrap().1);
    let standard = format!("{} {}", newer.standard(), right.standard());
    assert_eq!(right.send_signed(&visitor, &railz, &standard, &right.body()).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_delivery_that_is_too_long_is_refused_unread() {
    let visitor = Visitor::signed_in().await;
    let long = visitor.send(Request::post("/webhooks/connect"), Body::from("x".repeat(65 * 1024))).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}
