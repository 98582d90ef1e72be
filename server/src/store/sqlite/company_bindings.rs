//! The rows that say which company a connection stands for, and the one answer to "has another business connected it?".

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;
use sqlx::SqliteConnection;

use super::attempts;
use super::row::{At, to_milliseconds};
use crate::domain::company::{AddressVariables, Company, CompanyBinding};
use crate::domain::company_details::CompanyDetails;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::visit::VisitId;
use crate::store::{BindingGuard, Replaced, StoreError};

#[derive(sqlx::FromRow)]
pub(super) struct CompanyBindingRow {
    connection_id: String,
    identity: Option<String>,
    company_id: Option<String>,
    entity: Option<String>,
    company_name: Option<String>,
    company_number: Option<String>,
    variables: String,
    missing_scopes: String,
    duplicate_for: Option<String>,
    service_data: String,
    version: i64,
    legal_name: Option<String>,
    country: Option<String>,
    currency: Option<String>,
    fiscal_year_start_month: Option<i64>,
    replaced_at: Option<i64>,
}

impl TryFrom<CompanyBindingRow> for CompanyBinding {
    type Error = StoreError;

    fn try_from(row: CompanyBindingRow) -> Result<Self, StoreError> {
        let at = At { table: "company_bindings", id: &row.connection_id };
        let variables = at.json("variables", &row.variables)?;
        let missing_scopes = at.json("missing_scopes", &row.missing_scopes)?;
        let service_data = at.json("service_data", &row.service_data)?;
        let company = match (row.identity, row.company_id) {
            (Some(identity), Some(id)) => Some(Company {
                identity,
                id,
                entity: row.entity,
                name: row.company_name,
                number: row.company_number,
                variables: AddressVariables::default(),
                details: CompanyDetails {
                    legal_name: row.legal_name,
                    country: row.country,
                    currency: row.currency,
                    fiscal_year_start_month: row
                        .fiscal_year_start_month
                        .map(u8::try_from)
                        .transpose()
                        .map_err(|_| at.impossible_row("fiscal_year_start_month", "is no month"))?,
                },
            }),
            (None, None) => match (row.entity, row.company_name, row.company_number) {
                (None, None, None) => None,
                _ => return Err(at.impossible_row("company_id", "is NULL where name or number is set")),
            },
            (Some(_), None) | (None, Some(_)) => {
                return Err(at.impossible_row("identity", "and company_id are not both set"));
            }
        };
        let replaced_at = row.replaced_at.map(|moment| at.moment("replaced_at", moment)).transpose()?;
        Ok(Self {
            connection: ConnectionId::new(row.connection_id),
            company,
            variables,
            missing_scopes,
            replaced_at,
            duplicate_for: row.duplicate_for.map(VisitId::new),
            service_data,
            version: row.version,
        })
    }
}

/// Writes a binding over the version it was made from, or over any where none is expected.
async fn write(
    connection: &mut SqliteConnection,
    binding: &CompanyBinding,
    expected: Option<i64>,
) -> Result<Replaced, StoreError> {
    let at = At { table: "company_bindings", id: binding.connection.as_str() };
    let company = binding.company.as_ref();
    let details = company.map(|company| &company.details);
    let done = sqlx::query(
        "INSERT INTO company_bindings (connection_id, identity, company_id, entity, company_name, company_number,
             variables, missing_scopes, duplicate_for, service_data, legal_name, country, currency,
             fiscal_year_start_month, replaced_at, version)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?12, ?13, ?14, ?15, ?16, 1
         WHERE coalesce(?11, 0) = 0 OR EXISTS (SELECT 1 FROM company_bindings WHERE connection_id = ?1)
         ON CONFLICT (connection_id) DO UPDATE SET identity = excluded.identity,
             company_id = excluded.company_id, entity = excluded.entity, company_name = excluded.company_name,
             company_number = excluded.company_number, variables = excluded.variables,
             missing_scopes = excluded.missing_scopes, duplicate_for = excluded.duplicate_for,
             service_data = excluded.service_data, legal_name = excluded.legal_name,
             country = excluded.country, currency = excluded.currency,
             fiscal_year_start_month = excluded.fiscal_year_start_month, replaced_at = excluded.replaced_at,
             version = company_bindings.version + 1
         WHERE ?11 IS NULL OR company_bindings.version = ?11",
    )
    .bind(binding.connection.as_str())
    .bind(company.map(|company| &company.identity))
    .bind(company.map(|company| &company.id))
    .bind(company.and_then(|company| company.entity.as_ref()))
    .bind(company.and_then(|company| company.name.as_ref()))
    .bind(company.and_then(|company| company.number.as_ref()))
    .bind(at.to_json("variables", &binding.variables)?)
    .bind(at.to_json("missing_scopes", &binding.missing_scopes)?)
    .bind(binding.duplicate_for.as_ref().map(VisitId::as_str))
    .bind(binding.service_data.to_string())
    .bind(expected)
    .bind(details.and_then(|details| details.legal_name.as_ref()))
    .bind(details.and_then(|details| details.country.as_ref()))
    .bind(details.and_then(|details| details.currency.as_ref()))
    .bind(details.and_then(|details| details.fiscal_year_start_month))
    .bind(binding.replaced_at.map(to_milliseconds))
    .execute(connection)
    .await?;
    Ok(if done.rows_affected() == 1 { Replaced::Yes } else { Replaced::Overtaken })
}

