//! What a visit may see of a connection, and do with it: the one place that says so, asked anew at each request.
//!
//! Whoever knows a widget's id and a business's name has an open visit. So such a visit sees in full, chooses for and ends
//! only what was signed in to in it; of everything else it sees the outline. Anything else that a person may want, signing in
//! again shows to be theirs. A minted visit's business was named by the customer's back end: all of it is its own.

use jiff::Timestamp;

use crate::domain::attempt::Attempt;
use crate::domain::company::{ChoiceOrigin, CompanyBinding, PendingChoice};
use crate::domain::connection::{AuthorizationState, Connection, Tie};
use crate::domain::visit::{SessionKind, VisitId, Visitor};

/// How much of a connection is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everything.
    Full,
    /// Its id, service, kind and state, and the name of a bank: neither company nor account nor choice.
    Outline,
}

/// Whether a service tells to which company a sign-in was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyCheck {
    /// It does: another company than before is refused.
    Possible,
    /// It does not.
    Impossible,
}

/// What a sign-in may make of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRight {
    /// Any company: nothing is tied yet.
    Tie,
    /// The company that it stands for, and no other.
    Renew,
    /// Another company too, since no more than a page says that the one before is the business's.
    Replace,
    /// Nothing: nobody could tell whether it is the same company.
    Nothing,
}

/// How much of a connection a visitor sees.
pub fn visibility(visitor: Visitor<'_>, connection: &Connection) -> Visibility {
    match visitor.session_kind {
        SessionKind::Minted => Visibility::Full,
        SessionKind::Open if connection.signed_in_visit.as_ref() == Some(visitor.visit) => Visibility::Full,
        SessionKind::Open => Visibility::Outline,
    }
}

/// Whether a visitor sees the companies of a choice, and makes it.
pub fn may_choose(visitor: Visitor<'_>, choice: &PendingChoice) -> bool {
    match (visitor.session_kind, &choice.visit) {
        (SessionKind::Minted, _) => true,
        (SessionKind::Open, Some(visit)) => visit == visitor.visit,
        // Credentials that were typed before the visit was written down wait for half an hour after the upgrade.
        (SessionKind::Open, None) => matches!(choice.origin, ChoiceOrigin::Credentials(_)),
    }
}

/// Whether a visitor hears how an attempt of its business goes, and may end it.
pub fn may_follow(visitor: Visitor<'_>, attempt: &Attempt) -> bool {
    followed_visit(visitor).is_none_or(|followed| &attempt.visit == followed)
}

/// The one visit whose attempts a visitor may follow; nothing where it may follow all of its business.
pub fn followed_visit(visitor: Visitor<'_>) -> Option<&VisitId> {
    match visitor.session_kind {
        SessionKind::Minted => None,
        SessionKind::Open => Some(visitor.visit),
    }
}

/// What a visitor's sign-in may make of a connection.
pub fn sign_in_right(
    visitor: Visitor<'_>,
    connection: &Connection,
    binding: &CompanyBinding,
    check: CompanyCheck,
) -> SignInRight {
    let is_known = check == CompanyCheck::Possible && binding.company.is_some();
    match (connection.tie, visibility(visitor, connection)) {
        (Tie::Untied, _) => SignInRight::Tie,
        (Tie::By(SessionKind::Open), Visibility::Full) if visitor.session_kind == SessionKind::Minted => {
            SignInRight::Replace
        }
        (Tie::By(_) | Tie::Unknown, Visibility::Full) => SignInRight::Renew,
        (Tie::By(_) | Tie::Unknown, Visibility::Outline) if is_known => SignInRight::Renew,
        (Tie::By(_) | Tie::Unknown, Visibility::Outline) => SignInRight::Nothing,
    }
}

