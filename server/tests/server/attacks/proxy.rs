//! What is tried by the proxy of back ends: to reach with a token, or from this server, what is not the service's own API.

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::company::{AddressVariables, Company};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::ConnectionId;

use crate::back_end::BackEnd;
use crate::companies::sign_in;
use crate::support::api::ApiBehaviour;
use crate::support::log::Log;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, ServerOptions, TestServer};

const BOOKS: &str = "api_url = \"@/api/v3\"";

async fn connected() -> (BackEnd, String) {
    let api = BackEnd::with_books(BOOKS).await;
    let id = api.connect("Harbour", "7").await;
    (api, format!("/v2/connections/{id}/proxy"))
}

async fn send(api: &BackEnd, method: &str, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = request.header(header::AUTHORIZATION, format!("Bearer {}", api.key));
    api.server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn dot_segments_and_hidden_separators_never_leave_the_api() {
    let (api, proxy) = connected().await;
    for path in [
        "../token",
        "invoices/../../token",
        "%2e%2e/token",
        "%2E%2e/token",
        ".%2E/token",
        "%2e./token",
        "..%2Ftoken",
        "..%2ftoken",
        "%2e%2e%2ftoken",
        "..%5Ctoken",
        "..\\token",
        "%252e%252e/token",
        "%252e%252e%252ftoken",
        "%25252e%25252e/token",
        "..;/token",
        "..;x=1/token",
        "..%3B/token",
        "./invoices",
        "invoices/.",
        "invoices//1",
        "/evil.example/x",
        "//evil.example/x",
        "%2F%2Fevil.example/x",
        "\\\\evil.example\\x",
        "invoices%00",
        "invoices%0d%0aHost:%20evil.example",
        "%c0%ae%c0%ae/token",
        "%e0%80%ae%e0%80%ae/token",
        "invoices%",
        "invoices%2",
        "invoices%zz",
    ] {
        let answer = send(&api, "GET", &format!("{proxy}/{path}")).await;
        assert_eq!(answer.header("railz-proxy-error"), "path", "{path}: {}", answer.text());
        assert_eq!(answer.refusal().0, 400, "{path}");
    }
    assert_eq!(api.server.provider.api_asked().len(), 0, "nothing of it was asked");
}

#[tokio::test]
async fn a_path_that_looks_like_a_host_stays_a_path_of_the_service() {
    let (api, proxy) = connected().await;
    for path in
        ["@evil.example/x", "evil.example:443/x", "https:evil.example", ":8080", "user:secret@evil.example"]
    {
        let answer = send(&api, "GET", &format!("{proxy}/{path}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text());
        assert_eq!(api.server.provider.api_asked().pop().unwrap().path, format!("/api/v3/{path}"));
    }
}

#[tokio::test]
async fn an_encoded_word_proxy_or_connection_id_opens_no_other_route() {
    let (api, proxy) = connected().await;
    for path in [
        proxy.replace("/proxy", "/%70roxy/../access-token"),
        proxy.replace("/proxy", "%2Fproxy"),
        format!("{}/invoices", proxy.replace("CON-", "%43ON-")),
    ] {
        let answer = send(&api, "GET", &path).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}: {}", answer.text());
    }
    assert_eq!(api.server.provider.api_asked().len(), 0);
}

#[tokio::test]
async fn methods_that_echo_a_request_or_open_a_tunnel_are_not_passed_on() {
    let (api, proxy) = connected().await;
    for method in ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "TRACK"] {
        let answer = send(&api, method, &format!("{proxy}/invoices")).await;
        assert_eq!(answer.refusal().0, 405, "{method}");
        assert_eq!(answer.header("railz-proxy-error"), "method", "{method}");
    }
    assert_eq!(api.server.provider.api_asked().len(), 0);
}

#[tokio::test]
async fn the_secret_key_and_the_token_of_somebody_else_never_reach_the_service() {
    let (api, proxy) = connected().await;
    let request = Request::get(format!("{proxy}/invoices"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .header("proxy-authorization", format!("Bearer {}", api.key))
        .header("connection", "authorization")
        .header("transfer-encoding", "identity");
    api.server.send(request.body(Body::empty()).unwrap()).await;
    let asked = api.server.provider.api_asked().remove(0);
    assert_eq!(asked.header("authorization"), "Bearer access-2");
    let all =
        format!("{:?}", asked.headers.iter().map(|(_, value)| value.as_bytes().to_vec()).collect::<Vec<_>>());
    assert!(
        !all.contains(&format!("{:?}", api.key.as_bytes()).replace(['[', ']'], "")),
        "the secret key left"
    );
}

#[tokio::test]
async fn a_service_that_echoes_the_token_in_its_headers_is_not_passed_on_with_it() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::Gossips);
    let answer = send(&api, "GET", &format!("{proxy}/invoices")).await;
    let told = format!("{:?}", answer.headers);
    assert!(!told.contains("access-2"), "{told}");
    assert_eq!(answer.header("railz-proxy-error"), "", "and cannot pose as this server");
}

#[tokio::test]
async fn no_header_tells_the_service_who_asked_for_whom_however_it_is_written() {
    let (api, proxy) = connected().await;
    let forged = [
        "x-forwarded",
        "x-original-forwarded-for",
        "x_forwarded_for",
        "client-ip",
        "x-remote-addr",
        "x-envoy-external-address",
        "fastly-client-ip",
        "x-azure-clientip",
        "proxy",
        "x_real_ip",
        "cf-connecting-ipv6",
        "remote_user",
    ];
    let request = Request::get(format!("{proxy}/invoices"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key));
    let request = request.header("x-tenant", "1").header("gov-client-public-ip", "198.51.100.1");
    let request = forged.iter().fold(request, |request, name| request.header(*name, "10.0.0.1"));
    api.server.send(request.body(Body::empty()).unwrap()).await;
    let asked = api.server.provider.api_asked().remove(0);
    for name in forged {
        assert_eq!(asked.header(name), "", "{name} used to be passed on");
    }
    assert_eq!((asked.header("x-tenant"), asked.header("gov-client-public-ip")), ("1", "198.51.100.1"));
}

#[tokio::test]
async fn a_redirect_to_the_servers_own_network_is_not_followed() {
    let (api, proxy) = connected().await;
    for to in ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "/token", "//127.0.0.1/x"] {
        api.server.provider.api_behaves(ApiBehaviour::Redirects(to.to_owned()));
        let answer = send(&api, "GET", &format!("{proxy}/invoices")).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (302, ""), "{to}");
    }
    assert_eq!(api.server.provider.api_asked().len(), 4);
}

