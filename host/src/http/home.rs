//! The host page: signs somebody in, mints their session, and mounts the widget with it. Without a secret key the widget opens its
//! session itself, as pages for 2.23 do.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Extension;
use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::response::OwnPolicy;
use super::same_origin;
use super::visitor::SignedIn;
use crate::back_end::BackEnd;
use crate::connect_api::ConnectError;
use crate::mint_session::mint;
use crate::origin::Origin;
use crate::page_options::PageOptions;
use crate::secret::{PageId, PageState, VisitorId, random_text};
use crate::sign_in;
use crate::site::Site;
use crate::visitors::OpenPage;
use crate::widget_options::{read_options, remove_minted};
use crate::{pages, policy};

/// Who is signed in where the address names nobody: this is a sample, and its widget is to be seen at once.
const SAMPLE_BUSINESS: &str = "Harbour Bakery";

/// The host page, as its address asks for it. A link of another site does not sign anybody in: who was led here so would connect
/// their books to the business that the link names. They press first.
pub async fn home(
    State(site): State<Arc<Site>>,
    signed_in: Option<SignedIn>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let page = match PageOptions::read(uri.query().unwrap_or_default()) {
        Ok(page) => page,
        Err(error) => return pages::mistaken(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let mut options = read_options(&page, &site.widget_id);
    let Some(back_end) = &site.back_end else {
        return answer(&page, &site, None, &options, None);
    };
    let business = business_of(&page, signed_in.as_ref());
    let is_known = signed_in.as_ref().is_some_and(|known| known.visitor.business == business);
    if !is_known && page.get("businessName").is_some() && same_origin::is_sent_from_elsewhere(&headers) {
        return pages::ask_to_sign_in(&business, uri.query().unwrap_or_default());
    }
    let opened = match open(back_end, &site, &business, signed_in, &mut options).await {
        Ok(opened) => opened,
        Err(error) => return pages::without_session(&error),
    };
    answer(&page, &site, Some(&business), &options, opened)
}

/// Signs in whoever pressed, and shows them the page that the link led to.
pub async fn sign_in(State(site): State<Arc<Site>>, headers: HeaderMap, RawForm(form): RawForm) -> Response {
    if !same_origin::is_of_our_page(&headers, &site.origin) {
        return pages::not_of_this_site();
    }
    let fields: Vec<_> = form_urlencoded::parse(&form).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let (Some(back_end), Some(business)) = (&site.back_end, field("businessName")) else {
        return pages::not_found();
    };
    let id = match random_text() {
        Ok(id) => VisitorId::from(id.as_str()),
        Err(error) => return pages::without_session(&error.into()),
    };
    back_end.visitors.sign_in(id.clone(), business, SystemTime::now());
    let address = form_urlencoded::parse(field("address").unwrap_or_default().as_bytes());
    let address = form_urlencoded::Serializer::new(String::new()).extend_pairs(address).finish();
    let mut response = Redirect::to(&format!("/?{address}")).into_response();
    if let Some(cookie) = sign_in::cookie(&id) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn answer(
    page: &PageOptions,
    site: &Site,
    business: Option<&str>,
    options: &Map<String, Value>,
    cookie: Option<HeaderValue>,
) -> Response {
    let headers = policy::headers(page, site);
    let drawn = pages::home(page, site, business, options);
    let mut response = (Extension(OwnPolicy), headers, drawn).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Whose page it is: the address says who signs in; else whoever is signed in already.
fn business_of(page: &PageOptions, signed_in: Option<&SignedIn>) -> String {
    let named = page.get("businessName").filter(|name| !name.is_empty());
    let known = signed_in.map(|known| known.visitor.business.as_str());
    named.or(known).unwrap_or(SAMPLE_BUSINESS).to_owned()
}

/// Mints the session of a page, and remembers who it is for. Gives the cookie of somebody who signed in just now.
async fn open(
    back_end: &BackEnd,
    site: &Site,
    business: &str,
    signed_in: Option<SignedIn>,
    options: &mut Map<String, Value>,
) -> Result<Option<HeaderValue>, ConnectError> {
    let state = PageState::from(random_text()?.as_str());
    let session = mint(&back_end.api, business, &site.success_page(), &state).await?;
    let page = PageId::from(random_text()?.as_str());
    remove_minted(options);
    let endpoint = options.get("endpoint").and_then(Value::as_str).and_then(Origin::of);
    if !endpoint.is_some_and(|endpoint| site.accepts_endpoint(&endpoint)) {
        options.remove("endpoint");
    }
    let leads_on = options.get("closeRedirectUrl").and_then(Value::as_str);
    if leads_on.is_some_and(|address| !site.has(address)) {
        options.remove("closeRedirectUrl");
    }
    options.insert("widgetId".to_owned(), site.widget_id.as_str().into());
    options.insert("sessionToken".to_owned(), session.session_token.expose().into());
    options.insert("page".to_owned(), page.expose().into());

    let same = signed_in.filter(|known| known.visitor.business == business);
    let (id, cookie) = if let Some(known) = same {
        (known.id, None)
    } else {
        let id = VisitorId::from(random_text()?.as_str());
        back_end.visitors.sign_in(id.clone(), business, SystemTime::now());
        let cookie = sign_in::cookie(&id);
        (id, cookie)
    };
    let open = OpenPage { id: page, state, visit_id: session.visit_id };
    back_end.visitors.add_page(&id, &session.business_uuid, open);
    Ok(cookie)
}
