//! What the server remembers of requests that may come again.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::idempotent_request::IdempotentRequest;
use crate::vault::Sealed;

/// What is known of a request with an `Idempotency-Key`.
#[derive(Clone, Debug)]
pub enum RequestStanding {
    /// It was never sent before (or so long ago that it is forgotten), and is under way from here on.
    New,
    /// The same is under way.
    UnderWay,
    /// The same was answered so.
    Answered(Sealed),
    /// One with another body was sent under its key.
    OtherBody,
}

/// Requests with an `Idempotency-Key`, by widget, path and key.
#[async_trait]
pub trait IdempotentRequests {
    /// In one step: looks for the request and, where it is new, writes down that it is under way.
    async fn begin_request(&self, request: &IdempotentRequest, now: Timestamp) -> Result<RequestStanding>;
    /// Keeps the answer until the request expires.
    async fn finish_request(&self, request: &IdempotentRequest, answer: &Sealed) -> Result<()>;
    /// Forgets a request that did nothing: the next one is new.
    async fn forget_request(&self, request: &IdempotentRequest) -> Result<()>;
    /// Forgets those that are over.
    async fn drop_requests(&self, now: Timestamp) -> Result<u64>;
}
