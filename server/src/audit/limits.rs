//! How many lines of one kind a minute may have.
//!
//! Whoever is refused can ask again at once and for ever, and whoever knows a widget's id can open sessions; a line for each
//! would fill the disk, and bury what matters. So of what is bounded ([`AuditEvent::is_bounded`]) each kind has so many lines of
//! its own a minute, and the rest of that minute is one line with their number.

use std::collections::BTreeMap;

use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use crate::domain::audit_event::{AuditAction, AuditEvent, AuditOutcome};

/// How many lines of their own the calls of one kind have in a minute.
pub const MOST_OF_A_MINUTE: u64 = 100;

/// What counts as one kind. The widget is one that there is: with any that somebody names, there would be as many kinds as
/// names; without, whoever asks for one that is not there would use up what all the others have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    action: AuditAction,
    outcome: AuditOutcome,
    actor: &'static str,
    widget: Option<WidgetId>,
}

impl Kind {
    fn of(event: &AuditEvent, named: NamedWidget) -> Self {
        let widget = match named {
            NamedWidget::Known => event.widget.clone(),
            NamedWidget::Unknown => None,
        };
        Self { action: event.action, outcome: event.outcome, actor: event.actor.word(), widget }
    }
}

/// Whether there is the widget that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedWidget {
    /// There is; or none is named.
    Known,
    /// There is not, or nobody could say.
    Unknown,
}

/// Of one kind, in this minute.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    written: u64,
    counted: u64,
}

/// The tallies of the minute that goes on.
#[derive(Debug, Default)]
pub(super) struct Limits {
    minute: i64,
    tallies: BTreeMap<Kind, Tally>,
}

/// What becomes of a line.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is written, behind what was counted in the minute before.
    Write { line: Box<AuditEvent>, counted: Vec<AuditEvent> },
    /// It is counted; what was counted in the minute before is written.
    Counted { counted: Vec<AuditEvent> },
}

impl Limits {
    /// Decides about a line.
    pub(super) fn judge(&mut self, event: AuditEvent, named: NamedWidget) -> Verdict {
        let counted = self.take_over(event.occurred_at);
        if !event.is_bounded() {
            return Verdict::Write { line: Box::new(event), counted };
        }
        let tally = self.tallies.entry(Kind::of(&event, named)).or_default();
        if tally.written < MOST_OF_A_MINUTE {
            tally.written += 1;
            Verdict::Write { line: Box::new(event), counted }
        } else {
            tally.counted += event.count;
            Verdict::Counted { counted }
        }
    }

    /// The lines with numbers, where the minute is over that they are of.
    pub(super) fn take_over(&mut self, now: Timestamp) -> Vec<AuditEvent> {
        let minute = now.as_second().div_euclid(60);
        if minute == self.minute {
            return Vec::new();
        }
        self.minute = minute;
        self.take_all(now)
    }

    /// The lines with numbers, at once.
    pub(super) fn take_all(&mut self, now: Timestamp) -> Vec<AuditEvent> {
        let tallies = std::mem::take(&mut self.tallies);
        tallies
            .into_iter()
            .filter(|(_, tally)| tally.counted > 0)
            .map(|(kind, tally)| sum(kind, tally, now))
            .collect()
    }
}

/// The line with the number of those that have none of their own. It is of no single actor.
fn sum(kind: Kind, tally: Tally, now: Timestamp) -> AuditEvent {
    AuditEvent {
        outcome: kind.outcome,
        widget: kind.widget,
        detail: Some(format!("more of these in one minute, by {}", kind.actor)),
        count: tally.counted,
        ..AuditEvent::new(kind.action, now)
    }
}
