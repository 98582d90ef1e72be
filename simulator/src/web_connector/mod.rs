//! A practice QuickBooks Web Connector: reads a connector file and goes through one round of calls, as the real one does.
//!
//! How a call travels is the caller's: `post` takes the address and the SOAP envelope and brings the answer.

use quick_xml::{Reader, escape::escape, events::Event};

/// The company file that is open in QuickBooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenFile<'a> {
    /// One of this company that was never opened with another connector file: it keeps this file's `FileID`.
    Company(&'a str),
    /// One that keeps the `FileID` of the connector file with which it was first opened.
    Kept {
        /// The company's name.
        name: &'a str,
        /// That `FileID`.
        file_id: &'a str,
    },
    /// None: QuickBooks refuses every request.
    None,
}

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundOutcome {
    /// Everything was done.
    Done,
    /// The server did not let us in: `nvu` or `busy`.
    NotLetIn(String),
    /// The server named this error.
    Error(String),
    /// The server's answer was none.
    NoAnswer(String),
}

/// The text of the first element of this name, without a prefix.
pub fn element_text(document: &str, name: &str) -> Option<String> {
    let (mut reader, mut inside, mut text) = (Reader::from_str(document), false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => inside |= start.local_name().as_ref() == name.as_bytes(),
            Event::Empty(start) if start.local_name().as_ref() == name.as_bytes() => return Some(text),
            Event::End(end) if inside && end.local_name().as_ref() == name.as_bytes() => return Some(text),
            Event::Text(piece) if inside => text.push_str(&piece.decode().ok()?),
            Event::GeneralRef(entity) if inside => {
                let name = format!("&{};", entity.decode().ok()?);
                text.push_str(&quick_xml::escape::unescape(&name).ok()?);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// A call as the connector sends it.
pub fn build_envelope(method: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("<{name}>{}</{name}>", escape(*value))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope \
         xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <{method} xmlns=\"http://developer.intuit.com/\">{}</{method}></soap:Body></soap:Envelope>",
        fields.concat()
    )
}

/// One round with this connector file and password.
pub async fn run_round(
    file: &str,
    password: &str,
    open: OpenFile<'_>,
    post: impl AsyncFn(&str, String) -> String,
) -> RoundOutcome {
    let (Some(address), Some(user)) = (element_text(file, "AppURL"), element_text(file, "UserName")) else {
        return RoundOutcome::NoAnswer("the connector file has neither address nor user".to_owned());
    };
    for (method, fields) in
        [("serverVersion", &[][..]), ("clientVersion", &[("strVersion", "2.3.0.215")][..])]
    {
        let answer = post(&address, build_envelope(method, fields)).await;
        if element_text(&answer, &format!("{method}Result")).is_none() {
            return RoundOutcome::NoAnswer(answer);
        }
    }
    let fields = [("strUserName", user.as_str()), ("strPassword", password)];
    let answer = post(&address, build_envelope("authenticate", &fields)).await;
    let Some(ticket) = element_text(&answer, "string") else { return RoundOutcome::NoAnswer(answer) };
    if ticket.is_empty() {
        let word = if answer.contains(">nvu<") { "nvu" } else { "busy" };
        return RoundOutcome::NotLetIn(word.to_owned());
    }
    let ticket = ticket.as_str();
    loop {
        let answer = post(&address, build_envelope("sendRequestXML", &[("ticket", ticket)])).await;
        let Some(request) = element_text(&answer, "sendRequestXMLResult") else {
            return RoundOutcome::NoAnswer(answer);
        };
        if request.is_empty() {
            break;
        }
        let (response, hresult, message) = match open {
            OpenFile::Company(name) if request.contains("<CompanyQueryRq") => {
                let kept = element_text(file, "FileID").unwrap_or_default();
                (company_response(name, &request, &kept), "", "")
            }
            OpenFile::Kept { name, file_id } if request.contains("<CompanyQueryRq") => {
                (company_response(name, &request, file_id), "", "")
            }
            OpenFile::Company(_) | OpenFile::Kept { .. } | OpenFile::None => {
                (String::new(), "0x80040408", "Could not start QuickBooks.")
            }
        };
        let fields =
            [("ticket", ticket), ("response", response.as_str()), ("hresult", hresult), ("message", message)];
        let answer = post(&address, build_envelope("receiveResponseXML", &fields)).await;
        let Some(percent) = element_text(&answer, "receiveResponseXMLResult") else {
            return RoundOutcome::NoAnswer(answer);
        };
        if percent.starts_with('-') {
            let answer = post(&address, build_envelope("getLastError", &[("ticket", ticket)])).await;
            let error = element_text(&answer, "getLastErrorResult").unwrap_or_default();
            post(&address, build_envelope("closeConnection", &[("ticket", ticket)])).await;
            return RoundOutcome::Error(error);
        }
        if percent == "100" {
            break;
        }
    }
    let answer = post(&address, build_envelope("closeConnection", &[("ticket", ticket)])).await;
    if element_text(&answer, "closeConnectionResult").is_some() {
        RoundOutcome::Done
    } else {
        RoundOutcome::NoAnswer(answer)
    }
}

/// The company, with what its file keeps for the owner that the request asks about.
fn company_response(name: &str, request: &str, file_id: &str) -> String {
    let kept = element_text(request, "OwnerID").map(|owner| {
        format!(
            "<DataExtRet><OwnerID>{owner}</OwnerID><DataExtName>FileID</DataExtName>\
             <DataExtType>STR255TYPE</DataExtType><DataExtValue>{}</DataExtValue></DataExtRet>",
            escape(file_id)
        )
    });
    format!(
        "<?xml version=\"1.0\" ?><QBXML><QBXMLMsgsRs><CompanyQueryRs requestID=\"1\" statusCode=\"0\" \
         statusSeverity=\"Info\" statusMessage=\"Status OK\"><CompanyRet><IsSampleCompany>false</IsSampleCompany>\
         <CompanyName>{}</CompanyName>{}</CompanyRet></CompanyQueryRs></QBXMLMsgsRs></QBXML>",
        escape(name),
        kept.unwrap_or_default()
    )
}
