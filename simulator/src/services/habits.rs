//! What services do each in their own way, as data: what the callback and the token answer say besides, how long a token
//! lives, how companies are listed. A service that is not in the table goes by the book and lists them as plainly as can be.

use serde_json::{Value, json};

use super::company::Company;

/// A service's habits.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// What the callback carries beside `code`, `state` and `iss`.
    pub callback: &'static [(&'static str, Piece)],
    /// Whether the callback is signed with the client's secret (Shopify's `hmac`).
    pub signature: Signature,
    /// What the token answer says beside the standard fields.
    pub token: &'static [(&'static str, Piece)],
    /// How long an access token is good for, in seconds.
    pub lifetime: u64,
    /// How the token answer says that.
    pub lifetime_as: LifetimeAs,
    /// What a refresh does to its token.
    pub refresh: Refresh,
    /// What an access token looks like.
    pub access: Access,
    /// How companies are listed; by the book they are not.
    pub list: Option<List>,
}

/// A value that depends on what was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The company's id.
    CompanyId,
    /// The company's name.
    CompanyName,
    /// The host name of the shop that was asked for.
    Shop,
    /// The service's own address here.
    Issuer,
    /// These very words.
    Words(&'static str),
}

/// Whether a callback is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// It is not.
    None,
    /// `hmac` over all other parameters.
    Hmac,
}

/// How a lifetime is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifetimeAs {
    /// `expires_in`, a number.
    Number,
    /// `expires_in`, a text.
    Text,
    /// `expires_at`, a moment.
    Moment,
}

/// What a refresh does to its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// It is used up, and a new one comes.
    Rotates,
    /// It stays good, and the answer has none.
    Stays,
}

/// What an access token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// An opaque word.
    Word,
    /// A JWT that names the sign-in it came from (Xero).
    Jwt,
}

/// A list of companies.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Which companies are in it.
    pub whose: Whose,
    /// The answer's shape.
    pub shape: fn(&[Company]) -> Value,
}

/// Which companies a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All of the person who signed in.
    Persons,
    /// The one that was granted.
    Granted,
}

const BY_THE_BOOK: Habits = Habits {
    callback: &[],
    signature: Signature::None,
    token: &[],
    lifetime: 3600,
    lifetime_as: LifetimeAs::Number,
    refresh: Refresh::Rotates,
    access: Access::Word,
    list: None,
};

fn each(companies: &[Company], item: impl Fn(&Company) -> Value) -> Value {
    companies.iter().map(item).collect()
}

const fn persons(shape: fn(&[Company]) -> Value) -> List {
    List { whose: Whose::Persons, shape }
}

/// The habits of a service.
pub fn of(id: &str) -> Habits {
    match id {
        "quickbooks" => Habits { callback: &[("realmId", Piece::CompanyId)], ..BY_THE_BOOK },
        "xero" => Habits {
            lifetime: 1800,
            access: Access::Jwt,
            list: Some(List {
                whose: Whose::Granted,
                shape: |companies| {
                    each(companies, |company| {
                        json!({
                            "id": format!("connection-{}", company.id), "tenantId": company.id,
                            "tenantName": company.name, "tenantType": "ORGANISATION",
                        })
                    })
                },
            }),
            ..BY_THE_BOOK
        },
        "freshbooks" => Habits {
            lifetime: 43_200,
            list: Some(persons(|companies| {
                let memberships = each(companies, |company| {
                    let number: u64 = company.id.parse().unwrap_or_default();
                    json!({"role": "owner", "business": {
                        "id": number, "name": company.name, "account_id": format!("aC{number}"),
                    }})
                });
                json!({"response": {"business_memberships": memberships}})
            })),
            ..BY_THE_BOOK
        },
        "sageBusinessCloud" => Habits {
            lifetime: 300,
            list: Some(persons(|companies| {
                let items =
                    each(companies, |company| json!({"id": company.id, "displayed_as": company.name}));
                json!({"$total": companies.len(), "$page": 1, "$items": items})
            })),
            ..BY_THE_BOOK
        },
        "zohoBooks" => Habits {
            callback: &[("location", Piece::Words("us")), ("accounts-server", Piece::Issuer)],
            refresh: Refresh::Stays,
            list: Some(persons(|companies| {
                let organisations =
                    each(companies, |company| json!({"organization_id": company.id, "name": company.name}));
                json!({"code": 0, "message": "success", "organizations": organisations})
            })),
            ..BY_THE_BOOK
        },
        "wave" => Habits { token: &[("businessId", Piece::CompanyId)], ..BY_THE_BOOK },
        "myob" => Habits {
            callback: &[("businessId", Piece::CompanyId), ("businessName", Piece::CompanyName)],
            lifetime: 1200,
            lifetime_as: LifetimeAs::Text,
            list: Some(List {
                whose: Whose::Granted,
                shape: |companies| each(companies, |company| json!({"Id": company.id, "Name": company.name})),
            }),
            ..BY_THE_BOOK
        },
        "dynamicsBusinessCentral" | "dynamics365Finance" => Habits {
            list: Some(persons(|companies| {
                let value = each(companies, |company| {
                    json!({
                        "id": company.id, "name": company.name, "displayName": company.name,
                        "LegalEntityId": company.id, "Name": company.name,
                    })
                });
                json!({ "value": value })
            })),
            ..BY_THE_BOOK
        },
        "shopify" => Habits {
            callback: &[("shop", Piece::Shop), ("timestamp", Piece::Words("1772357400"))],
            signature: Signature::Hmac,
            ..BY_THE_BOOK
        },
        "square" => Habits {
            token: &[("merchant_id", Piece::CompanyId)],
            lifetime: 30 * 24 * 3600,
            lifetime_as: LifetimeAs::Moment,
            refresh: Refresh::Stays,
            list: Some(persons(|companies| {
                let locations = each(
                    companies,
                    |company| json!({"id": company.id, "name": company.name, "status": "ACTIVE"}),
                );
                json!({ "locations": locations })
            })),
            ..BY_THE_BOOK
        },
        _ => Habits {
            list: Some(persons(|companies| {
                let companies = each(companies, |company| json!({"id": company.id, "name": company.name}));
                json!({ "companies": companies })
            })),
            ..BY_THE_BOOK
        },
    }
}
