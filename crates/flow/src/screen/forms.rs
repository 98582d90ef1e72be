//! What the screens with a form show: credentials, the connector, a question, a list to choose from.

use railz_connect_contract::ConnectorPassword;

use super::service_label::ServiceLabel;
use crate::field::Field;
use crate::guide::Guide;
use crate::question::{AnswerError, Question};
use crate::state::{ConnectorNotice, CredentialsError};

/// A form with instructions above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldsScreen {
    /// The service that the screen is about.
    pub service: ServiceLabel,
    /// Who asks for the connection; may be empty.
    pub customer_name: String,
    /// The instructions beside the form, as far as they are here.
    pub guide: Guide,
    /// The fields in their order.
    pub fields: Vec<Field>,
    /// Those that are not right yet.
    pub problems: Vec<Field>,
    /// What became of the last try.
    pub error: Option<CredentialsError>,
    /// Whether what was filled in is being tried.
    pub busy: bool,
}

/// What QuickBooks Web Connector needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorScreen {
    /// The service that the screen is about.
    pub service: ServiceLabel,
    /// The instructions beside the form, as far as they are here.
    pub guide: Guide,
    /// Where people get the connector.
    pub url: String,
    /// The name of the file it takes.
    pub file_name: String,
    /// The password it asks for.
    pub password: ConnectorPassword,
    /// Whether the password can be read.
    pub revealed: bool,
    /// What the last press led to.
    pub note: Option<ConnectorNotice>,
    /// Whether the business is connected already, so that the person may leave it at that.
    pub connected: bool,
}

/// The question of a service, with its answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionField {
    /// What is asked.
    pub question: Question,
    /// What was answered.
    pub answer: String,
    /// What is wrong with it.
    pub problem: Option<AnswerError>,
}

/// One option of a form's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormChoice<T> {
    /// What the option stands for.
    pub value: T,
    /// Whether it is the chosen one.
    pub chosen: bool,
}
