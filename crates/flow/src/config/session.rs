//! The session that the host's back end made (`sessionToken`), and how another one is had when it ran out (`getSession`).

use railz_connect_contract::AccessToken;

use super::error::ConfigError;
use super::host_options::GetSession;
use super::option_reader::OptionReader;

pub(super) fn session_token(reader: &OptionReader<'_>) -> Option<AccessToken> {
    let given = reader.text(&reader.options.session_token, "sessionToken", SESSION_TOKEN)?;
    let token = read_session_token(&given);
    if token.is_none() {
        // Not what came: it may be a token with a space too many.
        reader.refuse(ConfigError::wrong("sessionToken", "a text that is no token", SESSION_TOKEN));
    }
    token
}

const SESSION_TOKEN: &str = "the sessionToken that POST /v2/sessions answered to your back end";

/// A session's token, if this is one: it travels in a header, so that nothing but visible characters of ASCII can stand in it.
pub fn read_session_token(text: &str) -> Option<AccessToken> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| AccessToken::new(text))
}

pub(super) fn renews_session(reader: &OptionReader<'_>) -> bool {
    let options = reader.options;
    match &options.get_session {
        GetSession::Absent => return false,
        GetSession::Wrong(what) => {
            const EXPECTED: &str = "a function that gives a new sessionToken";
            reader.refuse(ConfigError::wrong("getSession", what, EXPECTED));
        }
        GetSession::Function
            if reader.text(&options.session_token, "sessionToken", SESSION_TOKEN).is_none() =>
        {
            reader.refuse(ConfigError::missing("sessionToken", "given where getSession is, which renews it"));
        }
        GetSession::Function => {}
    }
    true
}
