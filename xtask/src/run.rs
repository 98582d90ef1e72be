//! Running a command to its end, with its output passed on line by line and a limit on its time.
//! Every command starts in the project's folder without the variables that `cargo run` adds for xtask itself,
//! since cargo would otherwise rebuild crates that read them. Who is alive is known to `children.rs`.

use std::env;
use std::io::{BufRead, BufReader, Read, Write, stderr, stdout};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::children::{self, Group};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Exit code 0.
    Success,
    /// Another exit code, or a signal.
    Failure(ExitStatus),
    /// It ran longer than this and was ended.
    TimedOut(Duration),
}

impl Ending {
    /// What to say about it, or `None` for a success.
    pub fn problem(self) -> Option<String> {
        match self {
            Self::Success => None,
            Self::Failure(status) => Some(status.to_string()),
            Self::TimedOut(limit) => Some(format!("ended after its limit of {} s", limit.as_secs())),
        }
    }
}

/// What becomes of a command's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Shown,
    Kept,
}

#[derive(Debug)]
enum Line {
    Out(String),
    Err(String),
}

/// A command that starts in `root`, without input and without xtask's own cargo variables.
pub fn command(program: impl AsRef<std::ffi::OsStr>, root: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_this_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if of_this_package.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo, the one that runs xtask.
pub fn cargo(root: &Path) -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), root)
}

/// The command as a person would type it, with programs by their names and not by their folders.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a command, shows its output and hands each line to `on_line`.
///
/// # Errors
/// When the program cannot be started. A failure of the program is an [`Ending`].
pub fn stream(command: &mut Command, limit: Duration, on_line: &mut dyn FnMut(&str)) -> Result<Ending> {
    println!("$ {}", shown(command));
    follow(command, limit, Output::Shown, &mut |line| match line {
        Line::Out(text) | Line::Err(text) => on_line(text),
    })
}

/// Runs a command that has to succeed, showing its output.
///
/// # Errors
/// When it does not start, does not succeed, or takes longer than `limit`.
pub fn must(command: &mut Command, limit: Duration) -> Result<()> {
    match stream(command, limit, &mut |_| {})?.problem() {
        None => Ok(()),
        Some(problem) => bail!("`{}`: {problem}", shown(command)),
    }
}

/// Runs a short command that has to succeed and returns its standard output.
///
/// # Errors
/// When it does not start, does not succeed, or takes longer than a minute; with what it wrote to standard error.
pub fn capture(command: &mut Command) -> Result<String> {
    let (mut out, mut err) = (String::new(), String::new());
    let ending = follow(command, Duration::from_mins(1), Output::Kept, &mut |line| {
        let (text, kept) = match line {
            Line::Out(text) => (text, &mut out),
            Line::Err(text) => (text, &mut err),
        };
        kept.push_str(text);
        kept.push('\n');
    })?;
    match ending.problem() {
        None => Ok(out),
        Some(problem) => bail!("`{}`: {problem}\n{err}", shown(command)),
    }
}

fn follow(
    command: &mut Command,
    limit: Duration,
    output: Output,
    on_line: &mut dyn FnMut(&Line),
) -> Result<Ending> {
    let started = Instant::now();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut group = Group::spawn(command)?;
    let lines = read_pipes(&mut group, output);

    let ending = loop {
        pass_on(&lines, Duration::from_millis(30), on_line);
        match group.try_wait()? {
            Some(status) if status.success() => break Ending::Success,
            Some(status) => break Ending::Failure(status),
            None if started.elapsed() > limit => break Ending::TimedOut(limit),
            None => {}
        }
    };
    // A grandchild may hold the pipes open: what is written is read, the rest of the group is ended, then the end is.
    if ending == Ending::Success {
        pass_on(&lines, Duration::from_millis(300), on_line);
    }
    group.end();
    pass_on(&lines, Duration::from_secs(2), on_line);
    children::end_orphans();
    Ok(ending)
}

/// Hands on the lines that arrive within `time`, returning early when the pipes are closed.
fn pass_on(lines: &Receiver<Line>, time: Duration, on_line: &mut dyn FnMut(&Line)) {
    let until = Instant::now() + time;
    loop {
        match lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(line) => on_line(&line),
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(until.saturating_duration_since(Instant::now()).min(Duration::from_millis(10)));
                return;
            }
        }
    }
}

fn read_pipes(group: &mut Group, output: Output) -> Receiver<Line> {
    let (sender, receiver) = channel();
    let child = group.pipes();
    if let Some(pipe) = child.stdout.take() {
        let sender = sender.clone();
        thread::spawn(move || read(pipe, &sender, |text| pass_through(stdout(), output, text), Line::Out));
    }
    if let Some(pipe) = child.stderr.take() {
        thread::spawn(move || read(pipe, &sender, |text| pass_through(stderr(), output, text), Line::Err));
    }
    receiver
}

fn read(pipe: impl Read, lines: &Sender<Line>, show: impl Fn(&str), wrap: fn(String) -> Line) {
    let mut reader = BufReader::new(pipe);
    let mut bytes = Vec::new();
    // A broken pipe or an unread channel both mean that nobody wants more.
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
        let text = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
        show(&text);
        if lines.send(wrap(text)).is_err() {
            return;
        }
        bytes.clear();
    }
}

fn pass_through(mut to: impl Write, output: Output, text: &str) {
    if output == Output::Shown && writeln!(to, "{text}").is_err() {
        // Nobody listens (a closed terminal): the command still runs to its end and is judged by it.
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = command("sh", Path::new("/"));
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failing_command_is_told_with_its_standard_error() {
        let error = capture(&mut shell("echo wrong >&2; exit 3")).unwrap_err().to_string();
        assert!(error.contains("exit status: 3") && error.contains("wrong"), "{error}");
    }

    #[test]
    fn every_line_arrives_even_when_a_grandchild_holds_the_pipe() {
        let started = Instant::now();
        let out = capture(&mut shell("sleep 60 & for i in 1 2 3; do echo $i; done")).unwrap();
        assert_eq!(out, "1\n2\n3\n");
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_command_over_its_limit_is_ended() {
        let limit = Duration::from_millis(200);
        let started = Instant::now();
        let ending = stream(&mut shell("sleep 60"), limit, &mut |_| {}).unwrap();
        assert_eq!(ending, Ending::TimedOut(limit));
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
