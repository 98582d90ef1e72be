//! A practice Sage Intacct: the XML gateway at `/intacct/ia/xml/xmlgw.phtml`.
//!
//! Good is the user `owner` with `practice-password`. Companies whose ids begin with `harbour` have two entities each,
//! those that begin with `solo` have none; `unauthorised` has not authorised the sender. `html`, `bomb` (entities of its own), `elsewhere` (an endpoint on a
//! stranger's host) and `silent` (a response without data) misbehave as they are called.

use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use quick_xml::{Reader, events::Event};

/// The sender id and password that the gateway knows.
pub const SENDER: (&str, &str) = ("practice", "practice-secret");
/// The password of the web services user `owner`.
pub const PASSWORD: &str = "practice-password";

/// How the ids of companies with two entities begin.
const HARBOUR: &str = "harbour";
/// How the ids of companies without entities begin.
const SOLO: &str = "solo";

const PATH: &str = "/intacct/ia/xml/xmlgw.phtml";

/// The practice gateway, below `/intacct`.
pub fn router() -> Router {
    Router::new().route(PATH, post(gateway))
}

/// Every text of a document, with the path of names to it.
fn texts(document: &str) -> Option<Vec<(String, String)>> {
    let (mut reader, mut path, mut texts) = (Reader::from_str(document), Vec::new(), Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => path.push(String::from_utf8(start.name().as_ref().to_vec()).ok()?),
            Event::Empty(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).ok()?;
                texts.push((format!("{}/{name}", path.join("/")), String::new()));
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(text) => texts.push((path.join("/"), text.decode().ok()?.into_owned())),
            Event::Eof => return path.is_empty().then_some(texts),
            _ => {}
        }
    }
}

async fn gateway(headers: HeaderMap, body: String) -> Response {
    let Some(texts) = texts(&body) else { return failure("XL03000003", "The XML is incorrect") };
    let text = |path: &str| {
        let found = texts.iter().find(|(place, _)| place == path);
        found.map(|(_, text)| text.as_str())
    };
    let sender = (text("request/control/senderid"), text("request/control/password"));
    if sender != (Some(SENDER.0), Some(SENDER.1)) {
        return failure("XL03000006", "Incorrect Intacct XML Partner ID or password.");
    }
    if let Some(session) = text("request/operation/authentication/sessionid") {
        let entities =
            text("request/operation/content/function/readByQuery/object") == Some("LOCATIONENTITY");
        return match session.strip_prefix("session-of-") {
            Some(company) if entities && company.starts_with(HARBOUR) => {
                entity_list(&[("100", "Harbour & Sons"), ("200", "Harbour North")])
            }
            Some(company) if entities && company.starts_with(SOLO) => entity_list(&[]),
            _ => failure("XL03000009", "The session is not valid"),
        };
    }
    let login = |name| text(&format!("request/operation/authentication/login/{name}"));
    if text("request/operation/content/function/getAPISession").is_none() {
        return failure("XL03000005", "There is no such function here");
    }
    match (login("companyid"), login("userid"), login("password")) {
        (Some("html"), ..) => return (StatusCode::BAD_GATEWAY, "<h1>Maintenance<p>").into_response(),
        (Some("bomb"), ..) => {
            let bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>]><response><control><status>&a;</status></control></response>";
            return xml(bomb.to_owned());
        }
        (Some("silent"), ..) => {
            return xml("<response><control><status>success</status></control></response>".to_owned());
        }
        (Some("unauthorised"), ..) => {
            return failure("XL03000006", "The sender is not authorised by this company");
        }
        (Some(company), Some("owner"), Some(PASSWORD))
            if company.starts_with(HARBOUR) || company.starts_with(SOLO) || company == "elsewhere" => {}
        _ => return failure("XL03000006", "Sign-in information is incorrect"),
    }
    let company = login("companyid").unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let endpoint = match company {
        "elsewhere" => "http://127.0.0.1:9/xmlgw".to_owned(),
        _ => format!("http://{host}{PATH}"),
    };
    success(&format!(
        "<data><api><sessionid>session-of-{company}</sessionid><endpoint>{endpoint}</endpoint></api></data>"
    ))
}

fn entity_list(entities: &[(&str, &str)]) -> Response {
    let rows: Vec<_> = entities
        .iter()
        .map(|(id, name)| {
            let name = quick_xml::escape::escape(*name);
            format!("<locationentity><LOCATIONID>{id}</LOCATIONID><NAME>{name}</NAME></locationentity>")
        })
        .collect();
    let rows = rows.concat();
    let count = entities.len();
    success(&format!(
        "<data listtype=\"locationentity\" count=\"{count}\" totalcount=\"{count}\" numremaining=\"0\">{rows}</data>"
    ))
}

fn success(data: &str) -> Response {
    xml(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><control><status>success</status></control><operation>\
         <authentication><status>success</status></authentication><result><status>success</status>{data}</result>\
         </operation></response>"
    ))
}

fn failure(number: &str, description: &str) -> Response {
    xml(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><control><status>success</status></control><operation>\
         <authentication><status>failure</status></authentication><errormessage><error><errorno>{number}</errorno>\
         <description2>{description}</description2></error></errormessage></operation></response>"
    ))
}

fn xml(body: String) -> Response {
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}
