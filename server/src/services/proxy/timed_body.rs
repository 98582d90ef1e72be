//! A body that is passed on while it comes, with an end to waiting: whoever is silent for too long is cut off.

use std::fmt;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// A body with what was read of it already in front.
pub(super) struct TimedBody<B> {
    begun: Option<Bytes>,
    /// Behind a lock that nobody ever waits for, since bodies that are sent must be shareable between threads.
    rest: Mutex<B>,
    silence: Duration,
    until: Pin<Box<Sleep>>,
}

/// Why a body breaks off.
#[derive(Debug)]
pub(super) enum TimedBodyError {
    /// Nothing came for too long.
    Silent,
    /// Its sender broke off.
    Broken,
}

impl fmt::Display for TimedBodyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Silent => "nothing came for too long",
            Self::Broken => "the sender broke off",
        })
    }
}

impl std::error::Error for TimedBodyError {}

impl<B> TimedBody<B> {
    /// `begun`, and then the rest as it comes, each piece of it within `silence`.
    pub(super) fn new(begun: Bytes, rest: B, silence: Duration) -> Self {
        let begun = Some(begun).filter(|begun| !begun.is_empty());
        Self { begun, rest: Mutex::new(rest), silence, until: Box::pin(sleep(silence)) }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for TimedBody<B> {
    type Data = Bytes;
    type Error = TimedBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TimedBodyError>>> {
        if let Some(begun) = self.begun.take() {
            return Poll::Ready(Some(Ok(Frame::data(begun))));
        }
        let Ok(rest) = self.rest.get_mut() else { return Poll::Ready(Some(Err(TimedBodyError::Broken))) };
        if let Poll::Ready(frame) = Pin::new(rest).poll_frame(context) {
            let silence = self.silence;
            self.until.as_mut().reset(Instant::now() + silence);
            return Poll::Ready(frame.map(|frame| frame.map_err(|_| TimedBodyError::Broken)));
        }
        ready!(self.until.as_mut().poll(context));
        Poll::Ready(Some(Err(TimedBodyError::Silent)))
    }

    fn size_hint(&self) -> SizeHint {
        let begun = self.begun.as_ref().map_or(0, Bytes::len).try_into().unwrap_or(u64::MAX);
        let rest = self.rest.lock().map(|rest| rest.size_hint()).unwrap_or_default();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(begun));
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(begun));
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{StreamExt, stream};
    use http_body_util::BodyExt;

    use super::*;

    const SILENCE: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn what_was_read_already_comes_first() {
        let rest = axum::body::Body::from("world");
        let body = TimedBody::new(Bytes::from("hello "), rest, SILENCE);
        assert_eq!(body.size_hint().exact(), Some(11), "so that the length travels along");
        assert_eq!(body.collect().await.unwrap().to_bytes(), "hello world");
    }

    #[tokio::test]
    async fn whoever_is_silent_for_too_long_is_cut_off() {
        let begun = stream::once(async { Ok::<_, Infallible>("begun") });
        let rest = axum::body::Body::from_stream(begun.chain(stream::pending()));
        let mut body = TimedBody::new(Bytes::new(), rest, SILENCE);
        assert!(body.frame().await.unwrap().is_ok());
        let cut = tokio::time::timeout(Duration::from_secs(5), body.frame()).await.unwrap();
        assert!(matches!(cut, Some(Err(TimedBodyError::Silent))));
    }

    #[tokio::test]
    async fn a_slow_body_that_goes_on_comes_whole() {
        let pieces = stream::iter(0..6).then(|_| async {
            sleep(SILENCE / 2).await;
            Ok::<_, Infallible>("x")
        });
        let rest = axum::body::Body::from_stream(pieces.boxed());
        let body = TimedBody::new(Bytes::new(), rest, SILENCE);
        assert_eq!(body.collect().await.unwrap().to_bytes(), "xxxxxx");
    }
}