/// Empties a binding, in a newer version.
pub(super) async fn forget(connection: &mut SqliteConnection, id: &ConnectionId) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE company_bindings SET identity = NULL, company_id = NULL, entity = NULL, company_name = NULL,
             company_number = NULL, variables = '{}', missing_scopes = '[]', duplicate_for = NULL,
             service_data = 'null', legal_name = NULL, country = NULL, currency = NULL,
             fiscal_year_start_month = NULL, replaced_at = NULL, version = version + 1
         WHERE connection_id = ?",
    )
    .bind(id.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes a binding, whatever was there before.
pub(super) async fn overwrite(
    connection: &mut SqliteConnection,
    binding: &CompanyBinding,
) -> Result<(), StoreError> {
    write(connection, binding, None).await?;
    Ok(())
}

/// Writes a binding, and ends the attempt that guards it; nothing of both where the guard finds a change.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    guard: BindingGuard<'_>,
    binding: &CompanyBinding,
) -> Result<Replaced, StoreError> {
    match guard {
        BindingGuard::Version => write(connection, binding, Some(binding.version)).await,
        BindingGuard::Attempt { was, is } => {
            if is_bound_to_another(connection, binding).await?
                || attempts::replace(connection, was, is).await? == Replaced::Overtaken
            {
                return Ok(Replaced::Overtaken);
            }
            write(connection, binding, None).await
        }
    }
}

/// Whether the connection was bound meanwhile, to another company than this.
async fn is_bound_to_another(
    connection: &mut SqliteConnection,
    binding: &CompanyBinding,
) -> Result<bool, StoreError> {
    let bound: Option<Option<String>> =
        sqlx::query_scalar("SELECT identity FROM company_bindings WHERE connection_id = ?")
            .bind(binding.connection.as_str())
            .fetch_optional(connection)
            .await?;
    let company = binding.company.as_ref().map(|company| &company.identity);
    Ok(bound.flatten().is_some_and(|bound| Some(&bound) != company))
}

/// A connection of another business of the same widget to the company of this identity that is active at this moment.
pub(super) async fn find_connected_elsewhere(
    connection: &mut SqliteConnection,
    mine: &Connection,
    identity: &str,
    at: Timestamp,
) -> Result<Option<ConnectionId>, StoreError> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT c.id FROM company_bindings d
         JOIN connections c ON c.id = d.connection_id
         JOIN businesses b ON b.id = c.business_id
         WHERE d.identity = ? AND c.service = ? AND c.business_id <> ?
           AND c.channel = 'service' AND c.standing = 'active' AND c.expires_at > ?
           AND b.widget_id = (SELECT widget_id FROM businesses WHERE id = ?) LIMIT 1",
    )
    .bind(identity)
    .bind(mine.service.as_str())
    .bind(mine.business.as_str())
    .bind(to_milliseconds(at))
    .bind(mine.business.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ConnectionId::new))
}

/// Whether the company of this binding is another business's, as from when the connection is to stand.
pub(super) async fn is_duplicate(
    connection: &mut SqliteConnection,
    mine: &Connection,
    binding: &CompanyBinding,
) -> Result<bool, StoreError> {
    let (Some(company), AuthorizationState::Active { since, .. }) = (&binding.company, mine.authorization)
    else {
        return Ok(false);
    };
    Ok(find_connected_elsewhere(connection, mine, &company.identity, since).await?.is_some())
}
