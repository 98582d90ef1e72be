//! Wakes waiting polls when an attempt has ended, the moment it does.
//!
//! Only a nudge: whoever hears it reads the database, and reads it anyway now and then, so that a lost nudge (another
//! server process, an overrun) costs seconds and never an answer.

use railz_connect_contract::AttemptId;
use tokio::sync::broadcast::{self, error::RecvError};

/// Where ends of attempts are called out.
#[derive(Debug)]
pub struct AttemptNotifier(broadcast::Sender<AttemptId>);

impl Default for AttemptNotifier {
    fn default() -> Self {
        Self(broadcast::Sender::new(1024))
    }
}

/// Hears the ends of attempts from the moment it was made.
#[derive(Debug)]
pub struct Listener(broadcast::Receiver<AttemptId>);

impl AttemptNotifier {
    /// Calls out that this attempt has ended.
    pub fn notify(&self, attempt: &AttemptId) {
        if self.0.send(attempt.clone()).is_err() {
            tracing::trace!(%attempt, "nobody waits for the end of this attempt");
        }
    }

    /// How many listen, which is how many polls wait.
    pub fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Begins to listen; ends that are called out from now on are heard.
    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

impl Listener {
    /// Returns when this attempt may have ended.
    pub async fn wait_for(&mut self, attempt: &AttemptId) {
        loop {
            match self.0.recv().await {
                Ok(ended) if &ended != attempt => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
