//! Which of the host's adjustments count: the session says which plan the host is on, and whether the widget stands in a
//! page of the server's own (end of section 1.2 of the interface). Before there is a session all of them do, so that
//! nothing changes its looks for nearly everybody.

use railz_connect_contract::BillingPlan;

use crate::config::HostLink;
use crate::screen::Link;
use crate::{Config, Session};

/// How much of the host's theme counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dress {
    /// All of it.
    Full,
    /// The colours.
    Colours,
    /// None of it.
    Plain,
}

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

    pub(crate) fn dress(self) -> Dress {
        match self.plan {
            BillingPlan::Free => Dress::Plain,
            BillingPlan::PayAsYouGo if !self.sites => Dress::Colours,
            BillingPlan::PayAsYouGo | BillingPlan::Custom | BillingPlan::Unknown => Dress::Full,
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

/// Whether the host's name for who asks counts.
pub(crate) fn honours_company(plan: BillingPlan) -> bool {
    plan != BillingPlan::Free
}
