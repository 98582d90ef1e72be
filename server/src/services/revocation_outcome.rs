//! What became of a grant whose connection was ended.

/// Whether a service was asked to revoke a grant. Nobody waits for what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationOutcome {
    /// It was.
    Requested,
    /// The service has no way to, or there is nothing to revoke.
    NotOffered,
    /// It was not: a revocation there ends more than this grant, and other connections to the service hold one.
    Withheld,
}

impl RevocationOutcome {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::NotOffered => "notOffered",
            Self::Withheld => "withheld",
        }
    }
}
