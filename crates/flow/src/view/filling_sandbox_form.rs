//! The screen with the sandbox form.

use railz_connect_contract::UseCase;

use super::choosing::tile;
use crate::screen::{Content, FormChoice};
use crate::session::Session;
use crate::state::SandboxForm;

pub(super) fn content(session: &Session, form: &SandboxForm) -> Content {
    Content::SandboxForm {
        use_cases: UseCase::ALL
            .into_iter()
            .map(|value| FormChoice { value, chosen: form.use_case == Some(value) })
            .collect(),
        providers: session
            .mock_providers()
            .map(|one| FormChoice {
                value: tile(session, one),
                chosen: form.provider.as_ref() == Some(&one.uuid),
            })
            .collect(),
        incomplete: form.sent_incomplete,
    }
}
