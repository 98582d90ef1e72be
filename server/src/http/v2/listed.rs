//! The answer of a list: `{meta: {count}, data: []}`, and 204 where there is nothing.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::business_list::ListedPage;

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct ListAnswer<T> {
    meta: Meta,
    data: Vec<T>,
}

#[derive(Serialize, ToSchema)]
struct Meta {
    /// How many there are on all pages.
    #[schema(minimum = 1)]
    count: i64,
}

/// Answers with one page. `count` is how many there are on all pages; a page beyond the last one is empty.
pub(super) fn answer<T, Item: Serialize>(found: ListedPage<T>, item: impl Fn(T) -> Item) -> Response {
    if found.count == 0 {
        return StatusCode::NO_CONTENT.into_response();
    }
    let data = found.entries.into_iter().map(item).collect();
    Json(ListAnswer { meta: Meta { count: found.count }, data }).into_response()
}
