//! Somebody in front of a site that has a secret key and a played Connect server.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::request::Builder;
use tower::ServiceExt;

use super::connect::PlayedConnect;
use super::{Answer, ORIGIN, form, read_answer};
use crate::back_end::BackEnd;
use crate::connect_api::ConnectApi;
use crate::http::router;
use crate::received_webhooks::ReceivedWebhooks;
use crate::site::Site;
use crate::verify_token::TokenVerifier;
use crate::visitors::Visitors;

/// The webhook's secret at this site.
pub const WEBHOOK_SECRET: &str = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0xMjM0NTY3ODkw";

/// What the site's own server has, with this key.
pub fn back_end(connect: &PlayedConnect, key: &str) -> BackEnd {
    BackEnd {
        api: ConnectApi::new(connect.address.parse().unwrap(), key.into()).unwrap(),
        tokens: TokenVerifier::new(connect.address.clone(), "SB_PROD_demo".to_owned()),
        visitors: Visitors::default(),
        webhook_secret: Some(WEBHOOK_SECRET.into()),
        webhooks: ReceivedWebhooks::default(),
    }
}

/// Somebody with a browser.
pub struct Visitor {
    pub connect: Arc<PlayedConnect>,
    router: Router,
    pub cookie: Option<String>,
}

impl Visitor {
    /// Somebody who is not signed in, at a site of their own.
    pub async fn new() -> Self {
        Self::with_key("rck_right").await
    }

    pub async fn with_key(key: &str) -> Self {
        let connect = PlayedConnect::start().await;
        let site = Site {
            origin: ORIGIN.parse().unwrap(),
            connect: connect.address.parse().unwrap(),
            widget_id: "SB_PROD_demo".to_owned(),
            back_end: Some(back_end(&connect, key)),
        };
        Self { connect, router: router(site), cookie: None }
    }

    /// Somebody who has the widget's page open.
    pub async fn signed_in() -> Self {
        let mut visitor = Self::new().await;
        visitor.sign_in("Harbour & Co").await;
        visitor
    }

    /// Somebody else at the same site, who is not signed in.
    pub fn stranger(&self) -> Self {
        Self { connect: self.connect.clone(), router: self.router.clone(), cookie: None }
    }

    pub async fn sign_in(&mut self, business: &str) -> Answer {
        let page = self.get(&format!("/?{}", form(&[("businessName", business)]))).await;
        if let Some(cookie) = page.header("set-cookie") {
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        }
        page
    }

    /// The `state` of the page that was opened last.
    pub fn state(&self) -> String {
        self.connect.last_posted("/v2/sessions")["state"].as_str().unwrap().to_owned()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// A form of a page of this site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Request::post(path).header("origin", ORIGIN), Body::from(form(fields))).await
    }

    pub async fn send(&self, mut request: Builder, body: Body) -> Answer {
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        read_answer(self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()).await
    }
}
