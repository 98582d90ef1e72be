//! `GET /widget/{file}`: the built widget, open to every origin.
//!
//! Files whose names carry a hash of their content are kept by browsers for good; only the loaders, whose names stay, are
//! asked for each time (`no-cache` with an `ETag`). Next: `file_name.rs` has what may be served and for how long it is
//! kept, `engine_build.rs` what `engine.js` and the engine's plain names stand for, `content_coding.rs` which sibling is sent.

mod content_coding;
mod engine_build;
mod file_name;

use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK,
    VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use content_coding::ContentCoding;
use engine_build::{BUILD_FILE, Build, BuildError};
use file_name::FileName;

use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::Path;
use crate::app::App;

/// The ways in: the classic script and the module. From here a page goes on to the engine and to the server itself.
const LOADERS: [&str; 2] = ["railz-connect.js", "railz-connect.mjs"];

/// Makes the browser open, before the loader is run, the connection that the loader will need: a script tag's own carries
/// credentials and is not used for calls without them. `preload` and `modulepreload` of the engine are left out: Chromium 156
/// obeys them in the headers of documents alone, and a page that opens the widget later should not load it at once.
const PRECONNECT: HeaderValue = HeaderValue::from_static("</>; rel=preconnect; crossorigin");

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error("this server serves no widget files: widget_files is not configured")]
    NotServed,
    #[error("the widget has no such file")]
    Unknown(String),
    #[error("the widget's file {file:?}: {error}")]
    Io { file: String, error: io::Error },
    #[error("the widget's file {BUILD_FILE:?}: {0}")]
    Build(#[from] BuildError),
}

impl ErrorResponse for FileError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotServed | Self::Unknown(_) => StatusCode::NOT_FOUND,
            Self::Io { .. } | Self::Build(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotServed | Self::Unknown(_) => self.to_string(),
            Self::Io { .. } | Self::Build(_) => OUR_FAULT.to_owned(),
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
        Err(no_file) => {
            let mut response = no_file.into_response();
            // A file that is missing while servers are being updated is there a moment later.
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

async fn find(app: &App, asked_for: &str, asked: &HeaderMap) -> Result<Response, FileError> {
    let folder = app.config.widget_files.as_ref().ok_or(FileError::NotServed)?;
    let unknown = || FileError::Unknown(asked_for.to_owned());
    let file = FileName::parse(asked_for).ok_or_else(unknown)?;
    let path = folder.join(file_behind(folder, &file.name).await?);
    let codings = ContentCoding::accepted(asked).into_iter().map(Some).chain([None]);
    for coding in codings {
        let ending = coding.map_or("", ContentCoding::ending);
        if let Some(bytes) = read(&with_ending(&path, ending), asked_for).await? {
            return Ok(answer(bytes, &file, coding, asked));
        }
    }
    Err(unknown())
}

/// The file that a name stands for: itself, unless it is one of those that stand for the current build's.
async fn file_behind(folder: &FilePath, name: &str) -> Result<String, FileError> {
    if !engine_build::is_alias(name) {
        return Ok(name.to_owned());
    }
    let Some(text) = read(&folder.join(BUILD_FILE), BUILD_FILE).await? else { return Ok(name.to_owned()) };
    let build = Build::parse(&text)?;
    Ok(build.file_behind(name).unwrap_or(name).to_owned())
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

fn answer(bytes: Vec<u8>, file: &FileName, coding: Option<ContentCoding>, asked: &HeaderMap) -> Response {
    let tag = entity_tag(&bytes);
    let known = is_known(&tag, asked);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(file.stability.cache_control()));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if let (Some(coding), false) = (coding, known) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    if LOADERS.contains(&file.name.as_str()) {
        headers.insert(LINK, PRECONNECT);
    }
    response
}

/// A tag of the very bytes that are sent, so that each compressed form has its own.
fn entity_tag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let digits = hash[..12]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(b"0123456789abcdef"[usize::from(half)]));
    format!("\"{}\"", digits.collect::<String>())
}

/// Whether the client has these bytes already (RFC 9110 section 13.1.2).
fn is_known(tag: &str, asked: &HeaderMap) -> bool {
    asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}
