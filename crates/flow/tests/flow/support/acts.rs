//! What a story can do with a traveller, in its own words.

use railz_connect_contract::{AddressResponse, Connection, ServiceName, UseCase};
use railz_connect_flow::{
    Answer, Config, Content, Effect, ErrorCode, ErrorText, Event, EventName, HandOverForm, HandingOver,
    HostError, HostEvent, Listening, Patience, Picker, Place, Request, RequestError, SessionResponse, Ticket,
    UserEvent, Window,
};

use super::{Traveller, world};

impl Traveller {
    /// With the picker before them, and the load told.
    pub fn in_the_picker_of(config: Config, session: SessionResponse) -> Self {
        let mut traveller = Self::start(config);
        traveller.answer_session(session).told.clear();
        traveller
    }

    pub fn in_the_picker(config: Config) -> Self {
        Self::in_the_picker_of(config, world::session())
    }

    /// With the window on its way to the service and the server listened to.
    pub fn signing_in(config: Config) -> Self {
        let mut traveller = Self::in_the_picker(config);
        traveller.pick(world::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(world::address());
        traveller
    }

    /// Told that the waiting time is over.
    pub fn late(config: Config) -> Self {
        let mut traveller = Self::signing_in(config);
        traveller.patience_ends().told.clear();
        traveller
    }

    /// Connected, and the host was told.
    pub fn connected(config: Config) -> Self {
        let mut traveller = Self::signing_in(config);
        traveller.news(world::active(world::QUICKBOOKS)).told.clear();
        traveller
    }

    // ── The person ──

    pub fn press(&mut self, user: UserEvent) -> &mut Self {
        self.meet(Event::User(user))
    }

    pub fn pick(&mut self, service: &str) -> &mut Self {
        self.press(UserEvent::Pick(world::integration_of(service)))
    }

    pub fn submit_form(&mut self, use_case: Option<UseCase>, provider: Option<&str>) -> &mut Self {
        self.press(UserEvent::Submit(world::sandbox_form(use_case, provider)))
    }

    // ── The server ──

    /// Answers the one request that is out.
    pub fn answer(&mut self, result: Result<Answer, RequestError>) -> &mut Self {
        let ticket = self.request_ticket();
        self.meet(Event::Answered { ticket, result })
    }

    pub fn request_ticket(&self) -> Ticket {
        assert_eq!(self.requests.len(), 1, "requests out: {:?}", self.requests);
        *self.requests.keys().next().expect("one was just counted")
    }

    pub fn answer_session(&mut self, session: SessionResponse) -> &mut Self {
        self.answer(Ok(Answer::Session(Box::new(session))))
    }

    pub fn answer_address(&mut self, address: AddressResponse) -> &mut Self {
        self.answer(Ok(Answer::Address(address)))
    }

    pub fn answer_connections(&mut self, connections: Vec<Connection>) -> &mut Self {
        self.answer(Ok(Answer::Connections(connections)))
    }

    pub fn news(&mut self, connection: Connection) -> &mut Self {
        self.answer(Ok(Answer::News(Some(Box::new(connection)))))
    }

    pub fn nothing_yet(&mut self) -> &mut Self {
        self.answer(Ok(Answer::News(None)))
    }

    pub fn refuse(&mut self, status: u16, message: &str) -> &mut Self {
        self.answer(Err(RequestError::Refused { status, message: message.to_owned() }))
    }

    // ── The clock ──

    pub fn patience_ends(&mut self) -> &mut Self {
        match &self.state.place {
            Place::AwaitingSignIn { sign_in, .. } => match sign_in.patience {
                Patience::Waiting(timer) => self.meet(Event::TimerFired(timer)),
                Patience::Over => panic!("the waiting time is over already"),
            },
            place => panic!("nobody waits at {}", place.name()),
        }
    }

    pub fn life_ends(&mut self) -> &mut Self {
        match &self.state.place {
            Place::AwaitingSignIn { sign_in, .. } => {
                let timer = sign_in.life;
                self.meet(Event::TimerFired(timer))
            }
            place => panic!("no attempt lives at {}", place.name()),
        }
    }

    /// The rest before the next question is over.
    pub fn rest_ends(&mut self) -> &mut Self {
        let timer = self.rest();
        self.meet(Event::TimerFired(timer))
    }

    /// For how long the machine rests before it asks again, in milliseconds.
    pub fn rests_for(&self) -> u32 {
        self.timers[&self.rest()]
    }

    fn rest(&self) -> Ticket {
        match &self.state.place {
            Place::AwaitingSignIn { sign_in, .. } => match sign_in.listening {
                Listening::Resting { timer, .. } => timer,
                other => panic!("it does not rest but {other:?}"),
            },
            place => panic!("nobody waits at {}", place.name()),
        }
    }

    /// Five seconds later the page is still there.
    pub fn page_is_still_there(&mut self) -> &mut Self {
        match &self.state.place {
            Place::Connected { handing_over: HandingOver::UnderWay { timer, .. }, .. } => {
                let timer = *timer;
                assert_eq!(self.timers[&timer], 5_000, "the page has five seconds to go");
                self.meet(Event::TimerFired(timer))
            }
            place => panic!("nothing is handed over at {}", place.name()),
        }
    }

    // ── The window ──

    /// The window that is open.
    pub fn window(&self) -> Ticket {
        *self.windows.first().expect("no window is open")
    }

    pub fn window_closes(&mut self) -> &mut Self {
        let window = self.window();
        self.meet(Event::WindowClosed(window))
    }

    pub fn window_is_blocked(&mut self) -> &mut Self {
        let window = self.window();
        self.meet(Event::WindowBlocked(window))
    }

    /// What the sign-in knows of its window.
    pub fn window_as_known(&self) -> Window {
        match &self.state.place {
            Place::AwaitingSignIn { sign_in, .. } => sign_in.window,
            Place::AwaitingAddress { window, .. } => *window,
            place => panic!("there is no window at {}", place.name()),
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
pub fn told_of_attempt(event: EventName, code: ErrorCode, text: ErrorText, raw: Option<&str>) -> HostEvent {
    HostEvent::Error {
        event,
        parties: world::parties(),
        connection_id: Some(world::connection_id()),
        service: Some(ServiceName::new(world::QUICKBOOKS)),
        error: HostError { code, text, raw: raw.map(str::to_owned) },
    }
}

/// What the host hears when the connection to a service was made.
pub fn told_authorized(service: &str) -> HostEvent {
    HostEvent::Authorized {
        parties: world::parties(),
        connection_id: world::connection_id(),
        service: ServiceName::new(service),
        account: None,
    }
}

/// What the host hears when the waiting time is over.
pub fn told_timeout() -> HostEvent {
    let words = ErrorText::Server("Connection timeout - Updates not found".to_owned());
    told_of_attempt(EventName::Timeout, ErrorCode::Timeout, words, None)
}
