//! A program that runs until it is told to end, such as a server of the demo. It says `ready <url>` alone on a line
//! when it accepts connections. All it prints is passed on with its name in front.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::children::Group;

/// A running program. Dropping it ends it.
#[derive(Debug)]
pub struct BackgroundProgram {
    name: &'static str,
    group: Group,
}

impl BackgroundProgram {
    /// Starts a program and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start, ends, or is not ready within `limit`.
    pub fn start(name: &'static str, command: &mut Command, limit: Duration) -> Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = Group::spawn(command)?;
        let (told, ready) = channel();
        let child = group.pipes();
        if let Some(pipe) = child.stderr.take() {
            thread::spawn(move || pass_on(name, pipe, None));
        }
        if let Some(pipe) = child.stdout.take() {
            thread::spawn(move || pass_on(name, pipe, Some(&told)));
        }
        let mut program = Self { name, group };
        program.wait_until_ready(&ready, limit)?;
        Ok(program)
    }

    fn wait_until_ready(&mut self, ready: &Receiver<()>, limit: Duration) -> Result<()> {
        let until = Instant::now() + limit;
        while Instant::now() < until {
            match ready.recv_timeout(Duration::from_millis(50)) {
                Ok(()) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => self.check_running()?,
                Err(RecvTimeoutError::Disconnected) => {
                    thread::sleep(Duration::from_millis(50));
                    self.check_running()?;
                }
            }
        }
        bail!("{} did not print a line `ready <url>` within {} s", self.name, limit.as_secs())
    }

    /// # Errors
    /// When the program has ended.
    pub fn check_running(&mut self) -> Result<()> {
        match self.group.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended with {status}", self.name),
        }
    }
}

fn pass_on(name: &str, pipe: impl Read, ready: Option<&Sender<()>>) {
    for line in BufReader::new(pipe).lines() {
        // Not text, or the pipe broke: the program is judged by whether it runs.
        let Ok(line) = line else { return };
        eprintln!("{name}: {line}");
        if let Some(told) = ready
            && line.starts_with("ready http")
            && told.send(()).is_err()
        {
            // Nobody waits any more; what follows is still shown.
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_is_started_when_it_says_ready() {
        let mut command = shell("sleep 0.1; echo ready http://127.0.0.1:1; sleep 60");
        let mut program = BackgroundProgram::start("one", &mut command, Duration::from_secs(20)).unwrap();
        program.check_running().unwrap();
    }

    #[test]
    fn a_program_that_ends_early_is_an_error_at_once() {
        let started = Instant::now();
        let error =
            BackgroundProgram::start("two", &mut shell("exit 4"), Duration::from_mins(1)).unwrap_err();
        assert!(error.to_string().contains("two ended with exit status: 4"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_program_that_never_says_ready_is_given_up() {
        let limit = Duration::from_millis(300);
        let error = BackgroundProgram::start("three", &mut shell("sleep 60"), limit).unwrap_err();
        assert!(error.to_string().contains("three did not print"), "{error}");
    }
}
