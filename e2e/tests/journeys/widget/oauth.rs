//! Services behind OAuth: from the overview to the sign-in, and on.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, BANKING, check_connected, check_kept, connection_id, is_at, open, read_state, read_steps,
    sign_in, start_sign_in,
};
use crate::stories::steps::SANDBOX;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("from the overview a sign-in connects, and the next step follows", |context| {
        Box::pin(connects(context))
    }),
    Journey::new("the sandbox connects with one press among all services", |context| {
        Box::pin(sandbox(context))
    }),
];

async fn connects(context: &Context) -> Outcome {
    context.open_all_services(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    widget.act("next").await?;
    is_at(context, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "quickbooks").await?, "#approve").await?;
    let payload = check_connected(context, "quickbooks").await?;
    check_kept(context, &payload).await?;
    widget.act("done").await?;
    is_at(context, BANKING).await?;
    same("the steps", read_steps(context).await?, ["success", "success", "current", "pending", "pending"])?;
    open(context, ACCOUNTING).await?;
    same(
        "the connection's state",
        read_state(context, &connection_id(&payload)).await?.as_deref(),
        Some("active"),
    )?;
    let other = widget.element("button[data-service='xero']").await?;
    holds(
        !other.is_enabled().await?,
        "another accounting service",
        "no second one at a time",
        "it can be pressed",
    )
}

async fn sandbox(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    context.widget().pick(SANDBOX).await?;
    let payload = check_connected(context, SANDBOX).await?;
    check_kept(context, &payload).await.map(drop)
}
