//! QuickBooks Desktop: a connector file, a password, and the rounds that QuickBooks Web Connector makes with them.

use connect_server::domain::audit_list::AuditFilter;
use connect_server::domain::business_list::Page;
use railz_connect_contract::{AddressResponse, ConnectionError, ConnectionState};
use simulator::web_connector::{
    OpenFile, RoundOutcome as Ended, build_envelope as envelope, element_text as text, run_round as round,
};

use super::Practice;

const SOAP: &str = "/quickbooksDesktop/soap";

pub async fn goes(practice: &Practice, begun: &AddressResponse, password: &str, open: OpenFile<'_>) -> Ended {
    let file = begun.config.as_deref().unwrap();
    round(file, password, open, async |address: &str, body: String| {
        assert!(address.ends_with(SOAP), "{address}");
        practice.server.ask("POST", SOAP, None, &body).await.text()
    })
    .await
}

pub fn password(begun: &AddressResponse) -> &str {
    begun.password.as_ref().unwrap().expose()
}

#[tokio::test]
async fn the_company_that_the_connector_names_is_connected() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    assert!(begun.url.starts_with("https://"), "where the connector is downloaded");
    let file = begun.config.clone().unwrap();
    assert!(!file.contains(password(&begun)), "the password is not in the file");
    assert!(practice.server.status(&session).await.is_empty());
    assert_eq!(
        goes(&practice, &begun, password(&begun), OpenFile::Company("Finch & Sons")).await,
        Ended::Done
    );
    let status = practice.server.status(&session).await;
    assert_eq!((status[0].name.as_str(), status[0].state), ("quickbooksDesktop", ConnectionState::Active));
    assert_eq!(status[0].account_name.as_deref(), Some("Finch & Sons"));
    assert_eq!(Some(status[0].connection_id.clone()), begun.connection_id);
}

#[tokio::test]
async fn a_wrong_password_is_not_let_in_and_a_second_round_at_once_is_told_to_wait() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let wrong = goes(&practice, &begun, "wrong", OpenFile::Company("Finch")).await;
    assert_eq!(wrong, Ended::NotLetIn("nvu".to_owned()));
    // Whoever guessed used to leave nothing in the audit.
    let filter = AuditFilter {
        connection: begun.connection_id.as_ref().map(ToString::to_string),
        ..AuditFilter::default()
    };
    let lines = practice.server.app.store.list_audit_events(&filter, Page { limit: 10, offset: 0 }).await;
    let line = lines.unwrap().entries.pop().unwrap();
    assert_eq!((line.outcome.as_str(), line.actor.as_str()), ("refused", "unknown"));
    assert!(line.detail.unwrap().contains("wrong user name or password"));
    let user = text(begun.config.as_deref().unwrap(), "UserName").unwrap();
    let fields = [("strUserName", user.as_str()), ("strPassword", password(&begun))];
    let first = practice.server.ask("POST", SOAP, None, &envelope("authenticate", &fields)).await.text();
    assert!(!text(&first, "string").unwrap().is_empty());
    let second = goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await;
    assert_eq!(second, Ended::NotLetIn("busy".to_owned()));
    practice.server.clock.pass(121);
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    assert_eq!(practice.server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn a_request_that_quickbooks_refuses_is_told_as_the_last_error_and_connects_nothing() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let ended = goes(&practice, &begun, password(&begun), OpenFile::None).await;
    assert_eq!(ended, Ended::Error("Could not start QuickBooks.".to_owned()));
    let ended = goes(&practice, &begun, password(&begun), OpenFile::Company("")).await;
    assert_eq!(ended, Ended::Error("QuickBooks did not name the company.".to_owned()));
    assert!(practice.server.status(&session).await.is_empty());
}

#[tokio::test]
async fn opening_the_form_again_leaves_the_older_file_good_until_a_newer_one_proved_itself() {
    let practice = Practice::new().await;
    let (session, first) = practice.begun("Harbour", "quickbooksDesktop").await;
    let second = practice.server.begin(&session, "quickbooksDesktop").await;
    assert_ne!(password(&first), password(&second));
    let company = OpenFile::Company("Finch");
    assert_eq!(goes(&practice, &first, password(&first), company).await, Ended::Done);
    let third = practice.server.begin(&session, "quickbooksDesktop").await;
    assert_eq!(third.connection_id, first.connection_id);
    assert_eq!(goes(&practice, &first, password(&first), company).await, Ended::Done, "still good");
    assert_eq!(goes(&practice, &third, password(&third), company).await, Ended::Done, "the newest one");
    for older in [&first, &second] {
        let ended = goes(&practice, older, password(older), company).await;
        assert_eq!(ended, Ended::NotLetIn("nvu".to_owned()), "a newer one has proved itself");
    }
}

