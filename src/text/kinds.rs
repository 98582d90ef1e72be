//! The words of the three kinds of services.

use railz_connect_contract::ServiceKind;
use railz_connect_flow::journey::{JourneyStep, StepState};

use super::Word;

/// A kind's name, and what it is.
pub(crate) fn kind(kind: ServiceKind) -> (Word, Word) {
    match kind {
        ServiceKind::Accounting | ServiceKind::Unknown => (Word::KindAccounting, Word::KindAccountingText),
        ServiceKind::Banking => (Word::KindBanking, Word::KindBankingText),
        ServiceKind::Commerce => (Word::KindCommerce, Word::KindCommerceText),
    }
}

/// The title of a kind's services; what is to be done there for a customer, and for nobody named.
pub(crate) fn picker(kind: ServiceKind) -> (Word, Word, Word) {
    match kind {
        ServiceKind::Accounting | ServiceKind::Unknown => {
            (Word::PickerTitle, Word::PickerText, Word::PickerTextNobody)
        }
        ServiceKind::Banking => {
            (Word::PickerBankingTitle, Word::PickerBankingText, Word::PickerBankingTextNobody)
        }
        ServiceKind::Commerce => {
            (Word::PickerCommerceTitle, Word::PickerCommerceText, Word::PickerCommerceTextNobody)
        }
    }
}

/// What a person is asked to share, with a customer and with nobody named.
pub(crate) fn consent(kind: ServiceKind) -> (Word, Word) {
    match kind {
        ServiceKind::Accounting | ServiceKind::Unknown => (Word::BeforeShare, Word::BeforeShareNobody),
        ServiceKind::Banking => (Word::BeforeShareBanking, Word::BeforeShareBankingNobody),
        ServiceKind::Commerce => (Word::BeforeShareSales, Word::BeforeShareSalesNobody),
    }
}

/// Why nothing more of a kind can be connected.
pub(crate) fn full(kind: ServiceKind) -> Word {
    match kind {
        ServiceKind::Commerce => Word::FullCommerce,
        ServiceKind::Accounting | ServiceKind::Banking | ServiceKind::Unknown => Word::FullAccounting,
    }
}

/// A step of the progress bar.
pub(crate) fn step(step: JourneyStep) -> Word {
    match step {
        JourneyStep::Attention | JourneyStep::Overview => Word::Overview,
        JourneyStep::Kind(which) => kind(which).0,
        JourneyStep::Summary => Word::Summary,
    }
}

/// Where a step stands, for those who do not see its colour.
pub(crate) fn step_state(state: StepState) -> Option<Word> {
    match state {
        StepState::Success => Some(Word::StepDone),
        StepState::Skipped => Some(Word::StepSkipped),
        StepState::Current | StepState::Pending => None,
    }
}
