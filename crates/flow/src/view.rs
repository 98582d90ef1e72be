//! From the state to what is to be drawn.

mod root;

use crate::plan::Plan;
use crate::screen::{
    Asked, ConnectorScreen, Content, Done, FieldsScreen, FormChoice, Screen, ServiceLabel, Voice, WindowWords,
};
use crate::state::{AccountStep, Ending, HandingOver, Listening, Patience, SandboxForm, SignIn, Window};
use crate::update::{file_name, is_connected, may_add_another};
use crate::{BankStep, Chosen, Config, Entry, EntryStep, Field, Guide, Place, Question, Session, State, Way};
use railz_connect_contract::UseCase;

/// What is to be drawn.
pub fn view(config: &Config, state: &State) -> Screen {
    let place = &state.place;
    let plan = Plan::of(place.session());
    let content = content(config, place);
    let leaving =
        matches!(place, Place::Left | Place::Connected { handing_over: HandingOver::UnderWay { .. }, .. });
    Screen {
        sandbox: config.components.sandbox
            && place.session().is_some_and(|session| session.sandbox && !session.sites),
        closable: config.has_close_button() && !leaving,
        progress: root::progress(config, place),
        voice: voice(place.session()),
        dress: plan.dress(),
        logo: plan.logo(config),
        terms: plan.link(&config.components.terms).filter(|_| !matches!(content, Content::Summary { .. })),
        help: plan.link(&config.components.help),
        header: config.components.header,
        back: config.components.back,
        content,
    }
}

/// Before there is a session, the host's own words count.
fn voice(session: Option<&Session>) -> Voice {
    Voice {
        customer_name: session.map(|session| session.customer_name.clone()).unwrap_or_default(),
        business_name: session.map(|one| one.business_name.as_str().to_owned()).unwrap_or_default(),
        labels: Plan::of(session).labels(),
    }
}

fn content(config: &Config, place: &Place) -> Content {
    match place {
        Place::Loading { .. } | Place::Left => Content::Loading,
        Place::Unavailable { cause, .. } => Content::Unavailable(*cause),
        Place::LoadFailed { .. } => Content::LoadFailed,
        Place::Choosing { session, .. } => root::content(config, session),
        Place::Idle { .. } => Content::Idle,
        Place::Before { session, chosen, problem } => Content::Before {
            service: chosen.label(),
            customer_name: session.customer_name.clone(),
            renewing: session.connected(chosen).is_some(),
            question: Question::of(&chosen.name).map(|question| Asked {
                question,
                answer: chosen.answer.clone().unwrap_or_default(),
                problem: problem.clone(),
            }),
        },
        Place::FillingSandboxForm { session, form, .. } => sandbox_form(session, form),
        Place::ChoosingAccount { chosen, step: AccountStep::Choosing(accounts), .. } => {
            Content::Accounts { service: chosen.label(), accounts: accounts.clone() }
        }
        Place::ChoosingAccount {
            session, chosen, step: AccountStep::Extra { problems, guide, .. }, ..
        } => Content::WebServices(Box::new(FieldsScreen {
            fields: chosen.further_fields(),
            ..fields_screen(session, chosen, guide, problems)
        })),
        Place::ConnectingSandbox { chosen, .. } | Place::ChoosingAccount { chosen, .. } => {
            Content::Working(chosen.label())
        }
        Place::AwaitingAddress { chosen, .. } => Content::Opening(chosen.label()),
        Place::Entering { session, chosen, entry } => entry_screen(session, chosen, entry),
        Place::LinkingBank { chosen, step, .. } => match step {
            BankStep::Asking(_) | BankStep::Opening(_) => Content::Opening(chosen.label()),
            BankStep::Open(_) => Content::BankLink(chosen.label()),
            BankStep::Sending(_) | BankStep::Confirming { .. } => Content::Working(chosen.label()),
        },
        Place::AwaitingSignIn { sign_in, .. } => awaiting(sign_in),
        Place::Connected { session, chosen, handing_over, .. } => Content::Connected {
            another: may_add_another(session),
            service: chosen.label(),
            done: match handing_over {
                HandingOver::NotAsked => Done::Stay,
                HandingOver::UnderWay { .. } => Done::HandingOver,
                HandingOver::Stuck { .. } => Done::Stuck,
            },
        },
        Place::Ended { chosen, ending, .. } => match ending {
            Ending::Duplicate => Content::Duplicate(chosen.label()),
            Ending::NotLoaded => Content::NotLoaded(chosen.label()),
            Ending::Refused(refusal) => Content::Refused { service: chosen.label(), refusal: *refusal },
            Ending::Failed(message) => Content::Failed { service: chosen.label(), message: message.clone() },
        },
    }
}

