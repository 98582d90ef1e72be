//! axe-core on a sample of every screen, the usual cases and the rare ones, in light and dark.

use std::time::Duration;

use e2e::axe::Axe;
use e2e::environment::Artifact;
use e2e::error::same;
use e2e::pages::{Page, PageServer};
use e2e::{Context, Journey, JourneyError, Needs, Outcome};
use serde_json::{Value, json};

const LONG: Duration = Duration::from_mins(12);

pub const JOURNEYS: &[Journey] = &[
    Journey::new("axe-core, light: a sample of every screen", |context| Box::pin(look(context, "light")))
        .needs(Needs::Gallery)
        .within(LONG),
    Journey::new("axe-core, dark: a sample of every screen", |context| Box::pin(look(context, "dark")))
        .needs(Needs::Gallery)
        .within(LONG),
];

async fn look(context: &Context, look: &str) -> Outcome {
    let folder = Artifact::Gallery
        .path()
        .map_err(|reason| JourneyError::Program { program: "the gallery".to_owned(), reason })?;
    let server = PageServer::start(vec![("/", Page::Folder(folder))]).await?;
    let browser = &context.browser;
    browser.goto(&server.at("/")).await?;
    browser.until_script("the gallery's page", "return !!window.gallery").await?;
    let ready = "const done = arguments[arguments.length - 1]; gallery.ready.then(done, String);";
    let found = browser.script_async(ready, vec![]).await?;
    same("screens without a sample", &found["missing"], &json!([]))?;
    let axe = Axe::load()?;
    let show =
        "const [number, look, done] = arguments; gallery.show(number, look, 'usual').then(done, String);";
    for (number, name) in found["names"].as_array().into_iter().flatten().enumerate() {
        let shown = browser.script_async(show, vec![json!(number), json!(look)]).await?;
        let name = name.as_str().unwrap_or_default();
        same(&format!("what does not fit on {name}"), &shown["cut"], &Value::Array(vec![]))?;
        axe.check(browser, &format!("{look} {name}")).await?;
    }
    Ok(())
}
