//! Finding a service among many by what a person types.

use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{ACCOUNTING, open};

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "a search forgives slips and word order, tells how many it found, and keeps its words",
    |context| Box::pin(forgives(context)),
)];

/// Types into the search field, instead of what stands there.
async fn search(context: &Context, words: &str) -> Outcome {
    let field = context.widget().element("#search").await?;
    field.clear().await?;
    Ok(field.send_keys(words).await?)
}

/// The services that are offered.
async fn read_offered(context: &Context) -> Outcome<Vec<String>> {
    let script = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        return [...root.querySelectorAll('button[data-service]')].map((tile) => tile.dataset.service);";
    let offered = context.browser.script(script, vec![]).await?;
    Ok(serde_json::from_value(offered).unwrap_or_default())
}

async fn forgives(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    search(context, "desktop QUICKBOKS").await?;
    widget.says("1 service found").await?;
    same("what is found", read_offered(context).await?, ["quickbooksDesktop"])?;
    search(context, "no such books").await?;
    widget.says("No service is called that").await?;
    same("what is found", read_offered(context).await?.len(), 0)?;
    search(context, "dynamics").await?;
    widget.says("2 services found").await?;
    widget.pick("dynamics365Finance").await?;
    widget.shows("before").await?;
    widget.act("back").await?;
    widget.shows("picker").await?;
    let kept = widget.element("#search").await?.value().await?;
    same("the words of the search", kept.as_deref(), Some("dynamics"))?;
    same("what is found", read_offered(context).await?.len(), 2)
}
