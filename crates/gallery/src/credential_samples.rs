//! Samples of the screens on which something is typed, taken to another program, or linked over the page.

use std::sync::Arc;

use railz_connect_contract::ConnectorPassword;
use railz_connect_flow::field::{CredentialForm, Field};
use railz_connect_flow::guide::{Guide, GuideStep, Picture, Shape};
use railz_connect_flow::screen::{ConnectorScreen, Content, FieldsScreen};
use railz_connect_flow::state::{ConnectorNotice, CredentialsError};

use crate::fixtures::{CUSTOMER, service};

/// Credentials of Oracle NetSuite, as they are come to.
pub(crate) fn netsuite() -> FieldsScreen {
    FieldsScreen {
        service: service("oracleNetsuite"),
        customer_name: CUSTOMER.to_owned(),
        guide: Guide::Ready(guide()),
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
        guide: Guide::Ready(guide()),
        url: "#connector".to_owned(),
        file_name: "Harbour-Ba.qwc".to_owned(),
        password: ConnectorPassword::new("kQ3v-81xT-pp0Z-sample"),
        revealed,
        note,
        connected,
    }))
}

fn guide() -> Arc<Vec<GuideStep>> {
    let line = |part: &str, path: &str| Shape::Line { part: part.to_owned(), path: path.to_owned() };
    let words = |part: &str, x: &str, y: &str, text: &str| Shape::Words {
        part: part.to_owned(),
        x: x.to_owned(),
        y: y.to_owned(),
        text: text.to_owned(),
    };
    let picture = Picture {
        height: "112".to_owned(),
        description: "A form with one box ticked.".to_owned(),
        shapes: vec![
            line("sheet", "M8 6h304v100h-304z"),
            words("title", "20", "27", "SuiteCloud"),
            line("here", "M20 43h16v16h-16z"),
            line("", "M23 51l4 4 6 -8"),
            words("told", "46", "55", "Token-based Authentication"),
            line("fill", "M20 72h86v24h-86z"),
            words("press", "32", "88", "Save"),
        ],
    };
    let path = ["Setup", "Company", "Enable Features", "SuiteCloud"].map(str::to_owned).into();
    let paragraphs = vec!["Sign in as an administrator, tick the box, and save.".to_owned()];
    Arc::new(vec![
        GuideStep { title: "Switch the feature on".to_owned(), path, paragraphs, picture: Some(picture) },
        GuideStep { title: "Fill in the form below".to_owned(), ..GuideStep::default() },
    ])
}
