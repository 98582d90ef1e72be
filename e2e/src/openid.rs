//! npm's `oidc-provider` as one of the programs: an independent provider that rotates its refresh tokens.

use std::path::Path;

use serde_json::Value;
use tokio::process::Command;

use crate::environment::{Artifact, program};
use crate::error::{JourneyError, Outcome};
use crate::processes::RunningProgram;

/// The running provider, or why there is none.
#[derive(Debug)]
pub struct OpenId {
    port: u16,
    program: Result<RunningProgram, String>,
}

impl OpenId {
    /// Starts it, where Node and the package are at hand. `callback` is the Connect server's address for answers.
    pub async fn start(port: u16, callback: &str, log: &Path) -> Self {
        Self { port, program: start(port, callback, log).await }
    }

    /// Its port, if it runs.
    pub fn port(&self) -> Option<u16> {
        self.program.is_ok().then_some(self.port)
    }

    /// Checks that it runs.
    ///
    /// # Errors
    /// [`JourneyError::Program`] with the reason why not.
    pub fn runs(&self) -> Outcome {
        self.program.as_ref().map(drop).map_err(|reason| JourneyError::Program {
            program: "oidc-provider".to_owned(),
            reason: reason.clone(),
        })
    }

    /// What happened to the client with the brief tokens, oldest first.
    ///
    /// # Errors
    /// [`JourneyError::Request`].
    pub async fn log(&self) -> Outcome<Vec<Value>> {
        let answer = reqwest::get(self.control()).await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }

    /// Brings a refresh token that was used before once more. The provider's answer: `status` and `error`.
    ///
    /// # Errors
    /// [`JourneyError::Request`].
    pub async fn replay(&self) -> Outcome<Value> {
        let answer = reqwest::Client::new().post(self.control()).send().await?.error_for_status()?;
        Ok(serde_json::from_str(&answer.text().await?).unwrap_or_default())
    }

    fn control(&self) -> String {
        format!("http://127.0.0.1:{}/control", self.port)
    }
}

async fn start(port: u16, callback: &str, log: &Path) -> Result<RunningProgram, String> {
    let modules = Artifact::NodeModules.path()?;
    let node = program(&["node"], &[]).ok_or("node is not on PATH")?;
    let mut command = Command::new(node);
    command
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc-provider.mjs"))
        .arg(modules)
        .args([&port.to_string(), callback]);
    RunningProgram::start_ready("oidc-provider", command, log).await.map_err(|error| error.to_string())
}
