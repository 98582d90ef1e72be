//! What a person takes to QuickBooks Web Connector, and what was seen of it since.

use railz_connect_contract::{BusinessName, Connection, ConnectionState, ConnectorPassword};

use crate::ticket::Ticket;

const LONGEST_FILE_NAME: usize = 10;

/// What QuickBooks Web Connector needs, and what was seen since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebConnector {
    /// Where people get it.
    pub url: String,
    /// The file it takes.
    pub file: String,
    /// The password it asks for.
    pub password: ConnectorPassword,
    /// Whether the password can be read.
    pub revealed: bool,
    /// What the last press led to.
    pub note: Option<ConnectorNotice>,
    /// The connection as it was seen last.
    pub seen: Option<Box<Connection>>,
    /// How the status is asked for, again and again.
    pub poll: StatusPoll,
}

/// How the status is asked for, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPoll {
    /// A request is out.
    Waiting(Ticket),
    /// A short rest before the next request.
    Resting(Ticket),
}

/// What a press on the connector's screen led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectorNotice {
    /// The password is in the clipboard.
    Copied,
    /// The browser did not allow that.
    NotCopied,
    /// The file was handed to the browser.
    Saved,
    /// The password can be read.
    Revealed,
    /// It cannot be read any more.
    Hidden,
}

impl WebConnector {
    /// Whether the business is connected already.
    pub(crate) fn is_connected(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| seen.state == ConnectionState::Active && seen.error.is_none())
    }
}

/// The name under which the connector's file is saved: the beginning of the business's, as far as file names have it.
pub(crate) fn file_name(business: &BusinessName) -> String {
    let name = business.as_str().chars().take(LONGEST_FILE_NAME);
    let name: String = name.map(|letter| if is_letter(letter) { letter } else { '-' }).collect();
    let name = name.trim_matches('-');
    [if name.is_empty() { "connect" } else { name }, ".qwc"].concat()
}

/// Letters and digits, those beyond ASCII by their blocks: Unicode's own tables would cost the engine two kilobytes.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || (letter >= 'À'
            && !matches!(
                letter,
                // Signs, punctuation and invisible marks; private letters; pictures.
                '×' | '÷'
                    | '\u{2000}'..='\u{2bff}'
                    | '\u{3000}'..='\u{303f}'
                    | '\u{e000}'..='\u{f8ff}'
                    | '\u{fe00}'..='\u{ff0f}'
                    | '\u{1f000}'..
            ))
}