/// What a visitor may make of a sandbox connection by playing a case. Nobody proves anything there, and all of them stand for
/// one company: what a page played, a page may play again, and what a back end's visit played is out of a page's reach.
pub fn play_right(visitor: Visitor<'_>, connection: &Connection) -> SignInRight {
    match (connection.tie, visibility(visitor, connection)) {
        (Tie::Untied, _) => SignInRight::Tie,
        (Tie::By(SessionKind::Minted), Visibility::Outline) => SignInRight::Nothing,
        (Tie::By(_) | Tie::Unknown, _) => SignInRight::Renew,
    }
}

/// The order in which connections are listed: what nobody authorised yet stands behind everything else, and before it what a
/// page alone tied; then the oldest first. A host takes the first for the business's own.
pub fn list_place(connection: &Connection) -> (bool, bool, Timestamp) {
    let is_begun = connection.authorization == AuthorizationState::NeverAuthorized;
    (is_begun, connection.is_tied_by_page(), connection.tied_at.unwrap_or(connection.created_at))
}

#[cfg(test)]
mod tests {
    use railz_connect_contract::{BusinessUuid, ServiceKind, ServiceName};
    use uuid::Uuid;

    use super::*;
    use crate::domain::company::Company;
    use crate::domain::connection::new_id;
    use crate::domain::widget::Channel;

    const CHECKS: [CompanyCheck; 2] = [CompanyCheck::Possible, CompanyCheck::Impossible];

    fn connection(by: Option<Visitor<'_>>) -> (Connection, CompanyBinding) {
        let about = (ServiceName::new("xero"), ServiceKind::Accounting, Channel::Service);
        let now = Timestamp::UNIX_EPOCH;
        let new = Connection::new(new_id(Uuid::nil()), BusinessUuid::new("BIZ-1"), about, now);
        let binding = CompanyBinding::none(new.id.clone());
        match by {
            None => (new, binding),
            Some(_) => (new.authorised(by, now, None), binding.with_company(Company::of_id("1"))),
        }
    }

    #[test]
    fn a_page_renews_what_another_visit_tied_only_where_the_company_can_be_checked() {
        let (own, other) = (VisitId::new("VIS-1"), VisitId::new("VIS-2"));
        let open = |visit| Visitor { visit, session_kind: SessionKind::Open };
        let minted = |visit| Visitor { visit, session_kind: SessionKind::Minted };
        for by in [open(&own), minted(&own)] {
            let (tied, binding) = connection(Some(by));
            assert_eq!(visibility(open(&other), &tied), Visibility::Outline);
            let right = |check| sign_in_right(open(&other), &tied, &binding, check);
            assert_eq!(CHECKS.map(right), [SignInRight::Renew, SignInRight::Nothing]);
            let unknown = CompanyBinding::none(tied.id.clone());
            let right = |check| sign_in_right(open(&other), &tied, &unknown, check);
            assert_eq!(CHECKS.map(right), [SignInRight::Nothing; 2]);
            assert_eq!(visibility(minted(&other), &tied), Visibility::Full);
        }
    }

    #[test]
    fn a_back_ends_visit_replaces_what_a_page_tied_and_nothing_else() {
        let (own, other) = (VisitId::new("VIS-1"), VisitId::new("VIS-2"));
        let minted = Visitor { visit: &other, session_kind: SessionKind::Minted };
        for (session_kind, right) in
            [(SessionKind::Open, SignInRight::Replace), (SessionKind::Minted, SignInRight::Renew)]
        {
            let (tied, binding) = connection(Some(Visitor { visit: &own, session_kind }));
            assert_eq!(sign_in_right(minted, &tied, &binding, CompanyCheck::Possible), right);
            let completed = tied.authorised(Some(minted), Timestamp::UNIX_EPOCH, None);
            assert_eq!(completed.tie, Tie::By(SessionKind::Minted));
        }
        let (new, binding) = connection(None);
        assert_eq!(sign_in_right(minted, &new, &binding, CompanyCheck::Impossible), SignInRight::Tie);
    }
}
