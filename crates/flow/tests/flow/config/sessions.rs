//! `sessionToken` and `getSession`: what is accepted, and what is refused by name.

use railz_connect_contract::AccessToken;
use railz_connect_flow::config::{GetSession, RawValue, read_session_token};

use super::{nothings, number, with};
use crate::support::fixtures::{self, text};

const TOKEN: &str = "the sessionToken that POST /v2/sessions answered to your back end";

#[test]
fn a_session_token_needs_no_business() {
    let config = with(|options| options.session_token = text(fixtures::MINTED)).unwrap();
    assert_eq!(config.session_token, Some(AccessToken::new(fixtures::MINTED)));
    assert_eq!((config.business_name, config.business_uuid), (None, None));
    assert!(!config.renews_session);
    assert!(fixtures::minted().renews_session);
}

#[test]
fn what_is_no_token_is_refused_and_not_shown() {
    for wrong in ["two words", " secret-1", "secret-1\n", "secret\t1", "schlüssel", "a\u{7f}"] {
        let error = with(|options| options.session_token = text(wrong)).unwrap_err();
        let refusal = (error.option, error.received.as_str(), error.expected);
        assert_eq!(refusal, ("sessionToken", "a text that is no token", TOKEN), "{wrong:?}");
        assert_eq!(read_session_token(wrong), None);
    }
    for (wrong, received) in [(RawValue::Other("an object"), "an object"), (number(f64::NAN), "NaN")] {
        let error = with(|options| options.session_token = wrong).unwrap_err();
        assert_eq!(
            (error.option, error.received.as_str(), error.expected),
            ("sessionToken", received, TOKEN)
        );
    }
    assert_eq!(read_session_token(""), None);
}

#[test]
fn get_session_is_a_function() {
    let error = with(|options| {
        options.session_token = text(fixtures::MINTED);
        options.get_session = GetSession::Wrong("an object");
    });
    let error = error.unwrap_err();
    assert_eq!((error.option, error.received.as_str()), ("getSession", "an object"));
    assert_eq!(error.expected, "a function that gives a new sessionToken");
}

#[test]
fn get_session_without_a_session_is_refused_since_it_renews_one() {
    for nothing in nothings() {
        let error = with(|options| {
            options.session_token = nothing;
            options.get_session = GetSession::Function;
        });
        let error = error.unwrap_err();
        assert_eq!((error.option, error.received.as_str()), ("sessionToken", "nothing"));
        assert_eq!(error.expected, "given where getSession is, which renews it");
    }
}
