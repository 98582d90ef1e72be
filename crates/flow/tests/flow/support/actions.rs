//! What a story can do with a widget, in its own words.

use railz_connect_contract::{AccessToken, AddressResponse, Connection, ServiceName, UseCase};
use railz_connect_flow::effect::{HandOverForm, Request};
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use railz_connect_flow::screen::{Content, Picker};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::{Connected, HandingOver, LongPoll, SignIn, SignInTimeout, Stage, Window};
use railz_connect_flow::{Config, Effect, Event, Ticket};

use super::{TestWidget, fixtures};

impl TestWidget {
    /// With the picker before them, and the load told.
    pub fn in_the_picker_of(config: Config, session: SessionResponse) -> Self {
        let mut widget = Self::start(config);
        widget.answer_session(session).host_events.clear();
        widget
    }

    pub fn in_the_picker(config: Config) -> Self {
        Self::in_the_picker_of(config, fixtures::session())
    }

    /// With the window on its way to the service and the server listened to.
    pub fn signing_in(config: Config) -> Self {
        let mut widget = Self::in_the_picker(config);
        widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
        widget
    }

    /// Told that the waiting time is over.
    pub fn late(config: Config) -> Self {
        let mut widget = Self::signing_in(config);
        widget.timeout_elapses().host_events.clear();
        widget
    }

    /// Connected, and the host was told.
    pub fn connected(config: Config) -> Self {
        let mut widget = Self::signing_in(config);
        widget.news(fixtures::active(fixtures::QUICKBOOKS)).host_events.clear();
        widget
    }

    /// Connected, signed, and on the way to the success page.
    pub fn handing_over(config: Config) -> Self {
        let mut widget = Self::connected(config);
        widget.sign();
        widget
    }

    // ── The person ──

    pub fn press(&mut self, user: UserEvent) -> &mut Self {
        self.dispatch(Event::User(user))
    }

    pub fn pick(&mut self, service: &str) -> &mut Self {
        self.press(UserEvent::Pick(fixtures::integration_of(service)))
    }

    pub fn submit_form(&mut self, use_case: Option<UseCase>, provider: Option<&str>) -> &mut Self {
        self.press(UserEvent::Submit(fixtures::sandbox_form(use_case, provider)))
    }

    // ── The server ──

    /// Answers the one request that is out.
    pub fn answer(&mut self, result: Result<Response, RequestError>) -> &mut Self {
        let ticket = self.request_ticket();
        self.dispatch(Event::Response { ticket, result })
    }

    pub fn request_ticket(&self) -> Ticket {
        assert_eq!(self.requests.len(), 1, "requests out: {:?}", self.requests);
        *self.requests.keys().next().expect("one was just counted")
    }

    pub fn answer_session(&mut self, session: SessionResponse) -> &mut Self {
        self.answer(Ok(Response::Session(Box::new(session))))
    }

    /// Where the last question brought no answer to it: the list is loaded again, and the connection is not in it.
    pub fn list_says_no(&mut self) -> &mut Self {
        if self.name() == "Loading" {
            assert_eq!(self.host_events, [], "nobody knows yet");
            self.answer_session(fixtures::session());
        }
        self
    }

    pub fn answer_address(&mut self, address: AddressResponse) -> &mut Self {
        self.answer(Ok(Response::Address(address)))
    }

    pub fn answer_connections(&mut self, connections: Vec<Connection>) -> &mut Self {
        self.answer(Ok(Response::Connections(connections)))
    }

    pub fn news(&mut self, connection: Connection) -> &mut Self {
        self.answer(Ok(Response::Update(Some(Box::new(connection)))))
    }

    pub fn nothing_yet(&mut self) -> &mut Self {
        self.answer(Ok(Response::Update(None)))
    }

    /// The server signs what the success page receives.
    pub fn sign(&mut self) -> &mut Self {
        assert_eq!(self.request(), &Request::ConnectionToken);
        self.answer(Ok(Response::ConnectionToken(Some(fixtures::connection_token()))))
    }

    pub fn refuse(&mut self, status: u16, message: &str) -> &mut Self {
        self.answer(Err(RequestError::Refused { status, message: message.to_owned() }))
    }

    /// The server refuses the one request that is out for its token. Not recorded: the state space leaves it out
    /// (`possible_events.rs`).
    pub fn refuse_token(&mut self) -> &mut Self {
        let ticket = self.request_ticket();
        self.dispatch_unrecorded(Event::Response { ticket, result: Err(fixtures::token_refused()) });
        self
    }

    /// The host gives a token, or none.
    pub fn host_gives(&mut self, token: Option<&str>) -> &mut Self {
        let ticket = *self.asked.first().expect("the host was not asked");
        self.dispatch(Event::SessionToken { ticket, token: token.map(AccessToken::new) })
    }

    /// The token that the one request that is out was sent with.
    pub fn token(&self) -> Option<&str> {
        self.tokens[&self.request_ticket()].as_ref().map(AccessToken::expose)
    }

    // ── The clock ──

    fn sign_in(&self) -> &SignIn {
        match self.state.stage() {
            Some(Stage::AwaitingSignIn(sign_in)) => sign_in,
            _ => panic!("nobody waits at {}", self.name()),
        }
    }

