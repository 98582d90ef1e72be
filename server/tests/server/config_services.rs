//! The `[services.…]` tables of OAuth services, over what is built in.

use connect_server::services::oauth::service::ClientAuthentication;
use connect_server::services::oauth::service::Issuer;
use railz_connect_contract::{ServiceKind, ServiceName};

use crate::config::{GOOD, problem, read};

#[test]
fn a_built_in_service_needs_its_client_only() {
    let text = format!("{GOOD}\n[services.quickbooks]\nclient_id = \"a\"\nclient_secret = \"b\"");
    let config = read(&text).unwrap();
    let service = config.services.get(&ServiceName::new("quickbooks")).unwrap();
    assert_eq!((service.name.as_str(), service.kind), ("QuickBooks Online", ServiceKind::Accounting));
    assert!(service.addresses.authorize.as_str().starts_with("https://appcenter.intuit.com/"));
    assert_eq!(service.scopes, ["com.intuit.quickbooks.accounting"]);
    assert_eq!(service.client.authentication, ClientAuthentication::Basic);
    assert_eq!(service.issuer, Issuer::IfSent("https://oauth.platform.intuit.com/op/v1".to_owned()));
}

/// Built-in services had none, so an `iss` that came from anywhere was believed.
#[test]
fn a_service_that_publishes_its_issuer_has_it_built_in_at_its_own_addresses() {
    let issuer = |id: &str, more: &str| {
        let text = format!("{GOOD}\n[services.{id}]\nclient_id = \"a\"\nclient_secret = \"b\"\n{more}");
        read(&text).unwrap().services.get(&ServiceName::new(id)).unwrap().issuer.clone()
    };
    let xero = "https://identity.xero.com".to_owned();
    assert_eq!(issuer("xero", ""), Issuer::IfSent(xero.clone()));
    assert_eq!(issuer("xero", "require_iss = true"), Issuer::Required(xero));
    for key in ["authorize_url", "token_url"] {
        let moved = format!("{key} = \"https://own.example/x\"\naccounts_url = \"https://own.example/y\"");
        assert_eq!(issuer("xero", &moved), Issuer::Unknown, "{key}");
    }
    assert_eq!(issuer("wave", ""), Issuer::Unknown, "it publishes none");
    for (id, due) in [
        ("dynamicsBusinessCentral", "https://login.microsoftonline.com/{tenantid}/v2.0"),
        ("dynamics365Finance", "https://sts.windows.net/{tenantid}/"),
    ] {
        assert_eq!(issuer(id, ""), Issuer::IfSent(due.to_owned()));
    }
}

#[test]
fn every_built_in_value_can_be_overridden() {
    let text = format!(
        r#"{GOOD}
        [services.zohoBooks]
        client_id = "a"
        client_secret = "b"
        name = "Zoho of Europe"
        kind = "commerce"
        authorize_url = "https://accounts.zoho.eu/oauth/v2/auth"
        token_url = "https://accounts.zoho.eu/oauth/v2/token"
        revoke_url = "https://accounts.zoho.eu/oauth/v2/token/revoke"
        scopes = ["one"]
        scope_separator = " "
        client_authentication = "basic"
        issuer = "https://accounts.zoho.eu"
        require_iss = true
        authorize_parameters = {{ prompt = "login" }}
        "#
    );
    let config = read(&text).unwrap();
    let service = config.services.get(&ServiceName::new("zohoBooks")).unwrap();
    assert_eq!((service.name.as_str(), service.kind), ("Zoho of Europe", ServiceKind::Commerce));
    assert_eq!(
        url::Url::parse(service.addresses.token.as_str()).unwrap().host_str(),
        Some("accounts.zoho.eu")
    );
    assert_eq!(service.scope_separator, " ");
    assert_eq!(service.authorize_parameters, [("prompt".to_owned(), "login".to_owned())]);
    assert_eq!(service.issuer, Issuer::Required("https://accounts.zoho.eu".to_owned()));
}