fn entry_screen(session: &Session, chosen: &Chosen, entry: &Entry) -> Content {
    let (problems, trouble, busy): (&[Field], _, _) = match &entry.step {
        EntryStep::Beginning(_) => return Content::Opening(chosen.label()),
        EntryStep::Connector(connector) => {
            return Content::Connector(Box::new(ConnectorScreen {
                service: chosen.label(),
                guide: entry.guide.clone(),
                url: connector.url.clone(),
                file_name: file_name(session),
                password: connector.password.clone(),
                revealed: connector.revealed,
                note: connector.note,
                connected: is_connected(connector),
            }));
        }
        EntryStep::Filling { problems, trouble } => (problems, trouble.clone(), false),
        EntryStep::Checking(_) | EntryStep::Confirming(_) => (&[], None, true),
    };
    let fields = match chosen.way() {
        Way::Credentials(form) => form.fields().to_vec(),
        _ => Vec::new(),
    };
    let screen = fields_screen(session, chosen, &entry.guide, problems);
    Content::Credentials(Box::new(FieldsScreen { fields, trouble, busy, ..screen }))
}

fn fields_screen(session: &Session, chosen: &Chosen, guide: &Guide, problems: &[Field]) -> FieldsScreen {
    FieldsScreen {
        service: chosen.label(),
        customer_name: session.customer_name.clone(),
        guide: guide.clone(),
        fields: Vec::new(),
        problems: problems.to_vec(),
        trouble: None,
        busy: false,
    }
}

fn awaiting(sign_in: &SignIn) -> Content {
    let service = sign_in.chosen.label();
    match (&sign_in.patience, &sign_in.window) {
        // The link must stay within reach: without it there would be no way to finish.
        (_, Window::Blocked) if sign_in.listening != Listening::Over => {
            Content::Blocked { service, url: sign_in.url.clone() }
        }
        (Patience::Over, _) => {
            Content::Expired { service, still_listening: sign_in.listening != Listening::Over }
        }
        (Patience::Waiting(_), Window::Closed) => Content::Waiting { service, window: WindowWords::Closed },
        (Patience::Waiting(_), Window::Unwatched) => {
            Content::Waiting { service, window: WindowWords::Unwatched }
        }
        (Patience::Waiting(_), Window::Open(_) | Window::Blocked) => {
            Content::Waiting { service, window: WindowWords::Open }
        }
    }
}

fn sandbox_form(session: &Session, form: &SandboxForm) -> Content {
    Content::SandboxForm {
        use_cases: UseCase::ALL
            .into_iter()
            .map(|value| FormChoice { value, chosen: form.use_case == Some(value) })
            .collect(),
        providers: session
            .mock_providers()
            .map(|one| FormChoice {
                value: root::tile(session, one),
                chosen: form.provider.as_ref() == Some(&one.uuid),
            })
            .collect(),
        incomplete: form.sent_incomplete,
    }
}

impl Chosen {
    pub(crate) fn label(&self) -> ServiceLabel {
        ServiceLabel {
            name: self.name.clone(),
            display_name: self.display_name.clone(),
            logo_url: self.logo_url.clone(),
        }
    }
}
