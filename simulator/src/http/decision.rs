//! What the person chose on the consent page, and how the answer travels back to the client.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

use super::{App, ForService, Query, extras, headers::about_opener, person, see_other};
use crate::{
    oauth::{ErrorCode, OAuthError, Params, request::AuthorizationRequest},
    pages,
    services::{Service, company::COMPANIES, habits},
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
    Brief,
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
            "brief" => Self::Brief,
            _ => return None,
        })
    }
}

pub(super) async fn decide(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
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
    let person = person::of(&headers);
    let picked = |company: &str| Picked { person, company: company.to_owned() };
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
        Choice::Approve => approve(&app, &mut store, &service, id, picked(company), Exchange::Works),
        Choice::Brief => approve(&app, &mut store, &service, id, picked(company), Exchange::Brief),
        Choice::ExchangeError => approve(&app, &mut store, &service, id, picked(company), Exchange::Refused),
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
pub(super) async fn late(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    query: Query,
) -> Response {
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
        Stage::Late { company, .. } => {
            let picked = Picked { person: person::of(&headers), company };
            approve(&app, &mut store, &service, id, picked, Exchange::Works)
        }
    }
}

/// Who said yes, for which company.
struct Picked {
    person: String,
    company: String,
}

fn approve(
    app: &App,
    store: &mut Store,
    service: &Service,
    id: &str,
    picked: Picked,
    exchange: Exchange,
) -> Response {
    let Some(Pending { request, opener, .. }) = store.requests.close(id) else { return pages::gone(service) };
    let AuthorizationRequest { client_id, sent_redirect, back, scope, challenge, shop } = request;
    let Picked { person, company } = picked;
    let event = match app.world().token() {
        Ok(event) => event,
        Err(error) => return see_other(back.with_error(&error.into()).as_str()),
    };
    let service_id = service.id.clone();
    let approval = Approval {
        service: service_id,
        client_id,
        sent_redirect,
        scope,
        challenge,
        person,
        company,
        shop,
        event,
        exchange,
    };
    let outcome = match exchange {
        Exchange::Works => "approved",
        Exchange::Brief => "approved for a moment",
        Exchange::Refused => "approved, exchange will fail",
    };
    note(store, service, app.world().now(), outcome, &approval.company.clone());
    let secret = app.clients().iter().find(|client| client.id == approval.client_id);
    let further = |to| {
        let secret = secret.map(|client| &client.secret);
        extras::callback(to, &habits::of(&service.id), &approval, &app.issuer(service), secret)
    };
    let to = match store.grants.issue_code(approval.clone(), app.world()) {
        Ok(code) => further(back.with_code(&code)),
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
