//! Which service has which profile. One that is not in the table does nothing in its own way but to list companies, as
//! plainly as can be, so that a service of a server's configuration alone can be practised with.

use serde_json::Value;

use super::{
    company::Company,
    company_lists,
    profile::{
        AccessTokenFormat, CompanyList, ExtraValue, LifetimeFormat, ListedCompanies, Profile,
        RefreshRotation, STANDARD, Signature,
    },
};

/// A list of all companies of the person who signed in.
const fn all_of_person(write: fn(&[Company]) -> Value) -> CompanyList {
    CompanyList { companies: ListedCompanies::AllOfPerson, write }
}

/// A list of the one company that was granted.
const fn granted_only(write: fn(&[Company]) -> Value) -> CompanyList {
    CompanyList { companies: ListedCompanies::GrantedOnly, write }
}

/// Finds the profile of a service.
pub fn find(id: &str) -> Profile {
    match id {
        "quickbooks" => Profile { callback: &[("realmId", ExtraValue::CompanyId)], ..STANDARD },
        "xero" => Profile {
            lifetime: 1800,
            access: AccessTokenFormat::Jwt,
            list: Some(granted_only(company_lists::write_xero)),
            ..STANDARD
        },
        "freshbooks" => Profile {
            lifetime: 43_200,
            list: Some(all_of_person(company_lists::write_freshbooks)),
            ..STANDARD
        },
        "sageBusinessCloud" => {
            Profile { lifetime: 300, list: Some(all_of_person(company_lists::write_sage)), ..STANDARD }
        }
        "zohoBooks" => Profile {
            callback: &[("location", ExtraValue::Fixed("us")), ("accounts-server", ExtraValue::Issuer)],
            refresh: RefreshRotation::Stays,
            list: Some(all_of_person(company_lists::write_zoho)),
            ..STANDARD
        },
        "wave" => Profile {
            callback: &[("businessId", ExtraValue::CompanyId)],
            token: &[("businessId", ExtraValue::CompanyId)],
            ..STANDARD
        },
        "myob" => Profile {
            callback: &[("businessId", ExtraValue::CompanyId), ("businessName", ExtraValue::CompanyName)],
            lifetime: 1200,
            lifetime_format: LifetimeFormat::Text,
            list: Some(granted_only(company_lists::write_myob)),
            ..STANDARD
        },
        "dynamicsBusinessCentral" | "dynamics365Finance" => {
            Profile { list: Some(all_of_person(company_lists::write_dynamics)), ..STANDARD }
        }
        "shopify" => Profile {
            callback: &[("shop", ExtraValue::Shop), ("timestamp", ExtraValue::Fixed("1772357400"))],
            signature: Signature::Hmac,
            ..STANDARD
        },
        "square" => Profile {
            token: &[("merchant_id", ExtraValue::CompanyId)],
            lifetime: 30 * 24 * 3600,
            lifetime_format: LifetimeFormat::Moment,
            refresh: RefreshRotation::Stays,
            list: Some(all_of_person(company_lists::write_square)),
            ..STANDARD
        },
        _ => Profile { list: Some(all_of_person(company_lists::write_plain)), ..STANDARD },
    }
}
