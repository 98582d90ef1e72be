//! Authorisation server metadata (RFC 8414), at the RFC's place and, as many providers have it, below the issuer.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::{app::App, extract::ForService};

pub(super) async fn metadata(State(app): State<App>, service: ForService) -> Json<Value> {
    let issuer = app.issuer(&service.0);
    let ways = ["client_secret_basic", "client_secret_post"];
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ways,
        "revocation_endpoint_auth_methods_supported": ways,
        "authorization_response_iss_parameter_supported": true,
    }))
}
