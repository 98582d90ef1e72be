//! What all journeys of a run share: the runtime, and one world an engine, started when first needed.

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
use crate::failure::{Failure, Outcome};
use crate::processes;
use crate::world::World;

type Started = Result<Arc<World>, String>;

/// The run.
#[derive(Debug)]
pub struct Suite {
    runtime: Handle,
    worlds: Mutex<HashMap<Engine, Started>>,
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
            worlds: Mutex::default(),
            businesses: AtomicU32::new(1),
            reports: report_folder(),
        }
    }

    /// Runs a journey's future to its end.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// The world of an engine. When it could not be started, it is not tried again.
    ///
    /// # Errors
    /// [`Failure::Program`] with the reason.
    pub async fn world(&self, engine: Engine) -> Outcome<Arc<World>> {
        let mut worlds = self.worlds.lock().await;
        let started = match worlds.entry(engine) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let started = World::start(engine.name(), &self.reports.join("programs")).await;
                entry.insert(started.map(Arc::new).map_err(|error| error.to_string())).clone()
            }
        };
        started.map_err(|reason| Failure::Program { program: "the world".to_owned(), reason })
    }

    /// A business name that nobody else in this run has.
    pub fn business(&self, engine: Engine) -> String {
        let number = self.businesses.fetch_add(1, Ordering::Relaxed);
        format!("Bakery {number} of {}", engine.name())
    }

    /// Ends the programs.
    pub fn end(&self) {
        self.run(async { self.worlds.lock().await.clear() });
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
