//! What the person chose on the consent page, and how the answer travels back to the client.

use axum::{body::Bytes, extract::State, http::header, response::Response};

use super::{App, ForService, Query, headers::about_opener, see_other};
use crate::{
    oauth::{ErrorCode, OAuthError, Params, request::AuthorizationRequest},
    pages,
    pages::consent::COMPANIES,
    services::Service,
    store::{
        Store,
        grants::{Approval, Exchange},
        log::Event,
        requests::{Opener, Pending, Stage},
    },
    world::Moment,
};

/// The buttons of the consent page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Approve,
    Deny,
    ServerError,
    ExchangeError,
    Never,
    Late,
}

impl Choice {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "approve" => Self::Approve,
            "deny" => Self::Deny,
            "server-error" => Self::ServerError,
            "exchange-error" => Self::ExchangeError,
            "never" => Self::Never,
            "late" => Self::Late,
            _ => return None,
        })
    }
}

pub(super) async fn decide(State(app): State<App>, service: ForService, body: Bytes) -> Response {
    let service = service.0;
    let params = Params::read(&body);
    let word = |name| params.get(name).ok().flatten().unwrap_or_default();
    let (id, now) = (word("request"), app.world().now());
    let Some(choice) = Choice::read(word("choice")) else {
        return pages::refused(
            &service,
            "The form came without a choice. Go back and press one of the buttons.",
        );
    };
    let company = COMPANIES.iter().find(|known| **known == word("company")).unwrap_or(&COMPANIES[0]);
    let mut store = app.store();
    let Some(pending) = store.requests.find(&service.id, id, now) else { return pages::gone(&service) };
    let opener = pending.opener;
    match choice {
        Choice::Never => {
            note(&mut store, &service, now, "never", company);
            about_opener(pages::never(&service, id), opener)
        }
        Choice::Late => {
            pending.hold_back((*company).to_owned(), now);
            note(&mut store, &service, now, "late", company);
            wait(&service, id, crate::store::LATE.as_secs(), opener)
        }
        Choice::Approve => approve(&app, &mut store, &service, id, company, Exchange::Works),
        Choice::ExchangeError => approve(&app, &mut store, &service, id, company, Exchange::Refused),
        Choice::Deny => refuse(
            &mut store,
            &service,
            id,
            now,
            &OAuthError::new(ErrorCode::AccessDenied, "The person said no."),
        ),
        Choice::ServerError => refuse(
            &mut store,
            &service,
            id,
            now,
            &OAuthError::new(ErrorCode::ServerError, "The person asked this practice provider to fail."),
        ),
    }
}

/// Where the waiting page of "answer late" leads by itself. Whoever comes early waits on.
pub(super) async fn late(State(app): State<App>, service: ForService, query: Query) -> Response {
    let service = service.0;
    let params = Params::read(query.0.as_bytes());
    let id = params.get("request").ok().flatten().unwrap_or_default();
    let now = app.world().now();
    let mut store = app.store();
    let Some(pending) = store.requests.find(&service.id, id, now) else { return pages::gone(&service) };
    match pending.stage.clone() {
        Stage::Asking => see_other(&format!("/{}/consent?request={id}", service.id)),
        Stage::Late { due, .. } if now < due => {
            let seconds = now.until(due).as_millis().div_ceil(1000);
            wait(&service, id, u64::try_from(seconds).unwrap_or(1), pending.opener)
        }
        Stage::Late { company, .. } => approve(&app, &mut store, &service, id, &company, Exchange::Works),
    }
}

fn approve(
    app: &App,
    store: &mut Store,
    service: &Service,
    id: &str,
    company: &str,
    exchange: Exchange,
) -> Response {
    let Some(Pending { request, opener, .. }) = store.requests.close(id) else { return pages::gone(service) };
    let AuthorizationRequest { client_id, sent_redirect, back, scope, challenge } = request;
    let service_id = service.id.clone();
    let company = company.to_owned();
    let approval =
        Approval { service: service_id, client_id, sent_redirect, scope, challenge, company, exchange };
    let outcome = match exchange {
        Exchange::Works => "approved",
        Exchange::Refused => "approved, exchange will fail",
    };
    note(store, service, app.world().now(), outcome, &approval.company.clone());
    let to = match store.grants.issue_code(approval, app.world()) {
        Ok(code) => back.with_code(&code),
        Err(error) => back.with_error(&error),
    };
    about_opener(see_other(to.as_str()), opener)
}

fn refuse(store: &mut Store, service: &Service, id: &str, now: Moment, error: &OAuthError) -> Response {
    let Some(pending) = store.requests.close(id) else { return pages::gone(service) };
    store.log.write(&service.id, now, Event::Authorise, error.code.as_str(), []);
    about_opener(see_other(pending.request.back.with_error(error).as_str()), pending.opener)
}

fn note(store: &mut Store, service: &Service, now: Moment, outcome: &str, company: &str) {
    store.log.write(&service.id, now, Event::Authorise, outcome, [("company", company.to_owned())]);
}

fn wait(service: &Service, id: &str, seconds: u64, opener: Opener) -> Response {
    let mut response = about_opener(pages::late(service), opener);
    let refresh = format!("{seconds}; url=/{}/late?request={id}", service.id);
    // A request id that is no header value was not made here, and leads nowhere anyway.
    if let Ok(value) = axum::http::HeaderValue::try_from(refresh) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    response
}
