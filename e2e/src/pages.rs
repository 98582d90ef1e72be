//! Pages of a journey's own, served on loopback: for what no program of ours shows, such as an
//! independent client's host page, or the proof that popup blocking is on.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::task::JoinHandle;

use crate::error::{JourneyError, Outcome};

/// What browsers ask every site for by themselves, at a moment of their own. Pages answer it with nothing and count it
/// for nothing.
pub const ICON: &str = "/favicon.ico";

/// What one address of the server answers with.
#[derive(Debug, Clone)]
pub enum Page {
    /// An HTML page with further headers.
    Html(String, Vec<(&'static str, String)>),
    /// A file, with the content type that its name tells.
    File(PathBuf),
    /// Everything below the address, from a folder.
    Folder(PathBuf),
    /// "204 No Content": the browser stays on the page that it wanted to leave.
    Stay,
}

/// A request that arrived, as far as journeys look at it.
#[derive(Debug, Clone)]
pub struct ReceivedRequest {
    /// The HTTP method, in capitals.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// The body as text, empty where there is none.
    pub body: String,
}

#[derive(Debug, Default)]
struct Site {
    pages: Vec<(String, Page)>,
    arrived: Mutex<Vec<ReceivedRequest>>,
}

/// A running server; dropping it ends it.
#[derive(Debug)]
pub struct PageServer {
    /// Its port on 127.0.0.1.
    pub port: u16,
    site: Arc<Site>,
    task: JoinHandle<()>,
}

impl PageServer {
    /// Serves the pages, each under its path.
    ///
    /// # Errors
    /// [`JourneyError::Io`] when no port can be had.
    pub async fn start(pages: Vec<(&str, Page)>) -> Outcome<Self> {
        let what = "serving pages";
        let pages = pages.into_iter().map(|(path, page)| (path.to_owned(), page)).collect();
        let site = Arc::new(Site { pages, arrived: Mutex::default() });
        let listener =
            tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.map_err(JourneyError::io(what))?;
        let port = listener.local_addr().map_err(JourneyError::io(what))?.port();
        let app = Router::new().fallback(answer).with_state(site.clone());
        let task = tokio::spawn(async move {
            // The server lives as long as the journey and is ended with it.
            axum::serve(listener, app).await.ok();
        });
        Ok(Self { port, site, task })
    }

    /// An address on this server, under 127.0.0.1.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Every request so far, without those for [`ICON`].
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.site.arrived.lock().map(|arrived| arrived.clone()).unwrap_or_default()
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(site): State<Arc<Site>>, method: Method, uri: Uri, body: Bytes) -> Response {
    if uri.path() == ICON {
        return StatusCode::NO_CONTENT.into_response();
    }
    if let Ok(mut arrived) = site.arrived.lock() {
        arrived.push(ReceivedRequest {
            method: method.to_string(),
            path: uri.to_string(),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
    }
    let path = uri.path();
    for (at, page) in &site.pages {
        match page {
            Page::Html(html, headers) if path == at => return html_page(html, headers),
            Page::File(file) if path == at => return file_page(file.clone()).await,
            Page::Folder(folder) => {
                if let Some(rest) = path.strip_prefix(at.as_str())
                    && !rest.split('/').any(|part| part == "..")
                {
                    let rest = if rest.is_empty() { "index.html" } else { rest };
                    return file_page(folder.join(rest)).await;
                }
            }
            Page::Stay if path == at => return StatusCode::NO_CONTENT.into_response(),
            Page::Html(..) | Page::File(_) | Page::Stay => {}
        }
    }
    StatusCode::NOT_FOUND.into_response()
}

fn html_page(html: &str, extra: &[(&'static str, String)]) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    for (name, value) in extra {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(*name, value);
        }
    }
    (headers, html.to_owned()).into_response()
}

async fn file_page(file: PathBuf) -> Response {
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    match tokio::fs::read(&file).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
