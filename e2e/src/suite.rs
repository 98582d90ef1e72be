//! What all journeys of a run share: the runtime, and the programs, a set of them an engine, started when first needed.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::runtime::{Handle, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Mutex;

use crate::engines::Engine;
use crate::environment::report_folder;
use crate::error::{JourneyError, Outcome};
use crate::processes;
use crate::programs::Programs;

type Started = Result<Arc<Programs>, String>;

/// One run of the journeys, in all engines.
#[derive(Debug)]
pub struct Suite {
    runtime: Handle,
    programs: Mutex<HashMap<Engine, Started>>,
    businesses: AtomicU32,
    /// Where pictures and logs go.
    pub reports: PathBuf,
}

impl Suite {
    /// A run on this runtime. An interrupt ends every program before it ends the run.
    pub fn new(runtime: &Runtime) -> Self {
        runtime.spawn(async {
            if interrupted().await.is_ok() {
                processes::end_all();
                std::process::exit(130);
            }
        });
        Self {
            runtime: runtime.handle().clone(),
            programs: Mutex::default(),
            businesses: AtomicU32::new(1),
            reports: report_folder(),
        }
    }

    /// Runs a journey's future to its end.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// The programs of an engine. When it could not be started, it is not tried again.
    ///
    /// # Errors
    /// [`JourneyError::Program`] with the reason.
    pub async fn programs(&self, engine: Engine) -> Outcome<Arc<Programs>> {
        let mut all = self.programs.lock().await;
        let started = match all.entry(engine) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let started = Programs::start(engine.name(), &self.reports.join("programs")).await;
                entry.insert(started.map(Arc::new).map_err(|error| error.to_string())).clone()
            }
        };
        started.map_err(|reason| JourneyError::Program { program: "the programs".to_owned(), reason })
    }

    /// A business name that nobody else in this run has.
    pub fn business(&self, engine: Engine) -> String {
        let number = self.businesses.fetch_add(1, Ordering::Relaxed);
        format!("Bakery {number} of {}", engine.name())
    }

    /// Ends the programs.
    pub fn end(&self) {
        self.run(async { self.programs.lock().await.clear() });
        processes::end_all();
    }
}

/// Waits until the run is asked to end, from the keyboard or by whoever started it.
async fn interrupted() -> std::io::Result<()> {
    let mut ended = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = ended.recv() => Ok(()),
    }
}
