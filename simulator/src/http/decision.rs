//! What the person chose on the consent page, and how the answer travels back to the client.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

use super::{
    app::App,
    extra_fields,
    extract::{ForService, Query},
    person,
    response::{see_other, with_opener_policy},
};
use crate::{
    clock::Moment,
    oauth::{ErrorCode, OAuthError, Params, request::AuthorizationRequest},
    pages,
    random::random_token,
    services::{Service, company::COMPANIES, profiles},
    store::{
        Store,
        approval::{Approval, Exchange},
        log::Event,
        requests::{LATE_ANSWER, OpenerPolicy, Pending, PendingState},
    },
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
    let (id, now) = (word("request"), app.clock().now());
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
    let person = person::read(&headers);
    let selection = |company: &str| Selection { person, company: company.to_owned() };
    match choice {
        Choice::Never => {
            log_choice(&mut store, &service, now, "never", company);
            with_opener_policy(pages::never(&service, id), opener)
        }
        Choice::Late => {
            pending.approve_late((*company).to_owned(), now);
            log_choice(&mut store, &service, now, "late", company);
            show_waiting_page(&service, id, LATE_ANSWER.as_secs(), opener)
        }
        Choice::Approve => approve(&app, &mut store, &service, id, selection(company), Exchange::Works),
        Choice::Brief => approve(&app, &mut store, &service, id, selection(company), Exchange::Brief),
        Choice::ExchangeError => {
            approve(&app, &mut store, &service, id, selection(company), Exchange::Refused)
        }
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
    let now = app.clock().now();
    let mut store = app.store();
    let Some(pending) = store.requests.find(&service.id, id, now) else { return pages::gone(&service) };
    match pending.state.clone() {
        PendingState::Undecided => see_other(&format!("/{}/consent?request={id}", service.id)),
        PendingState::ApprovedLate { due, .. } if now < due => {
            let seconds = now.until(due).as_millis().div_ceil(1000);
            show_waiting_page(&service, id, u64::try_from(seconds).unwrap_or(1), pending.opener)
        }
        PendingState::ApprovedLate { company, .. } => {
            let selection = Selection { person: person::read(&headers), company };
            approve(&app, &mut store, &service, id, selection, Exchange::Works)
        }
    }
}

/// Who said yes, for which company.
struct Selection {
    person: String,
    company: String,
}

fn approve(
    app: &App,
    store: &mut Store,
    service: &Service,
    id: &str,
    selection: Selection,
    exchange: Exchange,
) -> Response {
    let Some(Pending { request, opener, .. }) = store.requests.close(id) else { return pages::gone(service) };
    let AuthorizationRequest { client_id, sent_redirect, target, scope, challenge, shop } = request;
    let Selection { person, company } = selection;
    let event = match random_token() {
        Ok(event) => event,
        Err(error) => return see_other(target.with_error(&error.into()).as_str()),
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
    log_choice(store, service, app.clock().now(), outcome, &approval.company.clone());
    let secret = app.clients().iter().find(|client| client.id == approval.client_id);
    let with_extra_fields = |to| {
        let secret = secret.map(|client| &client.secret);
        extra_fields::add_to_callback(
            to,
            &profiles::find(&service.id),
            &approval,
            &app.issuer(service),
            secret,
        )
    };
    let to = match store.grants.issue_code(approval.clone(), app.clock()) {
        Ok(code) => with_extra_fields(target.with_code(&code)),
        Err(error) => target.with_error(&error),
    };
    with_opener_policy(see_other(to.as_str()), opener)
}

fn refuse(store: &mut Store, service: &Service, id: &str, now: Moment, error: &OAuthError) -> Response {
    let Some(pending) = store.requests.close(id) else { return pages::gone(service) };
    store.log.write(&service.id, now, Event::Authorise, error.code.as_str(), []);
    with_opener_policy(see_other(pending.request.target.with_error(error).as_str()), pending.opener)
}

fn log_choice(store: &mut Store, service: &Service, now: Moment, outcome: &str, company: &str) {
    store.log.write(&service.id, now, Event::Authorise, outcome, [("company", company.to_owned())]);
}

fn show_waiting_page(service: &Service, id: &str, seconds: u64, opener: OpenerPolicy) -> Response {
    let mut response = with_opener_policy(pages::late(service), opener);
    let refresh = format!("{seconds}; url=/{}/late?request={id}", service.id);
    // A request id that is no header value was not made here, and leads nowhere anyway.
    if let Ok(value) = axum::http::HeaderValue::try_from(refresh) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    response
}
