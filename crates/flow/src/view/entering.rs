//! The screens of services that people connect by what they type, or by a file they take to another program.

use crate::field::Field;
use crate::guide::Guide;
use crate::screen::{ConnectorScreen, Content, FieldsScreen, ServiceLabel};
use crate::service::{ConnectMethod, SelectedService};
use crate::session::Session;
use crate::state::{Entering, EntryStep, WebConnector, file_name};

pub(super) fn content(session: &Session, stage: &Entering) -> Content {
    let (problems, error, busy): (&[Field], _, _) = match &stage.step {
        EntryStep::Beginning(_) => return Content::Opening(ServiceLabel::of(&stage.service)),
        EntryStep::Connector(connector) => return connector_screen(session, stage, connector),
        EntryStep::Filling { problems, error } => (problems, error.clone(), false),
        EntryStep::Checking(_) | EntryStep::Confirming { .. } => (&[], None, true),
    };
    let fields = match stage.service.method() {
        ConnectMethod::Credentials(form) => form.fields().to_vec(),
        _ => Vec::new(),
    };
    let screen = fields_screen(session, &stage.service, stage.guide, fields, problems);
    Content::Credentials(Box::new(FieldsScreen { error, busy, ..screen }))
}

fn connector_screen(session: &Session, stage: &Entering, connector: &WebConnector) -> Content {
    Content::Connector(Box::new(ConnectorScreen {
        service: ServiceLabel::of(&stage.service),
        guide: stage.guide,
        url: connector.url.clone(),
        file_name: file_name(&session.business_name),
        password: connector.password.clone(),
        revealed: connector.revealed,
        note: connector.note,
        connected: connector.is_connected(),
    }))
}

pub(super) fn fields_screen(
    session: &Session,
    service: &SelectedService,
    guide: Guide,
    fields: Vec<Field>,
    problems: &[Field],
) -> FieldsScreen {
    FieldsScreen {
        service: ServiceLabel::of(service),
        customer_name: session.customer_name.clone(),
        guide,
        fields,
        problems: problems.to_vec(),
        error: None,
        busy: false,
    }
}
