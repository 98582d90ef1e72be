//! axe-core on the screen that stands there: no violation, and what it cannot judge is printed.

use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;
use crate::environment::Artifact;
use crate::error::{JourneyError, Outcome, holds};

/// The axe-core program, read once a journey.
#[derive(Debug)]
pub struct Axe {
    source: String,
}

const RUN: &str = "
;const done = arguments[arguments.length - 1];
const brief = (results) => results.map((result) => ({
    rule: result.id,
    impact: result.impact,
    nodes: result.nodes.map((node) => node.target.flat().join(' ') + ': ' + (node.failureSummary || node.html)),
}));
const base = document.querySelector('#railz-connect-base');
// A colour on its way to another is nothing that a person reads.
const ending = (motion) => motion.effect.getComputedTiming().iterations !== Infinity;
Promise.allSettled((base?.shadowRoot ?? document).getAnimations().filter(ending).map((motion) => motion.finished))
    .then(() => axe.run(base ?? document, { resultTypes: ['violations', 'incomplete'] }))
    .then((results) => done({
        violations: brief(results.violations),
        incomplete: brief(results.incomplete),
        passes: results.passes.length,
    }), (error) => done({ failed: String(error) }));";

impl Axe {
    /// Where axe-core lies.
    ///
    /// # Errors
    /// A sentence that names what is missing.
    pub fn file() -> Result<PathBuf, String> {
        let file = Artifact::NodeModules.path()?.join("axe-core/axe.min.js");
        if file.is_file() { Ok(file) } else { Err(format!("{} is missing", file.display())) }
    }

    /// Reads axe-core.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it is not there.
    pub fn load() -> Outcome<Self> {
        let missing = |reason| JourneyError::Program { program: "axe-core".to_owned(), reason };
        let file = Self::file().map_err(missing)?;
        let source = std::fs::read_to_string(file).map_err(|error| missing(error.to_string()))?;
        Ok(Self { source })
    }

    /// Checks the widget's screen.
    ///
    /// # Errors
    /// [`JourneyError::Unexpected`] with each violation and its elements; also when nothing was checked.
    pub async fn check(&self, browser: &Browser, screen: &str) -> Outcome {
        let report = browser.script_async(&format!("{}{RUN}", self.source), vec![]).await?;
        holds(report["failed"].is_null(), "axe-core", "a report", &report["failed"])?;
        let passes = report["passes"].as_u64().unwrap_or_default();
        holds(passes > 0, "rules that axe-core could apply", "some", passes)?;
        for open in report["incomplete"].as_array().into_iter().flatten() {
            let engine = browser.engine.name();
            println!("axe-core, to be judged: {engine}, {screen}: {open}");
        }
        let none = report["violations"].as_array().is_some_and(Vec::is_empty);
        let found = serde_json::to_string_pretty(&report["violations"]).unwrap_or_default();
        if none {
            return Ok(());
        }
        Err(JourneyError::Unexpected {
            what: format!("axe-core on the screen {screen:?}"),
            expected: "no violation".to_owned(),
            found,
        })
    }

    /// Checks with a value of the report, for a page that must have violations.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn violations(&self, browser: &Browser) -> Outcome<Vec<Value>> {
        let report = browser.script_async(&format!("{}{RUN}", self.source), vec![]).await?;
        Ok(report["violations"].as_array().cloned().unwrap_or_default())
    }
}
