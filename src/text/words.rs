//! The keys of the words, and which word stands for which value of the flow.

use railz_connect_contract::{ConnectionState, UseCase};
use railz_connect_flow::{Field, Refusal};

/// A word that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    AccessDeniedText,
    AccessDeniedTitle,
    AccountsText,
    AccountsTitle,
    Back,
    BackToList,
    BankText,
    BankTitle,
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
    CheckUnreachable,
    Checking,
    ChooseOther,
    Close,
    Connected,
    ConnectedText,
    ConnectedTitle,
    Connections,
    ConnectorConnected,
    ConnectorGet,
    ConnectorSave,
    ConnectorText,
    ConnectorWaiting,
    CredentialsText,
    CredentialsTextNobody,
    DifferentAccountText,
    DifferentAccountTitle,
    DuplicateText,
    DuplicateTitle,
    EntityText,
    EntityTitle,
    ExpiredLateText,
    ExpiredOverText,
    ExpiredTitle,
    FailedText,
    FailedTitle,
    FieldAccountAddress,
    FieldAccountAddressHint,
    FieldAccountAddressProblem,
    FieldCompanyId,
    FieldCompanyIdHint,
    FieldCompanyIdProblem,
    FieldConcurrency,
    FieldConcurrencyHint,
    FieldConcurrencyProblem,
    FieldCustomerCard,
    FieldCustomerList,
    FieldTokenHint,
    FieldTokenId,
    FieldTokenIdProblem,
    FieldTokenSecret,
    FieldTokenSecretProblem,
    FieldUserId,
    FieldUserIdProblem,
    FieldUserPassword,
    FieldUserPasswordHint,
    FieldUserPasswordProblem,
    FieldVendorCard,
    FieldVendorList,
    FieldWebServiceProblem,
    FormError,
    FormProvider,
    FormSubmit,
    FormText,
    FormTitle,
    FormUnchosen,
    FormUseCase,
    GoOn,
    GuideLoading,
    GuideMissing,
    GuideTitle,
    HandingOverText,
    InsufficientPermissionText,
    LoadFailedText,
    LoadFailedTitle,
    LoadingTitle,
    NoServicesText,
    NotAuthorisedText,
    NotFoundText,
    NotLoadedText,
    NotLoadedTitle,
    NoteCopied,
    NoteHidden,
    NoteNotCopied,
    NoteRevealed,
    NoteSaved,
    OpenAgain,
    OpeningTitle,
    PasswordCopy,
    PasswordHide,
    PasswordLabel,
    PasswordShow,
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
    WebServicesText,
    WebServicesTitle,
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

/// A field's label, its hint, and what would be right where it is not.
pub(crate) fn field(field: Field) -> (Word, Option<Word>, Word) {
    match field {
        Field::AccountAddress => {
            (Word::FieldAccountAddress, Some(Word::FieldAccountAddressHint), Word::FieldAccountAddressProblem)
        }
        Field::Concurrency => {
            (Word::FieldConcurrency, Some(Word::FieldConcurrencyHint), Word::FieldConcurrencyProblem)
        }
        Field::TokenId => (Word::FieldTokenId, Some(Word::FieldTokenHint), Word::FieldTokenIdProblem),
        Field::TokenSecret => {
            (Word::FieldTokenSecret, Some(Word::FieldTokenHint), Word::FieldTokenSecretProblem)
        }
        Field::CompanyId => {
            (Word::FieldCompanyId, Some(Word::FieldCompanyIdHint), Word::FieldCompanyIdProblem)
        }
        Field::UserId => (Word::FieldUserId, None, Word::FieldUserIdProblem),
        Field::UserPassword => {
            (Word::FieldUserPassword, Some(Word::FieldUserPasswordHint), Word::FieldUserPasswordProblem)
        }
        Field::VendorList => (Word::FieldVendorList, None, Word::FieldWebServiceProblem),
        Field::VendorCard => (Word::FieldVendorCard, None, Word::FieldWebServiceProblem),
        Field::CustomerList => (Word::FieldCustomerList, None, Word::FieldWebServiceProblem),
        Field::CustomerCard => (Word::FieldCustomerCard, None, Word::FieldWebServiceProblem),
    }
}
