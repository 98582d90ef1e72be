//! Samples of the screens on which something is typed, taken to another program, or linked over the page.

use railz_connect_contract::ConnectorPassword;
use railz_connect_flow::field::{CredentialForm, Field};
use railz_connect_flow::guide::Guide;
use railz_connect_flow::screen::{ConnectorScreen, Content, FieldsScreen};
use railz_connect_flow::state::{ConnectorNotice, CredentialsError};

use crate::fixtures::{CUSTOMER, service};

/// Credentials of Oracle NetSuite, as they are come to.
pub(crate) fn netsuite() -> FieldsScreen {
    FieldsScreen {
        service: service("oracleNetsuite"),
        customer_name: CUSTOMER.to_owned(),
        guide: Guide::Ready,
        fields: CredentialForm::Netsuite.fields().to_vec(),
        problems: vec![],
        error: None,
        busy: false,
    }
}

/// The same, with nothing in them yet and everything missing.
pub(crate) fn incomplete() -> FieldsScreen {
    FieldsScreen { problems: netsuite().fields, guide: Guide::Missing, ..netsuite() }
}

/// Credentials of Sage Intacct that were refused.
pub(crate) fn refused() -> FieldsScreen {
    let words =
        "Sage Intacct does not accept these credentials. Check the company id, the user id and the password.";
    FieldsScreen {
        service: service("sageIntacct"),
        fields: CredentialForm::Intacct.fields().to_vec(),
        error: Some(CredentialsError::Message(words.to_owned())),
        ..netsuite()
    }
}

/// Credentials that are being tried.
pub(crate) fn checking() -> FieldsScreen {
    FieldsScreen { busy: true, guide: Guide::Missing, ..netsuite() }
}

/// The addresses that Business Central may be asked for.
pub(crate) fn web_services() -> Content {
    let fields = vec![Field::VendorList, Field::VendorCard, Field::CustomerList, Field::CustomerCard];
    Content::WebServices(Box::new(FieldsScreen {
        service: service("dynamicsBusinessCentral"),
        fields,
        problems: vec![Field::VendorCard],
        ..netsuite()
    }))
}

/// What QuickBooks Web Connector needs.
pub(crate) fn connector(revealed: bool, note: Option<ConnectorNotice>, connected: bool) -> Content {
    Content::Connector(Box::new(ConnectorScreen {
        service: service("quickbooksDesktop"),
        guide: Guide::Ready,
        url: "#connector".to_owned(),
        file_name: "Harbour-Ba.qwc".to_owned(),
        password: ConnectorPassword::new("kQ3v-81xT-pp0Z-sample"),
        revealed,
        note,
        connected,
    }))
}

/// The instructions on these samples, as a module of `npm/on-demand` has them; in JSON.
pub const GUIDE_STEPS: &str = r#"[
    {
        "title": "Switch the feature on",
        "path": ["Setup", "Company", "Enable Features", "SuiteCloud"],
        "paragraphs": ["Sign in as an administrator, tick the box, and save."],
        "picture": {
            "height": "112",
            "description": "A form with one box ticked.",
            "shapes": [
                { "part": "sheet", "path": "M8 6h304v100h-304z" },
                { "part": "title", "x": "20", "y": "27", "text": "SuiteCloud" },
                { "part": "here", "path": "M20 43h16v16h-16z" },
                { "part": "", "path": "M23 51l4 4 6 -8" },
                { "part": "told", "x": "46", "y": "55", "text": "Token-based Authentication" },
                { "part": "fill", "path": "M20 72h86v24h-86z" },
                { "part": "press", "x": "32", "y": "88", "text": "Save" }
            ]
        }
    },
    { "title": "Fill in the form below", "path": [], "paragraphs": [] }
]"#;
