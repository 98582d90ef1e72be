//! The bench in small: one load of each way in, and what of it does not waver with the machine.

use std::time::Duration;

use e2e::bench::limits;
use e2e::bench::site::{Site, USUAL};
use e2e::environment::report_folder;
use e2e::{Journey, Needs};

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "bytes, elements, nodes and layout shift stay within their share of the package we replace",
    |_| {
        Box::pin(async {
            let site = Site::start(USUAL, &report_folder().join("programs")).await?;
            limits::check(&site).await
        })
    },
)
.needs(Needs::Bench)
.chromium_only()
.within(Duration::from_mins(5))];
