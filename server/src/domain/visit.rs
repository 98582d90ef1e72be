//! A visit: what a person does with one business, from opening the widget to the hand-over.
//!
//! Sessions come and go within it (see `session.rs`): a token that ran out is followed by another one of the same visit. What
//! was begun and connected belongs to the visit, and so does what the host wants of it. It never changes its widget, its
//! business or its kind of session.

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ServiceName, WidgetId, text_id};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::visit_settings::VisitSettings;

/// For how many seconds a visit is kept at least; after that, for as long as a session or an attempt of it is.
pub const KEPT_SECONDS: u64 = 24 * 60 * 60;

text_id! {
    /// A visit by its id, `VIS-<uuid>`; opens nothing.
    VisitId
}

impl VisitId {
    /// The id of a new visit: `VIS-` and this number.
    pub fn from_number(number: Uuid) -> Self {
        Self(format!("VIS-{number}"))
    }
}

/// Who said for which business a visit is, and so how much it may be trusted with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// The page: anybody who knows a widget's id and a business's name can be behind it.
    #[default]
    Open,
    /// The customer's back end, with a secret key.
    Minted,
}

impl SessionKind {
    /// The kind's word, in the database (column `strength`) and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Minted => "minted",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Minted].into_iter().find(|kind| kind.word() == word)
    }
}

/// Who asks, or signed in: a visit, and who said for which business it is. All that rights are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor<'a> {
    /// The visit that the request goes on with, or that signed in.
    pub visit: &'a VisitId,
    /// Who said for which business it is.
    pub session_kind: SessionKind,
}

/// A visit as stored.
#[derive(Clone, Debug)]
pub struct Visit {
    /// `VIS-<uuid>`.
    pub id: VisitId,
    /// The widget it goes through.
    pub widget: WidgetId,
    /// The business whose connections its sessions may see and change.
    pub business: BusinessUuid,
    /// Who said so.
    pub session_kind: SessionKind,
    /// The origin of the page that opened it, which the sessions of an open visit are bound to. None for a minted one, unless
    /// a link led into it: then this server's own. None for those of older servers.
    pub origin: Option<String>,
    /// What the host wants of it.
    pub settings: VisitSettings,
    /// When it began.
    pub created_at: Timestamp,
}

impl Visit {
    /// A visit that begins now.
    pub fn begin(
        number: Uuid,
        (widget, business): (WidgetId, BusinessUuid),
        session_kind: SessionKind,
        origin: Option<String>,
        now: Timestamp,
    ) -> Self {
        let settings = VisitSettings::default();
        Self {
            id: VisitId::from_number(number),
            widget,
            business,
            session_kind,
            origin,
            settings,
            created_at: now,
        }
    }

    /// Who speaks in it.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { visit: &self.id, session_kind: self.session_kind }
    }

    /// Whether this service may be connected in it.
    pub fn offers(&self, service: &ServiceName) -> bool {
        self.settings.services.as_ref().is_none_or(|services| services.contains(service))
    }

    /// Whether a page of this origin is the one that a link led to.
    pub fn is_hosted_on(&self, origin: Option<&str>) -> bool {
        self.session_kind == SessionKind::Minted && origin.is_some() && self.origin.as_deref() == origin
    }

    /// Whether it is bound to another origin than this one, so that a page of this one may not speak for it. Never where the
    /// request has none, which is no cross-origin call of a browser, nor where the visit is bound to none.
    pub fn is_bound_elsewhere(&self, origin: Option<&str>) -> bool {
        matches!((&self.origin, origin), (Some(own), Some(origin)) if own != origin)
    }
}