#[test]
fn a_company_that_only_the_callback_names_needs_a_place_that_confirms_it() {
    let plain = format!(
        "{GOOD}\n[services.plainBooks]\nclient_id = \"a\"\nclient_secret = \"b\"\nname = \"Plain\"\n\
         authorize_url = \"https://p.example/a\"\ntoken_url = \"https://p.example/t\"\naccount_parameter = \"c\"\n"
    );
    assert!(problem(&plain).contains("services.plainBooks.company_url: is missing"), "{}", problem(&plain));
    let anywhere =
        format!("{plain}company_url = \"https://p.example/me\"\ncompany_id = \"/id\"\ncompany_name = \"/n\"");
    assert!(problem(&anywhere).contains("needs {company} in it"));
    let confirmed =
        "company_url = \"https://p.example/{company}\"\ncompany_id = \"/id\"\ncompany_name = \"/name\"";
    assert!(read(&format!("{plain}{confirmed}")).is_ok());
    let by_name = format!("{plain}{confirmed}\naccount_name_parameter = \"n\"");
    assert!(problem(&by_name).contains("is not read any more"));
}

#[test]
fn a_built_in_company_address_is_none_where_the_token_is_the_operators_own() {
    let moved = |id: &str| {
        format!(
            "{GOOD}\n[services.{id}]\nclient_id = \"a\"\nclient_secret = \"b\"\n\
             token_url = \"https://mirror.example/token\"\n"
        )
    };
    assert!(problem(&moved("quickbooks")).contains("services.quickbooks.company_url: is missing"));
    let read = read(&moved("shopify")).unwrap();
    assert!(read.services.get(&ServiceName::new("shopify")).unwrap().profile.lookup.is_none());
}

#[test]
fn a_service_of_the_sandbox_or_of_odd_letters_is_refused() {
    for id in ["railzSandbox", "\"har bour\"", "\"a/b\""] {
        let text = format!("{GOOD}\n[services.{id}]\nclient_id = \"a\"");
        assert!(problem(&text).contains("letters and digits"), "{id}");
    }
}

#[test]
fn an_issuer_that_is_required_must_be_given() {
    let text =
        format!("{GOOD}\n[services.wave]\nclient_id = \"a\"\nclient_secret = \"b\"\nrequire_iss = true");
    assert!(problem(&text).starts_with("services.wave.require_iss: needs issuer"));
}

#[test]
fn every_built_in_service_is_complete() {
    for known in connect_server::services::oauth::builtin::all() {
        let text =
            format!("{GOOD}\n[services.{}]\nclient_id = \"a\"\nclient_secret = \"b\"", known.service.id);
        let config = read(&text).unwrap();
        let service = config.services.get(&ServiceName::new(known.service.id)).unwrap();
        let mut variables = service.profile.usual_variables();
        for variable in ["shop", "environment"] {
            variables.set(
                variable,
                if variable == "shop" { "juniper" } else { "https://acme.operations.dynamics.com" },
            );
        }
        assert_eq!(
            service.addresses.authorize.at(&variables).unwrap().scheme(),
            "https",
            "{}",
            known.service.id
        );
        assert_eq!(service.addresses.token.at(&variables).unwrap().scheme(), "https", "{}", known.service.id);
        assert_eq!(service.addresses.revoke.is_some(), known.revoke.is_some(), "{}", known.service.id);
        let by_resource = service.authorize_parameters.iter().any(|(key, _)| key == "resource");
        assert_ne!(service.scopes.is_empty(), !by_resource, "{}", known.service.id);
    }
}

#[test]
fn parameters_that_the_server_sends_itself_are_not_the_operators() {
    for key in ["state", "redirect_uri", "code_challenge", "client_id", "response_type", "scope"] {
        let text = format!(
            "{GOOD}[services.xero]\nclient_id = \"a\"\nclient_secret = \"b\"\n\
             authorize_parameters = {{ {key} = \"x\" }}"
        );
        let problem = problem(&text);
        assert!(problem.starts_with(&format!("services.xero.authorize_parameters.{key}: ")), "{problem}");
    }
}

