//! From the state to what is to be drawn: the screen of each stage, and what stands around it.
//!
//! What takes more than a line is in `view/STAGE.rs`. The screens themselves, as data, are in `screen.rs`.

mod awaiting_sign_in;
mod choosing;
mod entering;
mod filling_sandbox_form;

use crate::config::Config;
use crate::event::Network;
use crate::plan::Plan;
use crate::question::Question;
use crate::screen::{Company, Content, Done, QuestionField, Screen, ServiceLabel, Voice};
use crate::service::ConnectionTarget;
use crate::session::Session;
use crate::state::{
    AccountStep, BankStep, BeforeSignIn, Ended, Ending, HandingOver, Lifecycle, LinkingBank, Refusal, Stage,
};
use crate::steps;

/// What is to be drawn.
pub fn view(config: &Config, lifecycle: &Lifecycle, network: Network) -> Screen {
    let session = lifecycle.session();
    let plan = Plan::of(session);
    let content = content(config, lifecycle);
    Screen {
        sandbox: config.components.sandbox
            && session.is_some_and(|session| session.sandbox && !session.sites),
        closable: config.has_close_button() && !lifecycle.is_leaving(),
        progress: match lifecycle {
            Lifecycle::Open { session, stage: Stage::Choosing(_) } => choosing::progress(config, session),
            _ => Vec::new(),
        },
        voice: voice(session),
        theme_scope: plan.theme_scope(),
        logo: plan.logo(config),
        terms: plan.link(&config.components.terms).filter(|_| !matches!(content, Content::Summary { .. })),
        help: plan.link(&config.components.help),
        email: session
            .map(|session| &session.email)
            .filter(|email| !email.is_empty() && content.is_trouble())
            .cloned(),
        header: config.components.header,
        back: config.components.back,
        offline: network == Network::Offline && !matches!(lifecycle, Lifecycle::Closed),
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

fn content(config: &Config, lifecycle: &Lifecycle) -> Content {
    match lifecycle {
        Lifecycle::Loading { .. } | Lifecycle::Closed => Content::Loading,
        Lifecycle::Unavailable { cause, .. } => Content::Unavailable(*cause),
        Lifecycle::LoadFailed { .. } => Content::LoadFailed,
        Lifecycle::Closing(closing) => match closing.session.journey.unheard.last() {
            Some(attempt) => Content::Working(ServiceLabel::of(&attempt.service)),
            None => Content::Loading,
        },
        Lifecycle::Open { session, stage } => content_of_stage(config, session, stage),
    }
}

fn content_of_stage(config: &Config, session: &Session, stage: &Stage) -> Content {
    match stage {
        Stage::Choosing(_) => choosing::content(config, session),
        Stage::Idle => Content::Idle,
        Stage::BeforeSignIn(stage) => before_sign_in(session, stage),
        Stage::AwaitingAddress(stage) => Content::Opening(ServiceLabel::of(&stage.service)),
        Stage::AwaitingSignIn(sign_in) => awaiting_sign_in::content(session, sign_in),
        Stage::ChoosingAccount(stage) => match &stage.step {
            AccountStep::Choosing(accounts) => {
                Content::Accounts { service: ServiceLabel::of(&stage.service), accounts: accounts.clone() }
            }
            AccountStep::Extra { problems, guide, .. } => {
                Content::WebServices(Box::new(entering::fields_screen(
                    session,
                    &stage.service,
                    *guide,
                    stage.service.extra_fields(),
                    problems,
                )))
            }
            AccountStep::Listing(_) | AccountStep::Sending(_) | AccountStep::Confirming(_) => {
                Content::Working(ServiceLabel::of(&stage.service))
            }
        },
        Stage::FillingSandboxForm(stage) => filling_sandbox_form::content(session, &stage.form),
        Stage::ConnectingSandbox(stage) => Content::Working(ServiceLabel::of(&stage.service)),
        Stage::Entering(stage) => entering::content(session, stage),
        Stage::LinkingBank(stage) => linking_bank(stage),
        Stage::Connected(stage) => Content::Connected {
            another: steps::may_add_another(session),
            service: ServiceLabel::of(&stage.service),
            account_name: stage.connection.account_name.clone(),
            company: Company::of(&stage.connection),
            done: match stage.handing_over {
                HandingOver::NotNeeded => Done::Stay,
                HandingOver::Asking { .. } | HandingOver::Signing { .. } | HandingOver::UnderWay { .. } => {
                    Done::HandingOver
                }
                HandingOver::Stuck => Done::Stuck,
            },
        },
        Stage::Ended(stage) => ended(session, stage),
    }
}

fn before_sign_in(session: &Session, stage: &BeforeSignIn) -> Content {
    Content::Before {
        service: ServiceLabel::of(&stage.service),
        kind: steps::kind_of(session, &stage.service),
        customer_name: session.customer_name.clone(),
        renewing: stage.service.target != ConnectionTarget::New
            && session.connected(&stage.service).is_some(),
        question: Question::of(&stage.service.name).map(|question| QuestionField {
            question,
            answer: stage.service.answer.clone().unwrap_or_default(),
            problem: stage.problem.clone(),
        }),
    }
}

fn linking_bank(stage: &LinkingBank) -> Content {
    let service = ServiceLabel::of(&stage.service);
    match stage.step {
        BankStep::Asking(_) | BankStep::Opening(_) => Content::Opening(service),
        BankStep::Open(_) => Content::BankLink(service),
        BankStep::Sending(_) | BankStep::Confirming { .. } => Content::Working(service),
    }
}

/// Nobody is told that nothing was connected, or has changed, while an earlier attempt at the service is unheard.
fn ended(session: &Session, stage: &Ended) -> Content {
    let service = ServiceLabel::of(&stage.service);
    let unheard = session.journey.has_unheard(&stage.service);
    match &stage.ending {
        Ending::NotLoaded | Ending::Refused(Refusal::AccessDenied | Refusal::DifferentAccount) if unheard => {
            Content::Failed { service, message: None, unheard }
        }
        Ending::Duplicate => Content::Duplicate(service),
        Ending::NotLoaded => Content::NotLoaded(service),
        Ending::Refused(refusal) => Content::Refused { service, refusal: *refusal },
        Ending::Failed(message) => Content::Failed { service, message: message.clone(), unheard },
    }
}
