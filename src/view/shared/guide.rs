//! Instructions, step by step. They travel when they are needed; until then, and without them, the rest of the screen
//! can be used.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::guide::{Guide, GuideStep, Picture, Shape};

use super::element::{View, element};
use super::{action, drawing, screen};
use crate::text::{Word, say};

/// The instructions as far as they are here.
pub(crate) fn draw(guide: &Guide) -> View {
    let (steps, missing) = match guide {
        Guide::Loading(_) => (None, false),
        Guide::Ready(steps) => (Some(steps), false),
        Guide::Missing => (None, true),
    };
    let words = match guide {
        Guide::Loading(_) => say(Word::GuideLoading),
        Guide::Ready(_) => String::new(),
        Guide::Missing => say(Word::GuideMissing),
    };
    let again = missing.then(|| action::secondary("load-guide", say(Word::TryAgain), UserEvent::LoadGuide));
    let list = steps.map(|steps| {
        let rows = steps.iter().map(step);
        element("OL").class("stages").children(rows).done()
    });
    let summary = element("SUMMARY").text(say(Word::GuideTitle)).done();
    element("DETAILS")
        .class("guide")
        .attribute("open", "")
        .child(summary)
        .child(screen::live("status", words))
        .child(again.unwrap_or(View::Nothing))
        .child(list.unwrap_or(View::Nothing))
        .done()
}

fn step(step: &GuideStep) -> View {
    let path = (!step.path.is_empty()).then(|| {
        let words = step.path.iter().map(|word| element("LI").text(word.clone()).done());
        element("OL").class("path").attribute("role", "list").children(words).done()
    });
    element("LI")
        .child(element("H3").text(step.title.clone()).done())
        .children(path)
        .children(step.paragraphs.iter().map(|words| screen::text(words.clone())))
        .children(step.picture.as_ref().map(picture))
        .done()
}

fn picture(picture: &Picture) -> View {
    let shapes = picture.shapes.iter().map(|shape| match shape {
        Shape::Line { part, path } => drawing::line(part.clone(), path.clone()),
        Shape::Words { part, x, y, text } => {
            drawing::words(part.clone(), (x.clone(), y.clone()), text.clone())
        }
    });
    let view_box = format!("0 0 320 {}", picture.height);
    drawing::drawing("drawing", view_box, Some(picture.description.clone()), shapes.collect())
}
