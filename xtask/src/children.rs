//! The processes that xtask has started, so that none outlives it.
//! Each one leads a process group, which is ended as a whole; what leaves its group (a browser does) is adopted
//! by xtask when its parent ends, and is ended too. Ctrl-C ends them all before xtask itself goes.
//! `run.rs` is for commands that end by themselves, `background_program.rs` for programs that run until they are told.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid};

/// Group leaders that are alive, by process id.
static RUNNING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// How long a program may take to end politely.
const POLITE: Duration = Duration::from_secs(4);
const TICK: Duration = Duration::from_millis(30);

fn running() -> MutexGuard<'static, BTreeSet<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes Ctrl-C (also SIGTERM and SIGHUP) end every child and then xtask with `code`.
pub fn end_all_on_interrupt(code: i32) -> Result<()> {
    adopt_orphans()?;
    ctrlc::set_handler(move || {
        STOPPING.store(true, Ordering::SeqCst);
        // The lock is kept until the process is gone, so that nothing new starts meanwhile.
        let leaders = running();
        let pids: Vec<Pid> = leaders.iter().filter_map(|raw| Pid::from_raw(*raw)).collect();
        end_groups(&pids);
        end_orphans_except(&BTreeSet::new());
        std::process::exit(code);
    })
    .context("listening for Ctrl-C")
}

#[cfg(target_os = "linux")]
fn adopt_orphans() -> Result<()> {
    // Any process id switches it on; the kernel only asks whether there is one.
    rustix::process::set_child_subreaper(Some(rustix::process::getpid())).context("adopting orphans")
}

#[cfg(not(target_os = "linux"))]
fn adopt_orphans() -> Result<()> {
    Ok(())
}

/// A child that leads a process group of its own. Dropping it ends the group.
#[derive(Debug)]
pub struct Group {
    child: Child,
    pid: Pid,
    status: Option<ExitStatus>,
}

impl Group {
    /// Starts `command` as the leader of a new group.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let mut leaders = running();
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn().with_context(|| format!("starting {program}"))?;
        let pid = Pid::from_child(&child);
        leaders.insert(pid.as_raw_pid());
        Ok(Self { child, pid, status: None })
    }

    /// The child's pipes, to be taken by whoever reads them.
    pub fn pipes(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the leader ended, or `None` while it runs.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        while STOPPING.load(Ordering::SeqCst) {
            // Ctrl-C was pressed: the handler ends the children and the process, and nobody reports them as failed.
            thread::park_timeout(POLITE);
        }
        if self.status.is_none() {
            self.status = self.child.try_wait()?;
        }
        Ok(self.status)
    }

    /// Ends whatever is left of the group.
    pub fn end(&mut self) {
        end_groups(&[self.pid]);
        running().remove(&self.pid.as_raw_pid());
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// Asks the groups to end, waits for their leaders, and then insists.
fn end_groups(pids: &[Pid]) {
    let asked: Vec<Pid> =
        pids.iter().copied().filter(|pid| kill_process_group(*pid, Signal::TERM).is_ok()).collect();
    let deadline = Instant::now() + POLITE;
    while Instant::now() < deadline && asked.iter().any(|pid| is_group_alive(*pid)) {
        thread::sleep(TICK);
    }
    for pid in asked {
        if kill_process_group(pid, Signal::KILL).is_ok() {
            thread::sleep(TICK);
            reap(pid);
        }
    }
}

fn is_group_alive(pid: Pid) -> bool {
    reap(pid);
    rustix::process::test_kill_process_group(pid).is_ok()
}

/// Collects a dead child. An error only says that somebody else has collected it already.
fn reap(pid: Pid) -> bool {
    matches!(waitpid(Some(pid), WaitOptions::NOHANG), Ok(Some(_)))
}

/// Ends the processes that finished commands have left behind. Running groups stay.
pub fn end_orphans() {
    let leaders = running();
    end_orphans_except(&leaders);
}

fn end_orphans_except(leaders: &BTreeSet<i32>) {
    let deadline = Instant::now() + POLITE;
    // Ending one hands its own children to us, hence the rounds.
    while Instant::now() < deadline {
        let left: Vec<Pid> = children_of_this_process()
            .into_iter()
            .filter(|raw| !leaders.contains(raw))
            .filter_map(Pid::from_raw)
            .collect();
        if left.is_empty() {
            return;
        }
        for pid in left {
            if kill_process(pid, Signal::KILL).is_ok() {
                reap(pid);
            }
        }
        thread::sleep(TICK);
    }
}

/// Process ids whose parent is this process, from `/proc` (empty where there is none).
fn children_of_this_process() -> Vec<i32> {
    let own = rustix::process::getpid().as_raw_pid();
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|pid| parent_of(*pid) == Some(own)).collect()
}

fn parent_of(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything, so the fields are counted from its end (proc(5)).
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropping_a_group_ends_the_grandchildren_too() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 100 & sleep 100"]);
        let group = Group::spawn(&mut command).unwrap();
        let pid = group.pid;
        assert!(is_group_alive(pid));
        drop(group);
        // Ended at once; a busy machine takes a moment to sweep them up, and until then they count as there.
        let until = Instant::now() + Duration::from_secs(10);
        while is_group_alive(pid) && Instant::now() < until {
            thread::sleep(TICK);
        }
        assert!(!is_group_alive(pid));
        assert!(!running().contains(&pid.as_raw_pid()));
    }

    #[test]
    fn the_parent_of_a_child_is_this_process() {
        let group = Group::spawn(Command::new("sleep").arg("100")).unwrap();
        assert!(children_of_this_process().contains(&group.pid.as_raw_pid()));
    }
}
