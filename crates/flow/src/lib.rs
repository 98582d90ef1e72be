//! The behaviour of the widget as a pure machine: an event goes in, a new state and effects as data come out.
//!
//! Nothing here knows a browser, a clock or a word for people, so every journey can be tested natively in milliseconds.
//! The shell (`src/` of the widget) runs the effects and brings their results back as events.
//! Start with [`State`], then [`update`] and [`view`]; what the host may configure is in [`Config`].

mod bank;
mod config;
mod effect;
mod entry;
mod event;
mod form;
mod funnel;
mod guide;
mod host_event;
mod journey;
mod json;
mod plan;
mod question;
mod screen;
mod search;
mod service;
mod session;
mod state;
mod ticket;
mod update;
mod view;

pub use bank::{BankNeed, BankNews, BankStep, KnownBank};
pub use config::{
    AddressOption, AfterSuccess, Components, Config, ConfigError, DEFAULT_ENDPOINT, Endpoint, EndpointSource,
    FormState, GivenAddress, GivenValue, HostLink, HostOptions, MORE_OPTIONS, Shown, Theme,
    holds_known_options, is_known_option,
};
pub use effect::{Effect, FormField, HandOverForm, Report, Request};
pub use entry::{Connector, CredentialForm, Entry, EntryStep, Field, Note, Setback, Takes, Watch};
pub use event::{Answer, Checked, Event, RequestError, UserEvent};
pub use form::FormValues;
pub use funnel::{Funnel, Glance, outcome};
pub use guide::{Guide, GuideStep, Picture, Shape};
pub use host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent, Parties};
pub use journey::{Journey, JourneyStep, Made, StepState};
pub use json::JsonText;
pub use plan::Dress;
pub use question::{ANSWER, Problem, Question};
pub use screen::{
    Asked, ConnectorScreen, Content, Done, ExistingConnection, FieldsScreen, Finish, FormChoice, Forward,
    Link, Picker, ProgressStep, Refusal, Screen, Searched, ServiceLabel, SummaryKind, Tile, Trouble,
    TroubleKind, UnavailableCause, Voice, WindowWords,
};
pub use service::{Chosen, Way};
pub use session::Session;
pub use state::{
    AccountStep, Ending, HandingOver, Listening, Patience, Place, SandboxForm, SandboxStep, SignIn, State,
    Visit, Window,
};
pub use ticket::Ticket;
pub use update::{Step, start, update};
pub use view::view;

/// What the session call of this widget answers, with the host's own data left as text.
pub type SessionResponse = railz_connect_contract::SessionResponse<JsonText>;
