//! Where the window will lead, before it opens; the press on the button opens it.

use railz_connect_contract::ServiceKind;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::question::{ANSWER_FIELD, AnswerError, Question};
use railz_connect_flow::screen::{QuestionField, ServiceLabel};

use super::shared::{
    action,
    element::{View, element},
    form, icon, mark, screen,
};
use crate::text::{Word, consent, fill_customer, fill_service, say, service_label};

#[inline(never)]
pub(super) fn draw(
    name: &'static str,
    service: &ServiceLabel,
    (kind, customer): (ServiceKind, &str),
    renewing: bool,
    question: Option<QuestionField>,
) -> View {
    let label = service_label(service);
    let title = fill_service(if renewing { Word::BeforeTitleRenew } else { Word::BeforeTitle }, &label);
    let (share, share_with_nobody) = consent(kind);
    let share = fill_customer(share, share_with_nobody, customer);
    let points = [
        fill_service(Word::BeforeWindow, &label),
        say(Word::BeforeAdministrator),
        share,
        fill_service(Word::BeforeRevoke, &label),
    ];
    let points = points.into_iter().map(|point| {
        let dot = element("SPAN").class("dot").child(icon::tick()).done();
        element("LI").child(dot).child(element("SPAN").text(point).done()).done()
    });
    let mark = element("SPAN").class("large").child(mark::mark(service)).done();
    let back = action::quiet("back", say(Word::Back), UserEvent::Back);
    let go_on = fill_service(Word::BeforeButton, &label);
    let actions = match question {
        Some(asked) => ask(&asked, &label, go_on, back),
        None => action::row([action::primary("continue", go_on, UserEvent::OpenWindow), back]),
    };
    screen::centred(name, mark, title)
        .child(element("UL").class("points").attribute("role", "list").children(points).done())
        .child(actions)
        .done()
}

/// The question, answered in the press that opens the window.
fn ask(asked: &QuestionField, service: &str, go_on: String, back: View) -> View {
    let (label, hint, problem) = match asked.question {
        Question::Shop => (Word::AnswerShop, Word::AnswerShopHint, Word::AnswerShopProblem),
        Question::EnvironmentUrl => (Word::AnswerUrl, Word::AnswerUrlHint, Word::AnswerUrlProblem),
    };
    let problem = asked.problem.as_ref().map(|found| match found {
        AnswerError::Malformed => fill_service(problem, service),
        AnswerError::Refused(message) => message.clone(),
    });
    let (label, hint) = (say(label), say(hint));
    let field = form::Field {
        name: ANSWER_FIELD,
        kind: "text",
        label: &label,
        hint: Some(&hint),
        value: asked.answer.clone(),
        problem,
    };
    element("FORM")
        .class("form")
        .attribute("novalidate", "")
        .on_submit()
        .child(form::field(field))
        .child(action::row([form::send_button("continue", go_on), back]))
        .done()
}
