//! The server, played by the test: answers wait for their requests, or requests wait for their answers.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use railz_connect::{HttpRequest, HttpResponse, NoResponseError, Transport};
use web_sys::{AbortController, AbortSignal};

use super::page;

/// The address the tests' widgets ask.
pub const ENDPOINT: &str = "https://connect.example";

/// What the widget asks for by itself when it hands over.
const CONNECTION_TOKEN: &str = "/widget/connectionToken";

/// The answer of a server that does not sign yet, where a test does not say otherwise.
fn unknown_path() -> HttpResponse {
    HttpResponse { ok: false, status: 404, body: String::new(), retry_after_ms: None }
}

/// A server for one widget or several.
#[derive(Clone, Default)]
pub struct Server(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    ready: Vec<(String, Reply)>,
    requests: Vec<Rc<SentRequest>>,
    held: Vec<String>,
}

type Reply = Result<HttpResponse, NoResponseError>;

/// A request that was made.
pub struct SentRequest {
    /// What was sent.
    pub sent: HttpRequest,
    signal: AbortSignal,
    reply: RefCell<Option<Reply>>,
    is_waiting: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Server {
    /// Answers the oldest waiting request whose address holds `part`, or else the next one.
    pub fn answer(&self, part: &str, status: u16, body: &str) {
        let ok = (200..300).contains(&status);
        self.reply(part, Ok(HttpResponse { ok, status, body: body.to_owned(), retry_after_ms: None }));
    }

    /// As `answer`, with a refusal in the contract's envelope.
    pub fn refuse(&self, part: &str, status: u16, message: &str) {
        let body = format!(r#"{{"error":{{"statusCode":{status},"message":"{message}"}},"payload":{{}}}}"#);
        self.answer(part, status, &body);
    }

    /// Requests whose address holds `part` wait for the test's answer, also those that are answered by themselves otherwise.
    pub fn hold(&self, part: &str) {
        self.0.borrow_mut().held.push(part.to_owned());
    }

    /// The server cannot be reached.
    pub fn drop_connection(&self, part: &str) {
        self.reply(part, Err(NoResponseError));
    }

    fn reply(&self, part: &str, reply: Reply) {
        let request = self.0.borrow().requests.iter().find(|one| one.is_open() && one.has(part)).cloned();
        match request {
            Some(request) => request.settle(reply),
            None => self.0.borrow_mut().ready.push((part.to_owned(), reply)),
        }
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Rc<SentRequest>> {
        self.0.borrow().requests.clone()
    }

    /// The requests so far whose address holds `part`.
    pub fn requests_to(&self, part: &str) -> Vec<Rc<SentRequest>> {
        self.requests().into_iter().filter(|one| one.has(part)).collect()
    }

    /// The latest request, whether it was answered or not.
    pub fn last_request(&self) -> Rc<SentRequest> {
        self.requests().pop().expect("a request was made")
    }

    /// How the widget's requests reach this server.
    pub fn transport(&self) -> Transport {
        let inner = Rc::clone(&self.0);
        Rc::new(move |sent, signal| {
            page::note(&format!("asks {}", path(&sent.url)));
            let place = inner.borrow().ready.iter().position(|(part, _)| sent.url.contains(part.as_str()));
            let ready = place.map(|place| inner.borrow_mut().ready.remove(place).1);
            let held = inner.borrow().held.iter().any(|part| sent.url.contains(part.as_str()));
            let unknown = sent.url.ends_with(CONNECTION_TOKEN) && !held;
            let ready = ready.or_else(|| unknown.then(|| Ok(unknown_path())));
            let request = Rc::new(SentRequest {
                sent,
                signal: signal.unwrap_or_else(|| AbortController::new().unwrap().signal()),
                reply: RefCell::new(ready),
                is_waiting: Cell::new(true),
                waker: RefCell::new(None),
            });
            inner.borrow_mut().requests.push(Rc::clone(&request));
            Box::pin(poll_fn(move |context| {
                if let Some(reply) = request.reply.take() {
                    request.is_waiting.set(false);
                    return Poll::Ready(reply);
                }
                request.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }))
        })
    }
}

impl SentRequest {
    /// Whether the widget gave up waiting.
    pub fn is_aborted(&self) -> bool {
        self.signal.aborted()
    }

    /// Whether the widget has its answer.
    pub fn is_answered(&self) -> bool {
        !self.is_waiting.get()
    }

    /// The method and the path with its query.
    pub fn line(&self) -> String {
        format!("{} {}", self.sent.method, path(&self.sent.url))
    }

    fn is_open(&self) -> bool {
        self.is_waiting.get() && self.reply.borrow().is_none() && !self.is_aborted()
    }

    fn has(&self, part: &str) -> bool {
        self.sent.url.contains(part)
    }

    fn settle(&self, reply: Reply) {
        self.reply.replace(Some(reply));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

fn path(url: &str) -> &str {
    url.strip_prefix(ENDPOINT).unwrap_or(url)
}
