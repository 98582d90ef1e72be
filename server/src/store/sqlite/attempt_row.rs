//! An attempt as a row: which columns are filled at which stage, and nothing else.

use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId};

use super::row::At;
use crate::domain::attempt::{
    Attempt, AuthorizationRequest, ChoiceScreen, Opener, Outcome, SignInMethod, Stage,
};
use crate::domain::visit::{SessionKind, VisitId};
use crate::store::StoreError;

/// The columns of an attempt, with the business of its connection and the kind of session of its visit.
#[derive(sqlx::FromRow)]
pub(super) struct AttemptRow {
    id: String,
    connection_id: String,
    business_id: String,
    visit_id: String,
    strength: String,
    way: String,
    start_token: Option<Vec<u8>>,
    opener_origin: Option<String>,
    start_proof: Option<Vec<u8>>,
    stage: String,
    state: Option<Vec<u8>>,
    cookie: Option<Vec<u8>>,
    verifier: Option<Vec<u8>>,
    outcome: Option<String>,
    answer: Option<String>,
    can_choose: bool,
    expires_at: i64,
}

impl TryFrom<AttemptRow> for Attempt {
    type Error = StoreError;

    fn try_from(row: AttemptRow) -> Result<Self, StoreError> {
        let at = At { table: "attempts", id: &row.id };
        let method = match (row.way.as_str(), row.start_token) {
            ("sandbox", None) => SignInMethod::Sandbox,
            ("popup", Some(start)) => SignInMethod::Popup(at.bytes("start_token", start)?),
            (word, start) => {
                let given = if start.is_some() { "a" } else { "no" };
                return Err(at.impossible_row("way", format!("{word} with {given} start token")));
            }
        };
        let opener = match (row.opener_origin, row.start_proof) {
            (Some(origin), Some(proof)) => Some(Opener { origin, proof: at.bytes("start_proof", proof)? }),
            (None, None) => None,
            _ => return Err(at.impossible_row("start_proof", "does not go with opener_origin")),
        };
        let stage = match (row.stage.as_str(), row.state, row.cookie, row.verifier, row.outcome) {
            ("open", None, None, None, None) => Stage::Open,
            ("at_provider", Some(state), Some(cookie), Some(verifier), None)
                if method != SignInMethod::Sandbox =>
            {
                Stage::AtProvider(AuthorizationRequest {
                    state: at.bytes("state", state)?,
                    cookie: at.bytes("cookie", cookie)?,
                    verifier: at.bytes("verifier", verifier)?,
                })
            }
            ("finishing", None, None, None, None) if method != SignInMethod::Sandbox => Stage::Finishing,
            ("ended", None, None, None, Some(word)) => {
                Stage::Ended(at.require("outcome", Outcome::from_word(&word))?)
            }
            (word, ..) => {
                return Err(at.impossible_row("stage", format!("{word} does not go with the other columns")));
            }
        };
        let session_kind = SessionKind::from_word(&row.strength);
        let session_kind =
            session_kind.ok_or_else(|| at.impossible_row("strength", row.strength.as_str()))?;
        let expires_at = at.moment("expires_at", row.expires_at)?;
        Ok(Self {
            id: AttemptId::new(row.id),
            connection: ConnectionId::new(row.connection_id),
            business: BusinessUuid::new(row.business_id),
            visit: VisitId::new(row.visit_id),
            session_kind,
            method,
            opener,
            answer: row.answer,
            choice_screen: if row.can_choose { ChoiceScreen::Shown } else { ChoiceScreen::HeldServicesOnly },
            stage,
            expires_at,
        })
    }
}

/// The columns that a stage fills: state, cookie, verifier, outcome.
pub(super) type StageColumns<'a> =
    (Option<&'a [u8]>, Option<&'a [u8]>, Option<&'a [u8]>, Option<&'static str>);

/// What the stage's columns are to hold.
pub(super) fn columns(stage: &Stage) -> StageColumns<'_> {
    match stage {
        Stage::Open | Stage::Finishing => (None, None, None, None),
        Stage::AtProvider(request) => (
            Some(request.state.as_bytes()),
            Some(request.cookie.as_bytes()),
            Some(request.verifier.as_bytes()),
            None,
        ),
        Stage::Ended(outcome) => (None, None, None, Some(outcome.word())),
    }
}
