//! The server of a visit: what it knows of attempts and connections, whatever the widget hears of it.

use railz_connect_contract::{
    AddressResponse, BankResponse, CONNECTION_TIMEOUT, Connection, ConnectionId, ConnectionState,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{CredentialCheck, RequestError, Response};
use railz_connect_flow::session::SessionResponse;

use super::chance::Chance;
use crate::support::fixtures;
use crate::support::possible_events::Outcome;

/// A server with its business.
#[derive(Default)]
pub struct Server {
    /// What is connected.
    connections: Vec<Connection>,
    /// The sign-in that nobody has finished yet, and whether its company is to be chosen.
    pending: Option<(String, bool)>,
    /// The sign-in that was refused.
    denied: Option<ConnectionId>,
    /// The sandbox sign-in that was begun.
    sandbox: bool,
    /// All that was connected, with how much the host had heard by then.
    pub made: Vec<(ConnectionId, usize)>,
    /// How much the host has heard.
    pub heard: usize,
    clock: u32,
}

fn id(service: &str) -> ConnectionId {
    ConnectionId::new(format!("CON-{service}"))
}

fn refused(status: u16, message: &str) -> Outcome {
    Err(RequestError::Refused { status, message: message.to_owned() })
}

impl Server {
    /// A connection is made, or renewed under its id (contract rule S4).
    fn connect(&mut self, service: &str, id: ConnectionId) {
        self.clock += 1;
        self.connections.retain(|one| one.connection_id != id);
        self.connections.push(Connection {
            connection_id: id.clone(),
            state_since: Some(format!("2026-01-01T00:{:02}:00Z", self.clock)),
            created_at: Some(format!("2026-01-01T00:{:02}:00Z", self.clock)),
            is_mock_data: service == fixtures::SANDBOX,
            ..fixtures::active(service)
        });
        self.made.push((id, self.heard));
    }

    /// The person finishes the sign-in that is under way, wherever the widget is by then.
    pub fn finish_sign_in(&mut self) {
        if let Some((service, false)) = self.pending.clone() {
            self.pending = None;
            self.connect(&service, id(&service));
        }
    }

    /// The person says no at the service.
    pub fn deny_sign_in(&mut self) {
        if let Some((service, _)) =
            self.pending.take_if(|(service, choice)| !*choice && service != fixtures::DESKTOP)
        {
            self.denied = Some(id(&service));
        }
    }

    /// Nobody finishes it any more.
    pub fn give_up(&mut self) {
        self.pending = None;
    }

    /// Does what is asked, and answers.
    pub fn serve(
        &mut self,
        request: &Request,
        sessions: fn() -> SessionResponse,
        chance: &mut Chance,
    ) -> Outcome {
        match request {
            Request::Session { .. } => {
                // A list is loaded after the polls were refused: what it has is told, and who signs in once more renews that.
                self.pending.take_if(|(service, _)| {
                    self.connections.iter().any(|one| one.connection_id == id(service))
                });
                let connections = Some(self.connections.clone());
                Ok(Response::Session(Box::new(SessionResponse { connections, ..sessions() })))
            }
            Request::Address { service, .. } => Ok(Response::Address(self.begin(service.as_str(), chance))),
            Request::Updates { connection_id, wait_ms, .. } => self.updates(connection_id, *wait_ms),
            Request::SandboxLogin { .. } if std::mem::take(&mut self.sandbox) => {
                self.connect(fixtures::SANDBOX, id(fixtures::SANDBOX));
                Ok(Response::Empty)
            }
            Request::SandboxLogin { .. } => refused(409, "This sign-in is over"),
            Request::Accounts { .. } => Ok(Response::Accounts(fixtures::accounts())),
            Request::ChooseAccount { service, connection_id, .. } => match self.pending.take() {
                Some((_, true)) => {
                    self.connect(service.as_str(), connection_id.clone());
                    Ok(Response::Empty)
                }
                // The same choice once more is 201 again at ours, and 409 at others.
                _ if chance.one_in(2) => Ok(Response::Empty),
                _ => refused(409, "Nothing is to be chosen"),
            },
            Request::Credentials { .. } if chance.one_in(3) => {
                Ok(Response::Credentials(CredentialCheck::Rejected(None)))
            }
            Request::Credentials { service, .. } => {
                let connection_id = Some(id(service.as_str()));
                self.connect(service.as_str(), id(service.as_str()));
                Ok(Response::Credentials(CredentialCheck::Accepted { connection_id, entities: Vec::new() }))
            }
            Request::LinkToken { .. } => Ok(Response::LinkToken(fixtures::link_token())),
            Request::SetAccessToken { .. } | Request::UpdateConnection { .. } => {
                let made = ConnectionId::new(format!("CON-bank-{}", self.made.len()));
                self.connect(fixtures::PLAID, made.clone());
                let connection_id = Some(made);
                Ok(Response::Bank(BankResponse { connection_id, ..fixtures::bank() }))
            }
            Request::ConnectionToken => Ok(Response::ConnectionToken(None)),
            Request::Status => {
                // A connector file has no poll: whoever sees the connection takes its sign-in for over, and a file that calls
                // once more renews what the host has heard of.
                self.pending.take_if(|(service, _)| {
                    service == fixtures::DESKTOP
                        && self.connections.iter().any(|one| one.connection_id == id(service))
                });
                Ok(Response::Connections(self.connections.clone()))
            }
        }
    }

    fn begin(&mut self, service: &str, chance: &mut Chance) -> AddressResponse {
        let connection_id = Some(id(service));
        self.denied.take_if(|one| *one == id(service));
        match service {
            fixtures::SANDBOX => self.sandbox = true,
            fixtures::NETSUITE | fixtures::INTACCT => {}
            fixtures::DESKTOP => {
                self.pending = Some((service.to_owned(), false));
                return AddressResponse { connection_id, ..fixtures::connector_address() };
            }
            _ => self.pending = Some((service.to_owned(), chance.one_in(4))),
        }
        AddressResponse { connection_id, ..fixtures::address() }
    }

    fn updates(&self, asked: &ConnectionId, wait_ms: u32) -> Outcome {
        if self.denied.as_ref() == Some(asked) {
            let denied = fixtures::denied(asked.as_str().trim_start_matches("CON-"));
            let denied = Connection { connection_id: asked.clone(), ..denied };
            return Ok(Response::Update(Some(Box::new(denied))));
        }
        let pending = self.pending.as_ref().filter(|(service, _)| id(service) == *asked);
        match (pending, self.connections.iter().find(|one| one.connection_id == *asked)) {
            (Some((service, true)), _) => {
                let connection = fixtures::connection(service, ConnectionState::Pending);
                let connection = Connection { connection_id: asked.clone(), ..connection };
                Ok(Response::Update(Some(Box::new(fixtures::with_choices(connection)))))
            }
            (None, Some(connection)) => Ok(Response::Update(Some(Box::new(connection.clone())))),
            _ if wait_ms == 0 => Ok(Response::Update(None)),
            _ => refused(404, CONNECTION_TIMEOUT),
        }
    }
}
