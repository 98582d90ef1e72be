//! `GET /widget/{file}`: the built widget, open to every origin.
//!
//! The files keep their names from build to build, so browsers ask each time whether theirs is still the newest
//! (`no-cache` with an `ETag`). Siblings ending in `.br` and `.gz` are sent to browsers that take them.

use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::Path;
use crate::app::App;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    #[error("this server serves no widget files: widget_files is not configured")]
    NotServed,
    #[error("the widget has no file {0:?}")]
    Unknown(String),
    #[error("the widget's file {file:?}: {error}")]
    Io { file: String, error: io::Error },
}

impl ErrorResponse for FileError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotServed | Self::Unknown(_) => StatusCode::NOT_FOUND,
            Self::Io { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotServed | Self::Unknown(_) => self.to_string(),
            Self::Io { .. } => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(FileError);

/// Serves a file, with the headers that let any page use it, errors included.
pub(super) async fn serve(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    asked: HeaderMap,
) -> Response {
    let mut response = match find(&app, &file, &asked).await {
        Ok(response) => response,
        Err(no_file) => no_file.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

async fn find(app: &App, file: &str, asked: &HeaderMap) -> Result<Response, FileError> {
    let folder = app.config.widget_files.as_ref().ok_or(FileError::NotServed)?;
    let kind = kind(file).ok_or_else(|| FileError::Unknown(file.to_owned()))?;
    let path = folder.join(file);
    for (coding, ending) in [(Some("br"), ".br"), (Some("gzip"), ".gz"), (None, "")] {
        if coding.is_some_and(|coding| !takes(asked, coding)) {
            continue;
        }
        if let Some(bytes) = read(&with_ending(&path, ending), file).await? {
            return Ok(answer(bytes, kind, coding, asked));
        }
    }
    Err(FileError::Unknown(file.to_owned()))
}

/// The type of a file that may be served: a plain name with an ending we know.
fn kind(file: &str) -> Option<&'static str> {
    let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let (stem, ending) = file.rsplit_once('.')?;
    if !plain || stem.is_empty() || stem.starts_with('.') {
        return None;
    }
    match ending {
        "js" | "mjs" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "json" | "map" => Some("application/json"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// Whether a browser takes this content coding (RFC 9110 section 12.5.3).
fn takes(asked: &HeaderMap, coding: &str) -> bool {
    asked
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(','))
        .map(|part| part.split_once(';').map_or((part, ""), |(name, weight)| (name, weight)))
        .any(|(name, weight)| {
            let refused = matches!(weight.trim().trim_start_matches("q=").parse::<f32>(), Ok(q) if q <= 0.0);
            name.trim().eq_ignore_ascii_case(coding) && !refused
        })
}

fn with_ending(path: &FilePath, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    PathBuf::from(path)
}

async fn read(path: &FilePath, file: &str) -> Result<Option<Vec<u8>>, FileError> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await.map_err(io::Error::other);
    match read.flatten() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::Io { file: file.to_owned(), error }),
    }
}

fn answer(bytes: Vec<u8>, kind: &'static str, coding: Option<&'static str>, asked: &HeaderMap) -> Response {
    let hash = Sha256::digest(&bytes);
    let tag: String = hash[..12]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(b"0123456789abcdef"[usize::from(half)]))
        .collect();
    let tag = format!("\"{tag}\"");
    let known = asked
        .get(IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if let (Some(coding), false) = (coding, known) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}