#[test]
fn profile_keys_that_do_not_fit_together_are_named() {
    let practised = "token_url = \"http://127.0.0.1:1/token\"";
    for (service, lines, due) in [
        ("xero", practised, "services.xero.accounts_url: is missing; token_url leads to this machine"),
        (
            "quickbooks",
            "accounts_url = \"https://x.example\"",
            "services.quickbooks.accounts_items: is missing",
        ),
        (
            "square",
            "region = \"moon\"",
            "services.square.region: there is no region \"moon\"; there are: production",
        ),
        ("wave", "companies_url = \"http://x.example/{y}\"", "services.wave.companies_url: must be an https"),
        ("quickbooks", "pkce = 1", "services.quickbooks.pkce: must be true or false"),
    ] {
        let text = format!("{GOOD}\n[services.{service}]\nclient_id = \"a\"\nclient_secret = \"b\"\n{lines}");
        let problems = read(&text).expect_err(lines);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.starts_with(due)), "{lines:?}");
    }
    let plain = "name = \"Plain\"\nauthorize_url = \"https://a.example\"\ntoken_url = \"https://a.example\"\n\
                 choose_account = true";
    let text = format!("{GOOD}\n[services.plain]\nclient_id = \"a\"\nclient_secret = \"b\"\n{plain}");
    assert!(problem(&text).starts_with("services.plain.choose_account: needs accounts_url"));
}

#[test]
fn a_region_moves_all_addresses_of_a_service() {
    for (region, due) in
        [("", "connect.squareup.com"), ("region = \"sandbox\"", "connect.squareupsandbox.com")]
    {
        let text = format!("{GOOD}\n[services.square]\nclient_id = \"a\"\nclient_secret = \"b\"\n{region}");
        let config = read(&text).unwrap();
        let square = config.services.get(&ServiceName::new("square")).unwrap();
        let variables = square.profile.usual_variables();
        for address in [&square.addresses.authorize, &square.addresses.token] {
            assert_eq!(address.at(&variables).unwrap().host_str(), Some(due));
        }
    }
}

#[test]
fn microsoft_shows_a_screen_to_whoever_consented_before_unless_the_operator_wants_another() {
    // A browser that was signed in there used to come back with a code at once, without anybody having read anything.
    let prompt = |service: &str, more: &str| {
        let text = format!("{GOOD}[services.{service}]\nclient_id = \"a\"\nclient_secret = \"b\"\n{more}\n");
        let config = read(&text).unwrap();
        let service = config.services.get(&ServiceName::new(service)).unwrap().clone();
        service.authorize_parameters.into_iter().find(|(key, _)| key == "prompt").map(|(_, value)| value)
    };
    for service in ["dynamicsBusinessCentral", "dynamics365Finance"] {
        assert_eq!(prompt(service, "").as_deref(), Some("select_account"), "{service}");
        let other = "authorize_parameters = { prompt = \"login\" }";
        assert_eq!(prompt(service, other).as_deref(), Some("login"), "{service}");
    }
}

#[test]
fn back_ends_calls_go_to_the_api_that_belongs_to_the_token() {
    let api = |text: &str| {
        let config = read(&format!("{GOOD}\n{text}")).unwrap();
        let service = config.services.iter().next().unwrap();
        service.profile.api.as_ref().map(|api| api.base.as_str().to_owned())
    };
    let client = "client_id = \"a\"\nclient_secret = \"b\"\n";
    let zoho = format!("[services.zohoBooks]\n{client}");
    assert_eq!(api(&zoho).as_deref(), Some("{api}/books/v3"));
    let moved = format!("{zoho}token_url = \"https://tokens.example/t\"\n");
    assert_eq!(api(&moved), None, "a token that comes from elsewhere does not go to the built-in address");
    let told = format!("{moved}api_url = \"https://api.example/v3\"");
    assert_eq!(api(&told).as_deref(), Some("https://api.example/v3"));
    for (wrong, due) in [
        ("http://api.example", "must be an https address"),
        ("https://api.example/?x=", "neither a query nor a fragment"),
        ("https://api.example/#x", "neither a query nor a fragment"),
    ] {
        let text = format!("{GOOD}\n{zoho}api_url = \"{wrong}\"");
        assert!(problem(&text).contains(due), "{wrong}: {}", problem(&text));
    }
}

#[test]
fn every_built_in_service_has_an_api_that_back_ends_can_call() {
    for known in connect_server::services::oauth::builtin::all() {
        let profile = (known.profile)();
        assert!(profile.api.is_some(), "{}", known.service.id);
    }
}
