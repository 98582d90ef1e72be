//! The names of the services that the contract knows. Anything else wears the name the server sends, or its own id in
//! words: no raw identifier is shown.

use railz_connect_contract::ServiceName;
use railz_connect_flow::screen::ServiceLabel;

/// A service's name for people.
pub(crate) fn service_name(service: &ServiceName, sent: Option<&str>) -> String {
    if let Some(sent) = sent.filter(|sent| !sent.trim().is_empty()) {
        return sent.to_owned();
    }
    known(service.as_str()).map_or_else(|| spelled_out(service.as_str()), str::to_owned)
}

/// A label's name for people.
pub(crate) fn service_label(label: &ServiceLabel) -> String {
    service_name(&label.name, label.display_name.as_deref())
}

fn known(service: &str) -> Option<&'static str> {
    Some(match service {
        "dynamics365Finance" => "Dynamics 365 Finance",
        "dynamicsBusinessCentral" => "Dynamics 365 Business Central",
        "freshbooks" => "FreshBooks",
        "myob" => "MYOB",
        "oracleNetsuite" => "Oracle NetSuite",
        "plaid" => "Bank account",
        "quickbooks" => "QuickBooks Online",
        "quickbooksDesktop" => "QuickBooks Desktop",
        "railzSandbox" => "Railz Cloud Accounting",
        "sageBusinessCloud" => "Sage Business Cloud",
        "sageIntacct" => "Sage Intacct",
        "zohoBooks" => "Zoho Books",
        _ => return None,
    })
}

/// `harbourBooks` → `Harbour Books`. Ids are ASCII; Unicode's tables of letters would cost the engine some kilobytes.
fn spelled_out(id: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for letter in id.chars() {
        if matches!(letter, '_' | '-' | '.') {
            before = ' ';
            continue;
        }
        let begins = before == ' ' || (letter.is_ascii_uppercase() && !before.is_ascii_uppercase());
        if begins && !words.is_empty() {
            words.push(' ');
        }
        words.push(if begins { letter.to_ascii_uppercase() } else { letter });
        before = letter;
    }
    words
}
