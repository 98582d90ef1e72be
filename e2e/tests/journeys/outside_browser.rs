//! What happens at the practice services beside the browser: another program calls, a bank breaks.

use e2e::browser::TIMEOUT;
use e2e::environment::Artifact;
use e2e::error::{JourneyError, same};
use e2e::{Context, Outcome};
use serde_json::{Value, json};
use tokio::process::Command;

/// Runs the practice Web Connector with a connector file, and gives what it says.
pub async fn run_web_connector(file: &str, password: &str, company: &str) -> Outcome<String> {
    let failed =
        |reason: String| JourneyError::Program { program: "practice-web-connector".to_owned(), reason };
    let program = Artifact::WebConnector.path().map_err(failed)?;
    let folder = tempfile::tempdir().map_err(JourneyError::io("making a folder for the connector file"))?;
    let connector = folder.path().join("connect.qwc");
    std::fs::write(&connector, file).map_err(JourneyError::io("writing the connector file"))?;
    let mut command = Command::new(program);
    command.arg("--connector").arg(&connector).args(["--password", password, "--company", company]);
    let running = command.kill_on_drop(true).output();
    let ended = tokio::time::timeout(TIMEOUT, running)
        .await
        .map_err(|_| failed(format!("it was not over after {} s", TIMEOUT.as_secs())))?
        .map_err(|error| failed(error.to_string()))?;
    let said = if ended.status.success() { ended.stdout } else { ended.stderr };
    Ok(String::from_utf8_lossy(&said).into_owned())
}

/// Makes the linked bank of a payload misbehave from now on.
pub async fn break_bank(context: &Context, payload: &Value, code: &str) -> Outcome {
    let address = format!("{}/control/plaid/break", context.programs()?.provider);
    let body = json!({ "item": payload["serviceAccountRef"]["id"], "code": code }).to_string();
    let request = reqwest::Client::new().post(address).header("content-type", "application/json").body(body);
    let answer = request.send().await?.error_for_status()?.text().await?;
    same("banks that broke", answer.as_str(), "{\"broken\":1}")
}