#[tokio::test]
async fn an_api_whose_host_somebody_named_is_never_in_a_private_network() {
    // The environment is what a person typed; here it was got past the check of its form.
    for (environment, due) in [
        ("https://127.0.0.1:9", "unreachable"),
        ("https://localhost:9", "unreachable"),
        ("http://127.0.0.1:9", "unreachable"),
        ("https://169.254.169.254/latest", "unreachable"),
        ("https://[::1]:9", "unreachable"),
        ("https://user:secret@10.0.0.1", "noApiAddress"),
        ("https://10.0.0.1/?x=", "noApiAddress"),
        ("not an address", "noApiAddress"),
    ] {
        let extra = "accounts_url = \"@/lists/companies\"\napi_url = \"{environment}\"";
        let services = vec![("dynamics365Finance", extra)];
        let options = ServerOptions { services, ..ServerOptions::default() };
        let api = BackEnd::of(TestServer::with_options(options).await).await;
        api.server
            .provider
            .lists("companies", serde_json::json!({ "value": [{ "LegalEntityId": "USMF", "Name": "A" }] }));
        let session = api.server.session_of(LIVE, "Harbour").await;
        let extra = "&dynamics365EnvironmentUrl=https://acme.operations.dynamics.com";
        let attempt = api.server.ask_to_begin(&session, "dynamics365Finance", extra).await.json();
        let popup = crate::support::browser::open(&api.server, &attempt).await;
        crate::support::browser::approve(&api.server, &popup).await;
        let id: ConnectionId = attempt.connection_id.unwrap();
        let token = session.access_token.expose();
        let chosen =
            serde_json::json!({ "accountId": "https://acme.operations.dynamics.com/USMF", "connectionId": id }).to_string();
        let answer = api.server.ask("POST", "/dynamics365Finance/account", Some(token), &chosen).await;
        assert!(answer.status.is_success(), "{}", answer.text());
        let mut binding = api.server.app.store.binding(&id).await.unwrap().unwrap();
        binding.variables.set("environment", environment);
        api.server.app.store.put_binding(&binding).await.unwrap();
        let answer = send(&api, "GET", &format!("/v2/connections/{id}/proxy/data/Customers")).await;
        assert_eq!(answer.header("railz-proxy-error"), due, "{environment}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_environment_of_a_company_cannot_leave_its_part_of_the_address() {
    let extra = "accounts_url = \"@/lists/companies\"\ncompanies_url = \"@/lists/{environment}\"\n\
                 api_url = \"@/api/{environment}/v2\"";
    let services = vec![("dynamicsBusinessCentral", extra)];
    let options = ServerOptions { services, ..ServerOptions::default() };
    let api = BackEnd::of(TestServer::with_options(options).await).await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    api.server.provider.lists("companies", serde_json::json!({ "value": [{ "name": "Production" }] }));
    api.server
        .provider
        .lists("Production", serde_json::json!({ "value": [{ "id": "1", "displayName": "A" }] }));
    let told = sign_in(&api.server, &session, "dynamicsBusinessCentral", "").await;
    let id = ConnectionId::new(told["connectionId"].as_str().unwrap());
    let token = session.access_token.expose();
    let body = serde_json::json!({ "accountId": "Production/1", "connectionId": id }).to_string();
    let answer = api.server.ask("POST", "/dynamicsBusinessCentral/account", Some(token), &body).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    let path = format!("/v2/connections/{id}/proxy/companies");
    send(&api, "GET", &path).await;
    assert_eq!(api.server.provider.api_asked().pop().unwrap().path, "/api/Production/v2/companies");
    let mut binding = api.server.app.store.binding(&id).await.unwrap().unwrap();
    let mut variables = AddressVariables::default();
    variables.set("environment", "x/../../../token?y#z");
    binding = binding.with_company(Company { variables, ..Company::of_id("1") });
    api.server.app.store.put_binding(&binding).await.unwrap();
    send(&api, "GET", &path).await;
    let asked = api.server.provider.api_asked().pop().unwrap().path;
    assert_eq!(asked, "/api/x%2F..%2F..%2F..%2Ftoken%3Fy%23z/v2/companies");
}

#[tokio::test]
async fn a_key_of_another_widget_calls_nothing_and_learns_nothing() {
    let (api, proxy) = connected().await;
    let (foreign, _) = add_key(&api.server, SANDBOX, &Scope::ALL).await;
    let foreign = BackEnd { key: foreign.expose().to_owned(), ..api };
    let theirs = send(&foreign, "GET", &format!("{proxy}/invoices")).await;
    let nobodys = send(&foreign, "GET", "/v2/connections/CON-nobody/proxy/invoices").await;
    assert_eq!((theirs.status.as_u16(), &theirs.body), (404, &nobodys.body));
    assert_eq!(foreign.server.provider.api_asked().len(), 0);
}

#[tokio::test]
async fn no_token_and_no_key_reaches_the_log_of_a_proxied_call() {
    let (api, proxy) = connected().await;
    let log = Log::listen();
    api.server.provider.api_behaves(ApiBehaviour::Refuses("access-2"));
    assert_eq!(send(&api, "GET", &format!("{proxy}/invoices?token=of-a-query")).await.status.as_u16(), 200);
    send(&api, "GET", &format!("{proxy}/../x")).await;
    let log = log.text();
    assert!(log.contains("passed a call of a back end on"), "{log}");
    for secret in ["access-2", "access-3", "refresh-2", "refresh-3", "of-a-query", api.key.as_str()] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}
