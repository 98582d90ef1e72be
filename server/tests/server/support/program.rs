//! The server's program itself, run as an operator runs it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The real program with these arguments, the configuration of a folder, and an empty environment.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connect-server"));
    command.args(arguments).arg("--config").arg(folder.join("connect.toml"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end: whether it was content, what it printed, and what it said beside that.
pub fn run(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } = program(folder, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.success(), text(stdout), text(stderr))
}

/// A folder with a configuration that listens there, and has `more` in it.
pub fn configured(listen: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("public_url = \"http://connect.localhost:8081/\"\nlisten = \"{listen}\"\n{more}");
    std::fs::write(folder.path().join("connect.toml"), text).unwrap();
    folder
}