    pub fn timeout_elapses(&mut self) -> &mut Self {
        match self.sign_in().timeout {
            SignInTimeout::Running(timer) => self.dispatch(Event::TimerFired(timer)),
            SignInTimeout::Elapsed => panic!("the waiting time is over already"),
        }
    }

    pub fn attempt_expires(&mut self) -> &mut Self {
        let timer = self.sign_in().expiry.expect("the attempt has expired already");
        self.dispatch(Event::TimerFired(timer)).nothing_yet()
    }

    /// The rest before the next question is over.
    pub fn rest_ends(&mut self) -> &mut Self {
        let timer = self.rest();
        self.dispatch(Event::TimerFired(timer))
    }

    /// Nobody answers the one request that is out, however often it is sent.
    pub fn never_answered(&mut self, error: &RequestError) -> &mut Self {
        self.answer(Err(error.clone()));
        while self.state.bearer.unanswered.is_some_and(|one| one.rest.is_some()) {
            self.rest_ends().answer(Err(error.clone()));
        }
        self
    }

    /// For how long the machine rests before it asks again, in milliseconds.
    pub fn rests_for(&self) -> u32 {
        self.timers[&self.rest()]
    }

    fn rest(&self) -> Ticket {
        if let Some(rest) = self.state.bearer.unanswered.and_then(|one| one.rest) {
            return rest;
        }
        match self.sign_in().poll {
            LongPoll::Resting(timer) => timer,
            other => panic!("it does not rest but {other:?}"),
        }
    }

    /// Half a minute later the page is still there.
    pub fn page_is_still_there(&mut self) -> &mut Self {
        match self.state.stage() {
            Some(Stage::Connected(Connected {
                handing_over: HandingOver::UnderWay { timer, .. }, ..
            })) => {
                let timer = *timer;
                assert_eq!(self.timers[&timer], 30_000, "the page has half a minute to go");
                self.dispatch(Event::TimerFired(timer))
            }
            _ => panic!("nothing is handed over at {}", self.name()),
        }
    }

    /// Three seconds later nothing is signed.
    pub fn signing_takes_too_long(&mut self) -> &mut Self {
        match self.state.stage() {
            Some(Stage::Connected(Connected {
                handing_over: HandingOver::Signing { timer, .. }, ..
            })) => {
                let timer = *timer;
                assert_eq!(self.timers[&timer], 3_000, "the success page waits for three seconds");
                self.dispatch(Event::TimerFired(timer))
            }
            _ => panic!("nothing is signed at {}", self.name()),
        }
    }

    // ── The window ──

    /// The window that is open.
    pub fn window(&self) -> Ticket {
        *self.windows.first().expect("no window is open")
    }

    pub fn window_closes(&mut self) -> &mut Self {
        let window = self.window();
        self.dispatch(Event::WindowClosed(window))
    }

    pub fn window_is_blocked(&mut self) -> &mut Self {
        let window = self.window();
        self.dispatch(Event::WindowBlocked(window))
    }

    /// What the sign-in knows of its window.
    pub fn window_as_known(&self) -> Window {
        match self.state.stage() {
            Some(Stage::AwaitingSignIn(sign_in)) => sign_in.window,
            Some(Stage::AwaitingAddress(stage)) => stage.window,
            _ => panic!("there is no window at {}", self.name()),
        }
    }

    // ── What is to be seen ──

    pub fn content(&self) -> Content {
        self.screen().content
    }

    /// The list of services and connections, which must be what is seen.
    pub fn picker(&self) -> Picker {
        match self.content() {
            Content::Picker(picker) => *picker,
            other => panic!("{other:?}"),
        }
    }

    pub fn screen_name(&self) -> &'static str {
        self.content().name()
    }

    /// For how long the server may hold the poll that is out, in milliseconds.
    pub fn poll_wait(&self) -> u32 {
        match self.request() {
            Request::Updates { wait_ms, .. } => *wait_ms,
            other => panic!("not a poll: {other:?}"),
        }
    }

    /// The form handed over in the last step.
    pub fn handed_over(&self) -> Option<&HandOverForm> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::HandOver(form) => Some(form),
            _ => None,
        })
    }
}

/// What the host hears of the attempt when it goes wrong.
pub fn error_of_attempt(event: EventName, code: ErrorCode, text: ErrorText, raw: Option<&str>) -> HostEvent {
    HostEvent::Error {
        event,
        parties: fixtures::parties(),
        connection_id: Some(fixtures::connection_id()),
        service: Some(ServiceName::new(fixtures::QUICKBOOKS)),
        error: HostError { code, text, raw: raw.map(str::to_owned) },
    }
}

/// What the host hears when the connection to a service was made.
pub fn authorized(service: &str) -> HostEvent {
    HostEvent::Authorized {
        parties: fixtures::parties(),
        connection_id: fixtures::connection_id(),
        service: ServiceName::new(service),
        account: None,
    }
}

/// What the host hears when the waiting time is over.
pub fn timeout_of_attempt() -> HostEvent {
    let words = ErrorText::Server("Connection timeout - Updates not found".to_owned());
    error_of_attempt(EventName::Timeout, ErrorCode::Timeout, words, None)
}
