//! What the server logs while one test runs.
//!
//! One subscriber for the whole program, made before the first server: `tracing` remembers of each log line whether
//! anybody wants it, and with a subscriber a thread, the thread that comes by a line first decides for all of them. Each
//! test has a thread of its own and so a log of its own.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};

use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::{Layer, SubscriberExt};

use super::statements;

type Heard = Arc<Mutex<Vec<u8>>>;

thread_local! {
    /// What this thread's test has heard; nothing while it does not listen.
    static HEARD: RefCell<Option<Heard>> = const { RefCell::new(None) };
}

/// Listens from when it is made until it is dropped.
pub struct Log(Heard);

impl Log {
    pub fn listen() -> Self {
        prepare();
        let heard = Heard::default();
        HEARD.with_borrow_mut(|here| *here = Some(heard.clone()));
        Self(heard)
    }

    /// Everything that was logged so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        HEARD.with_borrow_mut(|heard| *heard = None);
    }
}

/// To be called before the first log line of a server can come.
pub fn prepare() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let heard = dynamic_filter_fn(|_, _| HEARD.with_borrow(Option::is_some));
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Ear).with_filter(heard);
        let subscriber = tracing_subscriber::registry().with(lines).with(statements::layer());
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow(|heard| {
            heard.as_ref().map_or(Ok(bytes.len()), |heard| heard.lock().unwrap().write(bytes))
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
