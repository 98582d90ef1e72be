//! What each route does, in the audit's word. A route that only reads what is no secret has none, and is audited where it is
//! refused, as another call with its name. Whoever adds one that changes something names it here.

use axum::http::Method;

use crate::domain::audit_event::AuditAction;

/// The action of a route, whose parts in braces are as the router has them.
pub(super) fn action(method: &Method, route: &str) -> Option<AuditAction> {
    use AuditAction as A;
    Some(match (method.as_str(), route) {
        ("POST", "/widget/session/{widget}") => A::OpenSession,
        ("DELETE", "/widget/session") => A::EndSession,
        ("POST", "/widget/connectionToken") => A::IssueConnectionToken,
        ("GET", "/services/url") | ("POST", "/plaid/createLinkToken") => A::BeginSignIn,
        ("POST", "/oauth/start/{token}" | "/oauth/start/{token}/proof") => A::LeaveForService,
        ("GET", "/oauth/callback" | "/oauth/callback/{service}") | ("POST", "/sandbox/login/{attempt}") => {
            A::FinishSignIn
        }
        ("POST", "/oracleNetsuite/account" | "/sageIntacct/account" | "/plaid/setAccessToken")
        | ("PATCH", "/plaid/updateConnection") => A::EnterCredentials,
        ("POST", "/sageIntacct/account/subsidiary" | "/{service}/account") => A::ChooseCompany,

        ("POST", "/hosted/{link}/session") => A::OpenLink,

        ("POST", "/v2/sessions") => A::MintSession,
        ("POST", "/v2/businesses/generateUrl") => A::CreateLink,
        ("DELETE", "/v2/links/{link}") => A::RevokeLink,
        ("POST", "/v2/businesses") => A::CreateBusiness,
        ("PUT", "/v2/businesses/{business}") => A::RenameBusiness,
        ("DELETE", "/v2/businesses/{business}") => A::DeleteBusiness,
        ("POST", "/v2/businesses/{business}/connection/migrate") => A::MigrateConnection,
        ("PUT", "/v2/connections/disconnect") => A::DisconnectConnection,
        ("POST", "/v2/connections/redeem") => A::RedeemConnectionToken,
        ("DELETE", "/v2/connections/{connection}") => A::DeleteConnection,
        ("POST", "/v2/connections/{connection}/untie") => A::UntieConnection,
        ("GET", "/v2/connections/{connection}/access-token") => A::ReadAccessToken,
        ("POST", "/v2/webhooks") => A::RegisterWebhook,
        ("PATCH", "/v2/webhooks/{webhook}") => A::ChangeWebhook,
        ("DELETE", "/v2/webhooks/{webhook}") => A::DeleteWebhook,
        ("POST", "/v2/webhooks/{webhook}/rotateSecret") => A::RotateWebhookSecret,
        ("POST", "/v2/webhooks/{webhook}/deliveries/{delivery}/replay") => A::ReplayDelivery,
        ("POST", "/sandbox/fireWebhooks") => A::FireWebhooks,
        (_, route) if route.starts_with("/v2/connections/{connection}/proxy") => A::CallService,
        _ => return None,
    })
}
