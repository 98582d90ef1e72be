//! The keys of the words, and which word stands for which value of the flow.

use railz_connect_contract::{ConnectionState, UseCase};
use railz_connect_flow::Refusal;

/// A word that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    AccessDeniedText,
    AccessDeniedTitle,
    AccountsText,
    AccountsTitle,
    Back,
    BackToList,
    BeforeAdministrator,
    BeforeButton,
    BeforeRevoke,
    BeforeShare,
    BeforeShareNobody,
    BeforeTitle,
    BeforeTitleRenew,
    BeforeWindow,
    BlockedLink,
    BlockedText,
    BlockedTitle,
    Cancel,
    ChooseOther,
    Close,
    Connected,
    ConnectedText,
    ConnectedTitle,
    Connections,
    DifferentAccountText,
    DifferentAccountTitle,
    DuplicateText,
    DuplicateTitle,
    ExpiredLateText,
    ExpiredOverText,
    ExpiredTitle,
    FailedText,
    FailedTitle,
    FormError,
    FormProvider,
    FormSubmit,
    FormTitle,
    FormText,
    FormUseCase,
    FormUnchosen,
    GoOn,
    HandingOverText,
    HelpLink,
    InsufficientPermissionText,
    LoadFailedText,
    LoadFailedTitle,
    LoadingTitle,
    NoServicesText,
    NotAuthorisedText,
    NotFoundText,
    OpenAgain,
    OpeningTitle,
    PickerText,
    PickerTextNobody,
    PickerTitle,
    Reconnect,
    ReconnectService,
    RefusedTitle,
    Sandbox,
    SandboxTileHint,
    Services,
    StateDisconnected,
    StateExpired,
    StateInvalid,
    StatePending,
    StuckText,
    TermsLink,
    TryAgain,
    UnauthorizedClientText,
    UnauthorizedCredentialsText,
    UnavailableTitle,
    UseCaseBadCredentials,
    UseCaseDuplicate,
    UseCaseFailed,
    UseCaseNoData,
    UseCaseSuccessful,
    WaitingClosed,
    WaitingHint,
    WaitingText,
    WaitingTitle,
    WaitingUnwatched,
    WindowMessage,
    WindowTitle,
    WorkingTitle,
}

/// Where a connection stands, in a word or two.
pub(crate) fn state(state: ConnectionState) -> Word {
    match state {
        ConnectionState::Active => Word::Connected,
        ConnectionState::Inactive | ConnectionState::Disconnected => Word::StateDisconnected,
        ConnectionState::Expired => Word::StateExpired,
        ConnectionState::Pending => Word::StatePending,
        ConnectionState::Invalid | ConnectionState::Unknown => Word::StateInvalid,
    }
}

/// The title and the text of a refusal.
pub(crate) fn refusal(refusal: Refusal) -> (Word, Word) {
    match refusal {
        Refusal::AccessDenied => (Word::AccessDeniedTitle, Word::AccessDeniedText),
        Refusal::DifferentAccount => (Word::DifferentAccountTitle, Word::DifferentAccountText),
        Refusal::InsufficientPermission => (Word::RefusedTitle, Word::InsufficientPermissionText),
        Refusal::UnauthorizedCredentials => (Word::RefusedTitle, Word::UnauthorizedCredentialsText),
        Refusal::UnauthorizedClientIdKey => (Word::RefusedTitle, Word::UnauthorizedClientText),
    }
}

/// A use case of the sandbox form.
pub(crate) fn use_case(use_case: UseCase) -> Word {
    match use_case {
        UseCase::UserGood => Word::UseCaseSuccessful,
        UseCase::DuplicateConnection => Word::UseCaseDuplicate,
        UseCase::FailedConnection => Word::UseCaseFailed,
        UseCase::InvalidCredentials => Word::UseCaseBadCredentials,
        UseCase::DataEmpty => Word::UseCaseNoData,
    }
}
