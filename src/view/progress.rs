//! The progress bar over the root screens.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::journey::StepState;
use railz_connect_flow::screen::ProgressStep;

use super::shared::{
    action,
    element::{View, element},
};
use crate::text::{self, Word, say};

pub(super) fn draw(steps: Vec<ProgressStep>) -> View {
    let steps = steps.into_iter().map(step);
    let list = element("OL").class("progress").attribute("role", "list").children(steps).done();
    element("NAV").attribute("aria-label", say(Word::Progress)).child(list).done()
}

fn step(one: ProgressStep) -> View {
    let name = say(text::step(one.step));
    let label = match text::step_state(one.state) {
        Some(state) => [name.as_str(), &say(state)].join(", "),
        None => name.clone(),
    };
    let press = if one.open {
        action::button("step", UserEvent::GoTo(one.step))
    } else {
        element("SPAN").class("step")
    };
    let press = press.attribute("data-state", state_name(one.state));
    let press = if one.state == StepState::Current { press.attribute("aria-current", "step") } else { press };
    let press = if one.open { press.attribute("aria-label", label) } else { press };
    element("LI").child(press.text(name).done()).done()
}

fn state_name(state: StepState) -> &'static str {
    match state {
        StepState::Current => "current",
        StepState::Success => "success",
        StepState::Skipped => "skipped",
        StepState::Pending => "pending",
    }
}
