//! Programs that a journey starts: each in a group of its own, and ended with everything it started.
//!
//! A browser leaves its driver's process group, so ending the group is not enough: the descendants are
//! read from `/proc` first. Everything is ended by id, never by name.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::error::{JourneyError, Outcome};

/// Ids of everything that runs, so that an interrupted suite can end it too.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// How long a program may take until it is ready.
pub const READY: Duration = Duration::from_secs(90);

/// A running program. Dropping it ends it.
#[derive(Debug)]
pub struct RunningProgram {
    name: String,
    child: Child,
    id: u32,
    log: PathBuf,
}

impl RunningProgram {
    /// Starts a program with its output going to `log`.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it cannot be started.
    pub fn start(name: &str, mut command: Command, log: &Path) -> Outcome<Self> {
        let failed = |reason: std::io::Error| JourneyError::Program {
            program: name.to_owned(),
            reason: reason.to_string(),
        };
        let file = File::create(log).map_err(failed)?;
        let child = command
            .stdin(Stdio::null())
            .stderr(file)
            .stdout(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let id = child.id().unwrap_or_default();
        if let Ok(mut running) = RUNNING.lock() {
            running.insert(id);
        }
        Ok(Self { name: name.to_owned(), child, id, log: log.to_owned() })
    }

    /// Starts a program and waits until it prints `ready` and its address.
    ///
    /// # Errors
    /// [`JourneyError::Program`] with the end of its log.
    pub async fn start_ready(name: &str, command: Command, log: &Path) -> Outcome<Self> {
        let mut program = Self::start(name, command, log)?;
        program.line(READY, |line| line.starts_with("ready ").then_some(())).await?;
        Ok(program)
    }

    /// Waits for the first line of output that `wanted` turns into something, and then keeps reading,
    /// so that the program never blocks on a full pipe.
    ///
    /// # Errors
    /// [`JourneyError::Program`] with the end of the log when the program ends or stays silent.
    pub async fn line<T>(&mut self, within: Duration, wanted: impl Fn(&str) -> Option<T>) -> Outcome<T> {
        let output = self.child.stdout.take().ok_or_else(|| self.failed("its output is read already"))?;
        let mut lines = BufReader::new(output).lines();
        let found = tokio::time::timeout(within, first_line(&mut lines, wanted)).await;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        match found {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(self.failed("it ended")),
            Err(_) => Err(self.failed(&format!("it was not ready after {} s", within.as_secs()))),
        }
    }

    /// Reads and forgets the program's output.
    pub fn ignore_output(&mut self) {
        if let Some(output) = self.child.stdout.take() {
            let mut lines = BufReader::new(output).lines();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        }
    }

    /// The last lines of the program's log, for a report.
    pub fn log_tail(&self, lines: usize) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let all: Vec<&str> = text.lines().collect();
        let tail = &all[all.len().saturating_sub(lines)..];
        format!("-- {} ({})\n{}", self.name, self.log.display(), tail.join("\n"))
    }

    fn failed(&self, reason: &str) -> JourneyError {
        JourneyError::Program {
            program: self.name.clone(),
            reason: format!("{reason}\n{}", self.log_tail(15)),
        }
    }
}

async fn first_line<T>(
    lines: &mut Lines<BufReader<ChildStdout>>,
    wanted: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(found) = wanted(&line) {
            return Some(found);
        }
    }
    None
}

impl Drop for RunningProgram {
    fn drop(&mut self) {
        end(self.id);
        if let Ok(mut running) = RUNNING.lock() {
            running.remove(&self.id);
        }
    }
}

/// Ends every program that is still running. For an interrupted suite.
pub fn end_all() {
    let running = RUNNING.lock().map(|mut ids| std::mem::take(&mut *ids)).unwrap_or_default();
    running.into_iter().for_each(end);
}

fn end(id: u32) {
    let mut family = descendants(id);
    family.push(id);
    if let Some(group) = pid(id) {
        // A process that ended by itself leaves nothing to signal: that answer is as good.
        kill_process_group(group, Signal::KILL).ok();
    }
    for member in family.into_iter().filter_map(pid) {
        kill_process(member, Signal::KILL).ok();
    }
}

fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

/// Everything that `root` started, and what those started, by the parents that `/proc` names.
fn descendants(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name in brackets may hold spaces and brackets; the fields after the last one do not.
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((id, parent))
        })
        .collect();
    let mut family = vec![root];
    let mut next = 0;
    while let Some(&member) = family.get(next) {
        family.extend(parents.iter().filter(|(_, parent)| *parent == member).map(|(id, _)| *id));
        next += 1;
    }
    family.split_off(1)
}
