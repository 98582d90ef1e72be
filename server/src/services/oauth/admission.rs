//! Whether a sign-in may make anything of a connection, once it is known which companies it opens.
//!
//! `access/rights.rs` says what a visit may; here it is carried out: what a page alone had tied gives way to a person whom the
//! customer's back end vouches for, and companies that the business has already are no further connections.

use super::service::Service;
use crate::access::rights::{SignInRight, sign_in_right};
use crate::app::App;
use crate::domain::attempt::{Attempt, ChoiceScreen, Refusal};
use crate::domain::company::{Company, CompanyBinding};
use crate::domain::connection::Connection;
use crate::domain::credential::StoredCredential;
use crate::services::company;
use crate::services::company_beside::find_beside;
use crate::services::oauth::profile::CompanyChoice;
use crate::services::sign_in_target::is_anothers_choice;
use crate::store::StoreError;

/// A connection as a sign-in may go on with it.
pub(super) struct Admission<'a> {
    pub connection: Connection,
    pub before: CompanyBinding,
    pub companies: Vec<Company>,
    /// What the connection holds so far; nothing where that gave way.
    pub older: Option<&'a StoredCredential>,
}

/// Admits a sign-in that opens these companies, or refuses it with nothing changed.
pub(super) async fn admit<'a>(
    app: &App,
    service: &Service,
    attempt: &Attempt,
    connection: Connection,
    companies: Vec<Company>,
    older: Option<&'a StoredCredential>,
) -> Result<Result<Admission<'a>, Refusal>, StoreError> {
    // It began before the other visit's choice was due.
    if is_anothers_choice(app, attempt.visitor(), &connection.id).await? {
        return Ok(Err(Refusal::DifferentAccount));
    }
    let before = company::read_binding(app, &connection.id).await?;
    let right = sign_in_right(attempt.visitor(), &connection, &before, service.company_check());
    let mut admitted = Admission { connection, before, companies, older };
    match right {
        SignInRight::Nothing => return Ok(Err(Refusal::DifferentAccount)),
        SignInRight::Replace if opens_another(&admitted) => {
            if is_single_a_duplicate(app, service, attempt, &admitted).await? {
                return Ok(Err(Refusal::DuplicateAccount));
            }
            let id = &admitted.connection.id;
            tracing::warn!(connection = %id, "a minted visit puts another company in place of a page's");
            admitted.connection = company::untie(app, admitted.connection).await?;
            admitted.before = company::read_binding(app, &admitted.connection.id).await?;
            admitted.older = None;
        }
        SignInRight::Tie | SignInRight::Renew | SignInRight::Replace => {}
    }
    if admitted.before.company.is_none() && !admitted.companies.is_empty() {
        let taken = find_beside(app, &admitted.connection).await?;
        admitted.companies.retain(|company| !taken.contains(&company.identity));
        if admitted.companies.is_empty() {
            return Ok(Err(Refusal::ConnectedHere));
        }
    }
    Ok(Ok(admitted))
}

/// Whether the company that the connection stands for is none of those that the sign-in opens.
fn opens_another(admitted: &Admission<'_>) -> bool {
    let bound = admitted.before.company.as_ref();
    bound.is_some_and(|bound| !admitted.companies.iter().any(|company| company.identity == bound.identity))
}

/// Whether the only company there is to connect is another business's: then what stood before stays.
async fn is_single_a_duplicate(
    app: &App,
    service: &Service,
    attempt: &Attempt,
    admitted: &Admission<'_>,
) -> Result<bool, StoreError> {
    let Admission { connection, companies, .. } = admitted;
    let single = companies.first().filter(|_| !is_persons_choice(service, attempt, companies));
    let Some(single) = single else { return Ok(false) };
    let found = app.store.find_connected_elsewhere(connection, &single.identity, app.now()).await?;
    Ok(found.is_some())
}

/// Whether a person is to choose among these companies.
pub(super) fn is_persons_choice(service: &Service, attempt: &Attempt, companies: &[Company]) -> bool {
    match service.profile.company_choice {
        CompanyChoice::FirstGranted => false,
        CompanyChoice::ByPerson(_) => !companies.is_empty(),
        CompanyChoice::ByPersonIfSeveral(_) => {
            attempt.choice_screen == ChoiceScreen::Shown && companies.len() > 1
        }
    }
}
