//! Which of the host's adjustments count: the session says which plan the host is on, and whether the widget stands in a
//! page of the server's own (contract rule H5). Before there is a session all of them do, so that nothing changes its
//! looks for nearly everybody.

use railz_connect_contract::BillingPlan;

use crate::config::{Config, HostLink};
use crate::screen::{Link, ThemeScope};
use crate::session::Session;

/// What counts of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    plan: BillingPlan,
    sites: bool,
}

impl Plan {
    pub(crate) fn of(session: Option<&Session>) -> Self {
        let unbound = Self { plan: BillingPlan::Custom, sites: false };
        session.map_or(unbound, |session| Self { plan: session.plan, sites: session.sites })
    }

    /// Whether the host's own words count.
    pub(crate) fn labels(self) -> bool {
        matches!(self.plan, BillingPlan::Custom | BillingPlan::Unknown)
    }

    pub(crate) fn theme_scope(self) -> ThemeScope {
        match self.plan {
            BillingPlan::Free => ThemeScope::None,
            BillingPlan::PayAsYouGo if !self.sites => ThemeScope::Colours,
            BillingPlan::PayAsYouGo | BillingPlan::Custom | BillingPlan::Unknown => ThemeScope::Full,
        }
    }

    /// The address of the host's logo, where it is shown.
    pub(crate) fn logo(self, config: &Config) -> Option<String> {
        let shown = self.labels() && !self.sites && config.components.watermark;
        config.theme.get("theme.logo.url").filter(|_| shown).map(str::to_owned)
    }

    /// A link as it is shown: without a target there is none, and only the full plan may leave it out.
    pub(crate) fn link(self, link: &HostLink) -> Option<Link> {
        let url = link.target.clone().filter(|_| link.wanted || !self.labels())?;
        Some(Link { url, words: link.words.clone() })
    }
}
