//! Which credentials of services are still those of an example. A missing or an empty one is a mistake that the configuration
//! itself names; what stands in the place of one is found here, and never repeated.

use connect_server::config::Config;
use connect_server::services::catalog::NonOAuthService;
use secrecy::ExposeSecret;

/// What people write, or leave, where a credential will stand.
const WORDS: [&str; 14] = [
    "from the service",
    "changeme",
    "change-me",
    "change_me",
    "client_id",
    "client-id",
    "client_secret",
    "client-secret",
    "secret",
    "password",
    "placeholder",
    "example",
    "todo",
    "tbd",
];

/// One line for each credential that looks like a placeholder, by its key in the configuration.
pub(super) fn list_placeholders(config: &Config) -> Vec<String> {
    let oauth = config.services.iter().flat_map(|service| {
        let client = &service.client;
        [
            (service.id.as_str(), "client_id", client.id.as_str()),
            (service.id.as_str(), "client_secret", client.secret.expose_secret()),
        ]
    });
    let others = &config.non_oauth;
    let netsuite = others.netsuite.iter().flat_map(|settings| {
        let secret = settings.consumer_secret.expose_secret();
        with_id(
            NonOAuthService::Netsuite,
            [("client_id", settings.consumer_key.as_str()), ("client_secret", secret)],
        )
    });
    let intacct = others.intacct.iter().flat_map(|settings| {
        let password = settings.password.expose_secret();
        with_id(
            NonOAuthService::Intacct,
            [("sender_id", settings.sender.as_str()), ("sender_password", password)],
        )
    });
    let plaid = others.plaid.iter().flat_map(|settings| {
        let secret = settings.secret.expose_secret();
        with_id(NonOAuthService::Plaid, [("client_id", settings.client.as_str()), ("client_secret", secret)])
    });
    let all = oauth.chain(netsuite).chain(intacct).chain(plaid);
    all.filter(|(.., value)| is_placeholder(value))
        .map(|(service, key, _)| {
            format!(
                "services.{service}.{key} looks like a placeholder: put in what the service gave you, or sign-ins there fail"
            )
        })
        .collect()
}

fn with_id<'a>(
    service: NonOAuthService,
    credentials: [(&'static str, &'a str); 2],
) -> [(&'static str, &'static str, &'a str); 2] {
    credentials.map(|(key, value)| (service.id(), key, value))
}

/// Whether this stands where a credential will stand: dots, one letter again and again, something in angle brackets, or words
/// that say so.
fn is_placeholder(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    let mut letters = value.chars().filter(|letter| letter.is_alphanumeric());
    let first = letters.next();
    let is_one_letter = letters.all(|letter| Some(letter) == first);
    let is_bracketed = value.starts_with('<') && value.ends_with('>');
    first.is_none()
        || (is_one_letter && value.chars().count() > 2)
        || is_bracketed
        || ["your ", "your-", "your_"].iter().any(|beginning| value.starts_with(beginning))
        || WORDS.contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_place_of_a_credential_is_one() {
        for placeholder in [
            "…",
            "...",
            "xxxx",
            "XXXX-XXXX",
            "<client id>",
            "your-client-id",
            "Your secret here",
            "from the service",
            "changeme",
            "client_secret",
            "TODO",
            "0000",
        ] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
    }

    #[test]
    fn what_services_give_out_is_none() {
        for given in
            ["practice", "a", "1f0c2b7e9d", "ABx-2vQ_youR-8", "secret-of-ours-81f3", "1001", "x~8<Q>"]
        {
            assert!(!is_placeholder(given), "{given}");
        }
    }
}
