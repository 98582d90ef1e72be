//! Engines times journeys, as named tests in the format that cargo's own harness prints.
//!
//! At most two journeys run at once, each bounded in time. A missing engine or package makes a test
//! ignored, with the reason. A failed one leaves a picture, the host's events and the logs behind.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::time::timeout;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::error::{JourneyError, Outcome};
use crate::journey::{Context, Engines, Journey, Needs};
use crate::suite::Suite;

const AT_ONCE: usize = 2;
const REPORT: Duration = Duration::from_secs(15);
const QUIT: Duration = Duration::from_secs(10);

/// Runs all journeys that the command line selects.
pub fn run(journeys: &[Journey]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(AT_ONCE).min(AT_ONCE));
    let words = if arguments.exact { String::new() } else { arguments.filter.take().unwrap_or_default() };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime for the journeys: {error}");
            return ExitCode::FAILURE;
        }
    };
    let suite = Arc::new(Suite::new(&runtime));
    let trials = Engine::ALL
        .into_iter()
        .flat_map(|engine| journeys.iter().map(move |journey| (engine, *journey)))
        .filter(|(engine, journey)| journey.engines == Engines::All || *engine == Engine::Chromium)
        .filter(|(engine, journey)| holds(&name(*engine, journey), &words))
        .map(|(engine, journey)| trial(&suite, engine, journey))
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    suite.end();
    conclusion.exit_code()
}

fn name(engine: Engine, journey: &Journey) -> String {
    format!("{}: {}", engine.name(), journey.name)
}

/// Whether a name holds each of the words, whatever their order and case.
fn holds(name: &str, words: &str) -> bool {
    let name = name.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

fn trial(suite: &Arc<Suite>, engine: Engine, journey: Journey) -> Trial {
    let suite = suite.clone();
    let name = name(engine, &journey);
    Trial::ignorable_test(name.clone(), move || {
        let installed = match engine.find() {
            Ok(installed) => installed,
            Err(reason) => return Ok(Completion::ignored_with(reason)),
        };
        if let Err(reason) = journey.needs.check() {
            return Ok(Completion::ignored_with(reason));
        }
        suite
            .run(async {
                let programs = match journey.needs {
                    Needs::Nothing | Needs::Gallery | Needs::Bench => None,
                    _ => Some(suite.programs(engine).await?),
                };
                let browser = Browser::start(&installed, journey.color_scheme).await?;
                let business = suite.business(engine);
                let context = Context { browser, programs, color_scheme: journey.color_scheme, business };
                let result = timeout(journey.limit, (journey.story)(&context)).await;
                let result = result.unwrap_or(Err(JourneyError::TooLong(journey.limit.as_secs())));
                if let Err(failure) = &result {
                    let folder = file_name(&name);
                    if timeout(REPORT, report(&suite, &context, failure, &folder)).await.is_err() {
                        eprintln!("{name}: the browser gave no picture in time");
                    }
                }
                // The driver and the browser are ended by id in any case, just below.
                timeout(QUIT, context.browser.quit()).await.ok();
                result
            })
            .map(|()| Completion::Completed)
            .map_err(|failure: JourneyError| Failed::from(failure.to_string()))
    })
}

async fn report(suite: &Suite, context: &Context, failure: &JourneyError, folder: &str) {
    if let Err(error) = write_report(suite, context, failure, folder).await {
        eprintln!("{folder}: no full report: {error}");
    }
}

async fn write_report(suite: &Suite, context: &Context, failure: &JourneyError, folder: &str) -> Outcome {
    let folder = suite.reports.join(folder);
    std::fs::create_dir_all(&folder).map_err(JourneyError::io("making the report's folder"))?;
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).map_err(JourneyError::io(format!("writing {name}")))
    };
    let browser = &context.browser;
    let logs = context.programs.as_ref().map(|programs| programs.logs()).unwrap_or_default();
    write("failure.txt", format!("{failure}\n\n{}\n{logs}\n", browser.driver_log()).as_bytes())?;
    let events = context.host().events().await;
    let page = browser.snapshot().await;
    let console = browser.console().await;
    let text = format!("{page}\n\nwindow.hostEvents: {events:#?}\n\nconsole:\n{console}\n");
    write("page.txt", text.as_bytes())?;
    write("page.png", &browser.picture().await?)?;
    eprintln!("picture and logs: {}", folder.display());
    Ok(())
}

fn file_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_is_picked_by_any_words_of_its_name_and_its_engine() {
        let journey = Journey::new("a dialog closes with Escape", |_| Box::pin(async { Ok(()) }));
        let name = name(Engine::WebKit, &journey);
        for words in ["", "dialog", "DIALOG escape", "webkitgtk: a dialog closes", "WebKit dialog"] {
            assert!(holds(&name, words), "{words}");
        }
        for words in ["firefox dialog", "dialogs"] {
            assert!(!holds(&name, words), "{words}");
        }
    }
}
