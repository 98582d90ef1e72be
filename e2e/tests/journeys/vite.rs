//! The page that Vite built from the packed package: the widget's third way onto a page.

use e2e::environment::Artifact;
use e2e::error::same;
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::{Context, Journey, JourneyError, Needs, Outcome};
use url::Url;

use super::steps::{SANDBOX, check_success_page};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("a page built by Vite from the packed package connects the sandbox", |context| {
        Box::pin(built_by_vite(context))
    })
    .needs(Needs::Vite)];

async fn built_by_vite(context: &Context) -> Outcome {
    let folder = Artifact::ViteOut
        .path()
        .map_err(|reason| JourneyError::Program { program: "the Vite example".to_owned(), reason })?;
    let server = PageServer::start(vec![("/", Page::Folder(folder))]).await?;
    let programs = context.programs()?;
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        url.query_pairs_mut()
            .append_pair("widgetId", WIDGET_ID)
            .append_pair("endpoint", &programs.connect)
            .append_pair("businessName", &context.business)
            .append_pair("successUrl", &format!("{}/success", programs.host));
        address = url.into();
    }
    context.browser.goto(&address).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    same("mount error", context.browser.text("#mount-error").await?.as_str(), "")?;
    let sent =
        context.browser.script("return sessionStorage.getItem('railz-connect-state') ?? ''", vec![]).await?;
    let sent = sent.as_str().unwrap_or_default();
    same("the letters of its state", sent.len(), 32)?;
    widget.pick(SANDBOX).await?;
    check_success_page(context, SANDBOX, "POST", sent).await.map(drop)
}
