//! What a widget offers: its services, and on a sandbox widget what plays them.

use railz_connect_contract::{Integration, ServiceKind, ServiceName};

use crate::app::App;
use crate::domain::widget::{Channel, Mode, Widget};

/// All that this widget offers, in the order in which it is listed.
pub(super) fn list(app: &App, widget: &Widget) -> Vec<Integration> {
    let services = &app.config.services;
    let entry = |service: &ServiceName, kind, channel, name: &str| Integration {
        service: service.clone(),
        service_kind: kind,
        uuid: widget.integration(service, channel),
        is_mock_data: channel == Channel::MockData,
        display_name: Some(name.to_owned()),
        logo_url: None,
        extra_configurations: services.steps(service),
    };
    let mut all = Vec::new();
    if widget.mode == Mode::Sandbox {
        let sandbox = ServiceName::new(ServiceName::SANDBOX);
        let name = services.display_name(&sandbox);
        all.push(entry(&sandbox, ServiceKind::Accounting, Channel::Service, &name));
    }
    all.extend(services.iter().map(|service| Integration {
        logo_url: service.logo_url.as_ref().map(ToString::to_string),
        ..entry(&service.id, service.kind, Channel::Service, &service.name)
    }));
    all.extend(app.config.non_oauth.services().map(|service| {
        let name = app.config.non_oauth.display_name(service);
        entry(&ServiceName::new(service.id()), service.kind(), Channel::Service, name)
    }));
    if widget.mode == Mode::Sandbox {
        all.extend(
            services.playable_services().iter().map(|playable| {
                entry(&playable.id, ServiceKind::Accounting, Channel::MockData, &playable.name)
            }),
        );
    }
    all
}

/// The names of the services that this widget offers, each once.
pub(super) fn list_services(app: &App, widget: &Widget) -> Vec<ServiceName> {
    let mut names = Vec::new();
    for entry in list(app, widget) {
        if !names.contains(&entry.service) {
            names.push(entry.service);
        }
    }
    names
}
