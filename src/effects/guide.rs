//! A service's instructions and its form: fetched when a screen has some (`npm/on-demand/guide-….js`, `forms.js`).

use std::rc::Rc;

use railz_connect_contract::ServiceName;
use railz_connect_flow::guide::GuideAnswer;
use railz_connect_flow::{Event, Ticket};
use wasm_bindgen_futures::spawn_local;

use crate::browser::timer::Timer;
use crate::browser::{focus, js_value};
use crate::disposables::Pending;
use crate::runtime::Runtime;

/// After which instructions and form count as some that cannot be had.
const TIMEOUT_MS: u32 = 20_000;

/// Fetches a service's instructions, and the form where it is not here; the end is told by an event, unless the ticket is
/// cancelled before.
#[inline(never)]
pub(super) fn load(runtime: &Rc<Runtime>, ticket: Ticket, service: &ServiceName) {
    let waiting = Rc::downgrade(runtime);
    let on_end = move |loaded: bool| {
        if let Some(runtime) = waiting.upgrade()
            && runtime.disposables.pending.remove(ticket)
        {
            let answer = if loaded { GuideAnswer::Loaded } else { GuideAnswer::Missing };
            change(&runtime, Event::Guide { ticket, answer });
        }
    };
    let on_timeout = on_end.clone();
    runtime
        .disposables
        .pending
        .insert(ticket, Pending::Timer(Timer::new(TIMEOUT_MS, move || on_timeout(false))));
    // Asked for once more: what says that it could not be had has gone.
    if runtime.forms.are_missed() {
        focus_heading(runtime);
    }
    let loading_form = (!runtime.forms.are_here()).then(|| runtime.modules.load("forms"));
    let loading_steps = runtime.modules.load(&["guide-", service.as_str()].concat());
    let waiting = Rc::downgrade(runtime);
    spawn_local(async move {
        if let Some(loading) = loading_form {
            let module = loading.await;
            let Some(runtime) = waiting.upgrade() else { return };
            if let Some(module) = module {
                runtime.forms.put_module(&module);
                // A screen that was left may have been the widget's last one.
                if runtime.disposables.pending.with(ticket, |_| ()).is_some() {
                    change(&runtime, Event::FormLoaded);
                }
            }
        }
        let steps = loading_steps.await.map(|module| js_value::get(&module, "steps"));
        let steps = steps.filter(|steps| js_value::items(steps).next().is_some());
        // What comes late may find another service's form.
        if let (Some(steps), Some(runtime)) = (&steps, waiting.upgrade())
            && runtime.disposables.pending.with(ticket, |_| ()).is_some()
        {
            runtime.forms.put_steps(steps.clone());
        }
        on_end(steps.is_some());
    });
}

/// Tells the flow, and moves the focus where what stood in for a form has given way: to the flow the screen is the same.
fn change(runtime: &Rc<Runtime>, event: Event) {
    let missed = runtime.forms.are_missed();
    runtime.dispatch(event);
    if missed {
        focus_heading(runtime);
    }
}

fn focus_heading(runtime: &Rc<Runtime>) {
    runtime.disposables.focus_timer.put(focus::heading_soon(runtime.root.clone()));
}
