//! How an attempt can end, with the words in which the database and people hear it.

use railz_connect_contract::{ConnectionError, RefusalReason, UseCase};

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The connection was authorised by this attempt.
    Connected,
    /// Somebody signed in, and a company is to be chosen; travels as a connection in state `pending`.
    ChoiceDue,
    /// It was refused; travels as a connection in state `invalid`.
    Refused(Refusal),
    /// Something broke; travels as an error with a message.
    Failed(Failure),
}

/// Who or what refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person said no (`access_denied`, RFC 6749 section 4.1.2.1).
    AccessDenied,
    /// The company is connected already, by another business of the same customer.
    DuplicateAccount,
    /// The company is connected already, by another connection of the same business.
    ConnectedHere,
    /// The company signed in to is not the one that the connection stands for.
    DifferentAccount,
    /// Sandbox: the application may not do this.
    InsufficientPermission,
    /// Sandbox: wrong credentials.
    UnauthorizedCredentials,
}

/// Why an attempt failed that nobody refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The provider sent the browser back with an error of its own.
    ProviderError,
    /// The provider sent the browser back with neither a code nor an error.
    NoCode,
    /// The answer names another issuer than the one the browser was sent to (RFC 9207).
    WrongIssuer,
    /// The token endpoint refused the code.
    ExchangeRefused,
    /// The token endpoint did not answer in time, or not at all.
    Unreachable,
    /// The token endpoint answered with something that is not a token.
    UnreadableAnswer,
    /// The callback is not signed as the service signs.
    NotSigned,
    /// The callback is about another shop, or names a place that is none of the service's own.
    ForeignPlace,
    /// The list of companies did not come, or could not be understood.
    NoList,
    /// Somebody signed in, but the service told no company.
    NoCompany,
    /// The service told several companies that the person granted once, and not which one was meant this time.
    SeveralCompanies,
    /// The callback names a company, and the service does not confirm that the sign-in opens it.
    CompanyNotConfirmed,
    /// Something broke on this server.
    Ourselves,
}

impl Outcome {
    const ALL: [Self; 21] = [
        Self::Connected,
        Self::ChoiceDue,
        Self::Refused(Refusal::AccessDenied),
        Self::Refused(Refusal::DuplicateAccount),
        Self::Refused(Refusal::ConnectedHere),
        Self::Refused(Refusal::DifferentAccount),
        Self::Refused(Refusal::InsufficientPermission),
        Self::Refused(Refusal::UnauthorizedCredentials),
        Self::Failed(Failure::ProviderError),
        Self::Failed(Failure::NoCode),
        Self::Failed(Failure::WrongIssuer),
        Self::Failed(Failure::ExchangeRefused),
        Self::Failed(Failure::Unreachable),
        Self::Failed(Failure::UnreadableAnswer),
        Self::Failed(Failure::NotSigned),
        Self::Failed(Failure::ForeignPlace),
        Self::Failed(Failure::NoList),
        Self::Failed(Failure::NoCompany),
        Self::Failed(Failure::SeveralCompanies),
        Self::Failed(Failure::CompanyNotConfirmed),
        Self::Failed(Failure::Ourselves),
    ];

    /// The outcome's word in the database and in logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::ChoiceDue => "choice_due",
            Self::Refused(Refusal::AccessDenied) => "access_denied",
            Self::Refused(Refusal::DuplicateAccount) => "duplicate_account",
            Self::Refused(Refusal::ConnectedHere) => "connected_here",
            Self::Refused(Refusal::DifferentAccount) => "different_account",
            Self::Refused(Refusal::InsufficientPermission) => "insufficient_permission",
            Self::Refused(Refusal::UnauthorizedCredentials) => "unauthorized_credentials",
            Self::Failed(Failure::ProviderError) => "provider_error",
            Self::Failed(Failure::NoCode) => "no_code",
            Self::Failed(Failure::WrongIssuer) => "wrong_issuer",
            Self::Failed(Failure::ExchangeRefused) => "exchange_refused",
            Self::Failed(Failure::Unreachable) => "unreachable",
            Self::Failed(Failure::UnreadableAnswer) => "unreadable_answer",
            Self::Failed(Failure::NotSigned) => "not_signed",
            Self::Failed(Failure::ForeignPlace) => "foreign_place",
            Self::Failed(Failure::NoList) => "no_list",
            Self::Failed(Failure::NoCompany) => "no_company",
            Self::Failed(Failure::SeveralCompanies) => "several_companies",
            Self::Failed(Failure::CompanyNotConfirmed) => "company_not_confirmed",
            Self::Failed(Failure::Ourselves) => "ourselves",
        }
    }

    /// The outcome of a word from the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// What the sandbox does with a use case.
    pub fn of(use_case: UseCase) -> Self {
        match use_case {
            UseCase::UserGood | UseCase::DataEmpty => Self::Connected,
            UseCase::DuplicateConnection => Self::Refused(Refusal::DuplicateAccount),
            UseCase::FailedConnection => Self::Refused(Refusal::InsufficientPermission),
            UseCase::InvalidCredentials => Self::Refused(Refusal::UnauthorizedCredentials),
        }
    }
}

impl Refusal {
    /// The contract's error of a refused connection.
    pub fn error(self) -> ConnectionError {
        match self {
            Self::DuplicateAccount | Self::ConnectedHere => ConnectionError::DuplicateAccount,
            Self::AccessDenied | Self::DifferentAccount | Self::InsufficientPermission => {
                ConnectionError::InsufficientPermission
            }
            Self::UnauthorizedCredentials => ConnectionError::UnauthorizedCredentials,
        }
    }

    /// What the contract's word means more exactly.
    pub fn reason(self) -> Option<RefusalReason> {
        match self {
            Self::AccessDenied => Some(RefusalReason::AccessDenied),
            Self::ConnectedHere => Some(RefusalReason::ConnectedHere),
            Self::DifferentAccount => Some(RefusalReason::DifferentAccount),
            Self::DuplicateAccount | Self::InsufficientPermission | Self::UnauthorizedCredentials => None,
        }
    }
}

impl Failure {
    /// What a person may read about it.
    pub fn message(self, service: &str) -> String {
        match self {
            Self::ProviderError | Self::NoCode => {
                format!("{service} reported a problem and could not finish the sign-in. Please try again.")
            }
            Self::WrongIssuer => {
                format!("The answer did not come from {service}, so it was not accepted. Please try again.")
            }
            Self::NotSigned | Self::ForeignPlace => {
                format!(
                    "The answer of {service} did not fit the sign-in, so it was not accepted. Please try again."
                )
            }
            Self::NoList => {
                format!(
                    "{service} did not tell which companies you may connect. Please try again in a few minutes."
                )
            }
            Self::NoCompany => {
                format!(
                    "{service} has no company that this sign-in may connect. Sign in with another account."
                )
            }
            Self::SeveralCompanies => {
                format!(
                    "{service} named several companies and not the one that you meant. Remove this connection in \
                     {service} and sign in again."
                )
            }
            Self::CompanyNotConfirmed => {
                format!(
                    "{service} did not confirm that this sign-in may open the company that was named, so nothing was \
                     connected. Please try again."
                )
            }
            Self::ExchangeRefused => format!("{service} did not confirm the sign-in. Please try again."),
            Self::Unreachable => {
                format!("{service} did not answer in time. Please try again in a few minutes.")
            }
            Self::UnreadableAnswer => {
                format!("{service} gave an answer that could not be understood. Please try again later.")
            }
            Self::Ourselves => {
                "The sign-in could not be stored. Please try again in a few minutes.".to_owned()
            }
        }
    }
}
