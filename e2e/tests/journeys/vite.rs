//! The page that Vite built from the packed package: the widget's third way onto a page.

use e2e::environment::Handed;
use e2e::failure::same;
use e2e::pages::{Page, PageServer};
use e2e::world::WIDGET_ID;
use e2e::{Context, Failure, Journey, Needs, Outcome};
use url::Url;

use super::steps::{SANDBOX, received};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("a page built by Vite from the packed package connects the sandbox", |context| {
        Box::pin(built_by_vite(context))
    })
    .needs(Needs::Vite)];

async fn built_by_vite(context: &Context) -> Outcome {
    let folder = Handed::ViteOut
        .path()
        .map_err(|reason| Failure::Program { program: "the Vite example".to_owned(), reason })?;
    let server = PageServer::start(vec![("/", Page::Folder(folder))]).await?;
    let world = context.world()?;
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        url.query_pairs_mut()
            .append_pair("widgetId", WIDGET_ID)
            .append_pair("endpoint", &world.connect)
            .append_pair("businessName", &context.business)
            .append_pair("successUrl", &format!("{}/success", world.host));
        address = url.into();
    }
    context.browser.goto(&address).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    same("mount error", context.browser.text("#mount-error").await?.as_str(), "")?;
    widget.pick(SANDBOX).await?;
    received(context, SANDBOX, "POST", "").await.map(drop)
}
