//! A grant that a newer one replaced: given back to the service where that ends nothing else.

use crate::companies::{sign_in, start_with};
use crate::support::{LIVE, TEST_DEADLINE};
use railz_connect_contract::{Connection, ConnectionState};

#[tokio::test]
async fn a_replaced_grant_is_not_given_back_where_nobody_says_that_this_ends_nothing_else() {
    let careful = "name = \"Plain Books\"\nrevoke_url = \"@/revoke\"\naccount_parameter = \"company\"\n\
                 company_url = \"@/companies/{company}\"\ncompany_id = \"/id\"\ncompany_name = \"/name\"";
    let told = "name = \"Plain Books\"\nrevoke_url = \"@/revoke\"\nrevocation_ends = \"access\"\n\
                account_parameter = \"company\"\n\
                 company_url = \"@/companies/{company}\"\ncompany_id = \"/id\"\ncompany_name = \"/name\"";
    for extra in [careful, told] {
        let server = start_with("plainBooks", extra).await;
        let session = server.session_of(LIVE, "Harbour").await;
        for company in ["1", "1", "2"] {
            sign_in(&server, &session, "plainBooks", &format!("&company={company}")).await;
        }
        server.app.finishing.close();
        tokio::time::timeout(TEST_DEADLINE, server.app.finishing.wait()).await.unwrap();
        assert_eq!(server.provider.revoked(), [""; 0]);
    }
}

#[tokio::test]
async fn a_replaced_grant_is_given_back_where_that_ends_nothing_else() {
    let extra = "name = \"Plain Books\"\nrevoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"\n\
                 account_parameter = \"company\"\n\
                 company_url = \"@/companies/{company}\"\ncompany_id = \"/id\"\ncompany_name = \"/name\"";
    let server = start_with("plainBooks", extra).await;
    let session = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &session, "plainBooks", "&company=1").await;
    let older = "refresh-2".to_owned();
    sign_in(&server, &session, "plainBooks", "&company=1").await;
    let refused: Connection =
        serde_json::from_value(sign_in(&server, &session, "plainBooks", "&company=2").await).unwrap();
    assert_eq!(refused.state, ConnectionState::Invalid);
    server.app.finishing.close();
    tokio::time::timeout(TEST_DEADLINE, server.app.finishing.wait()).await.unwrap();
    let mut revoked = server.provider.revoked();
    revoked.sort();
    assert_eq!(
        revoked,
        [older, "refresh-6".to_owned()],
        "the replaced one and the refused one, not the one in use"
    );
}