#[tokio::test]
async fn a_round_that_runs_by_itself_does_not_void_the_file_that_was_just_given() {
    // The Web Connector goes round every few minutes with the older password; that used to void the new one.
    let practice = Practice::new().await;
    let (session, first) = practice.begun("Harbour", "quickbooksDesktop").await;
    let company = OpenFile::Company("Finch");
    assert_eq!(goes(&practice, &first, password(&first), company).await, Ended::Done);
    let second = practice.server.begin(&session, "quickbooksDesktop").await;
    assert_eq!(goes(&practice, &first, password(&first), company).await, Ended::Done, "by itself");
    assert_eq!(goes(&practice, &second, password(&second), company).await, Ended::Done);
}

#[tokio::test]
async fn a_round_is_given_up_after_two_minutes_without_a_call_and_not_in_its_middle() {
    // Its time used to count from the beginning, so a QuickBooks that opened its file slowly was never connected.
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let user = text(begun.config.as_deref().unwrap(), "UserName").unwrap();
    let call = async |method, fields: &[(&str, &str)]| {
        let answer = practice.server.ask("POST", SOAP, None, &envelope(method, fields)).await.text();
        text(&answer, "string").or_else(|| text(&answer, &format!("{method}Result"))).unwrap()
    };
    let ticket = call("authenticate", &[("strUserName", &user), ("strPassword", password(&begun))]).await;
    practice.server.clock.pass(100);
    assert!(call("sendRequestXML", &[("ticket", &ticket)]).await.contains("CompanyQueryRq"));
    practice.server.clock.pass(100);
    let company = "<QBXML><CompanyRet><CompanyName>Finch</CompanyName></CompanyRet></QBXML>";
    let fields = [("ticket", ticket.as_str()), ("response", company), ("hresult", ""), ("message", "")];
    assert_eq!(call("receiveResponseXML", &fields).await, "100");
    assert_eq!(practice.server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn another_company_file_is_refused_and_one_of_another_business_is_a_duplicate() {
    let practice = Practice::new().await;
    let (first, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    let other = goes(&practice, &begun, password(&begun), OpenFile::Company("Heron")).await;
    assert_eq!(other, Ended::Error("This connection belongs to Finch. Open that company file.".to_owned()));
    assert_eq!(practice.server.status(&first).await[0].account_name.as_deref(), Some("Finch"));
    let file_id = text(begun.config.as_deref().unwrap(), "FileID").unwrap();
    let (second, begun) = practice.begun("Another", "quickbooksDesktop").await;
    let same = OpenFile::Kept { name: "Finch", file_id: &file_id };
    let duplicate = goes(&practice, &begun, password(&begun), same).await;
    assert!(matches!(duplicate, Ended::Error(_)), "{duplicate:?}");
    assert_eq!(practice.server.status(&second).await[0].error, Some(ConnectionError::DuplicateAccount));
}

#[tokio::test]
async fn a_name_that_the_caller_tells_takes_nobodys_company() {
    // Whoever named a company first had it; the one whose it was, was refused as a duplicate.
    let practice = Practice::new().await;
    let (_, begun) = practice.begun("Attacker", "quickbooksDesktop").await;
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    let (owner, begun) = practice.begun("Owner", "quickbooksDesktop").await;
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    assert_eq!(practice.server.status(&owner).await[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn a_company_name_without_end_is_cut() {
    // 200 KB used to be kept and listed.
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let name = format!("Finch {}", "x".repeat(200_000));
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company(&name)).await, Ended::Done);
    assert_eq!(practice.server.status(&session).await[0].account_name.as_ref().unwrap().len(), 200);
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company(&name)).await, Ended::Done);
}

#[tokio::test]
async fn files_that_another_session_makes_do_not_void_the_one_that_was_just_given() {
    // Five calls of anybody who knew the business's name used to do it.
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    for _ in 0..3 {
        let stranger = practice.server.session_of(crate::support::LIVE, "Harbour").await;
        for _ in 0..7 {
            practice.server.begin(&stranger, "quickbooksDesktop").await;
        }
    }
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    assert_eq!(practice.server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn so_many_files_that_nobody_uses_are_refused_by_name_and_room_comes_after_a_day() {
    let practice = Practice::new().await;
    let (_, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let open = async || practice.server.session_of(crate::support::LIVE, "Harbour").await;
    let mut last = open().await;
    for _ in 0..20 {
        last = open().await;
        for _ in 0..5 {
            practice.server.ask_to_begin(&last, "quickbooksDesktop", "").await;
        }
    }
    let refused = practice.server.ask_to_begin(&open().await, "quickbooksDesktop", "").await;
    let (status, message) = refused.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("too many connector files"), "{message}");
    assert_eq!(goes(&practice, &begun, password(&begun), OpenFile::Company("Finch")).await, Ended::Done);
    drop(last);
}

#[tokio::test]
async fn what_is_no_call_is_answered_with_a_fault() {
    let practice = Practice::new().await;
    for body in ["", "{}", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", &envelope("dropAll", &[])] {
        let answer = practice.server.ask("POST", SOAP, None, body).await;
        assert_eq!(answer.status.as_u16(), 500, "{body}");
        assert_eq!(text(&answer.text(), "faultcode").as_deref(), Some("soap:Client"), "{body}");
    }
}
