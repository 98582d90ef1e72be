//! Where keys come from: the environment, or a file that is made on the first start and readable by its owner alone.
//!
//! Several keys may be given, one a line in the file or parted by commas in `CONNECT_KEY`: the first seals, all open.
//! To rotate, put a new one in front; the server reseals what lasts when it starts. What is over within a day (verifiers, kept
//! answers, credentials that wait for a choice) is not resealed, so the old one can go a day later.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::key::{Key, KeyError, KeyId};
use crate::random::RandomnessError;

/// Where an operator keeps the keys.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// The text of `CONNECT_KEY`.
    Environment(SecretString),
    /// A file, made with a new key on the first start.
    File(PathBuf),
}

/// One or more keys; the first one seals.
#[derive(Debug)]
pub struct KeyRing(Vec<Key>);

/// The key file does not exist (yet).
#[derive(Debug)]
pub struct KeysMissingError(pub PathBuf);

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// `CONNECT_KEY` is no list of keys.
    #[error("CONNECT_KEY: {0}")]
    Environment(KeyError),
    /// The file is no list of keys.
    #[error("key_file {path}: {refused}")]
    File {
        /// The path of the key file.
        path: PathBuf,
        /// What is wrong with it.
        refused: KeyError,
    },
    /// The file cannot be read or made.
    #[error("key_file {path}: {error}")]
    Io {
        /// The path of the key file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Others may read the file.
    #[error("key_file {0}: others than its owner may read it; run: chmod 600 {0}")]
    OpenToOthers(PathBuf),
    /// No random bytes for a new key.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
}

impl KeySource {
    /// Reads the keys; `Err` inside where the key file does not exist.
    ///
    /// # Errors
    /// [`KeysError`] where they are there but cannot be used.
    pub fn read(&self) -> Result<Result<KeyRing, KeysMissingError>, KeysError> {
        match self {
            Self::Environment(text) => {
                KeyRing::parse(text.expose_secret()).map(Ok).map_err(KeysError::Environment)
            }
            Self::File(path) => read_file(path),
        }
    }
}

impl KeysMissingError {
    /// Makes the file with a new key in it, for its owner only.
    ///
    /// # Errors
    /// [`KeysError`] where it cannot be made.
    pub fn make_file(self) -> Result<KeyRing, KeysError> {
        let key = Key::generate()?;
        let io = |error| KeysError::Io { path: self.0.clone(), error };
        let mut file = owner_only_options().create_new(true).open(&self.0).map_err(io)?;
        file.write_all(key.line().as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)?;
        Ok(KeyRing(vec![key]))
    }
}

impl KeyRing {
    /// A ring of these keys, the first of which seals.
    pub fn new(first: Key, others: impl IntoIterator<Item = Key>) -> Self {
        Self(std::iter::once(first).chain(others).collect())
    }

    fn parse(text: &str) -> Result<Self, KeyError> {
        let keys: Vec<_> = text
            .split(['\n', ','])
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(Key::parse)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(KeyError) } else { Ok(Self(keys)) }
    }

    pub(super) fn first(&self) -> &Key {
        &self.0[0]
    }

    /// The key of this id, if the ring holds it.
    pub fn get(&self, id: KeyId) -> Option<&Key> {
        self.0.iter().find(|key| key.id() == id)
    }
}

fn read_file(path: &Path) -> Result<Result<KeyRing, KeysMissingError>, KeysError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Err(KeysMissingError(path.to_owned())));
        }
        Err(error) => return Err(KeysError::Io { path: path.to_owned(), error }),
    };
    if is_open_to_others(path) {
        return Err(KeysError::OpenToOthers(path.to_owned()));
    }
    KeyRing::parse(&text).map(Ok).map_err(|refused| KeysError::File { path: path.to_owned(), refused })
}

#[cfg(unix)]
fn owner_only_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn owner_only_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    options
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}
