//! The words, all of them, for people who use the widget and for developers who run it. English for now.
//!
//! Each word has a key in [`Word`] and its text in a language's file (`english`), unless the host has words of its own for
//! it (`labels`). A text may hold `{service}`, `{customer}` and the like, which are filled in as text: no word carries
//! markup.

mod developers;
mod english;
mod kinds;
#[cfg(test)]
mod label_keys;
mod labels;
mod placeholders;
mod services;
mod words;

use railz_connect_flow::screen::ServiceLabel;

pub(crate) use developers::{
    configuration_error, error_message, report_callback_threw, report_endpoint, report_not_offered,
    report_older_option, report_unknown_option, success_page_unreached,
};
pub(crate) use kinds::{consent, full, kind, picker, step, step_state};
pub(crate) use labels::{Labels, TextContext, describe_voice, with_context};
pub(crate) use services::{service_label, service_name};
pub(crate) use words::{Word, refusal, state, use_case};

/// The language of the words, for `lang`.
pub(crate) const LANGUAGE: &str = "en";

/// The text of a word.
pub(crate) fn say(word: Word) -> String {
    fill(word, &[])
}

/// The text of a word with its placeholders filled.
pub(crate) fn fill(word: Word, placeholders: &[(&str, &str)]) -> String {
    labels::host_text(word, placeholders).unwrap_or_else(|| {
        placeholders::fill_in(english::text(word).to_owned(), placeholders.iter().copied())
    })
}

/// The text of a word about a service.
pub(crate) fn fill_service(word: Word, service: &str) -> String {
    fill(word, &[("{service}", service)])
}

/// What is connected: the company where its name is known, and the service.
pub(crate) fn company_at(service: &ServiceLabel, company: Option<&str>) -> String {
    let service = service_label(service);
    match company {
        Some(company) => {
            fill(Word::CompanyAtService, &[("{service}", service.as_str()), ("{account}", company)])
        }
        None => service,
    }
}

/// The text of a word about a customer, or of another word where no customer is named.
pub(crate) fn fill_customer(named: Word, nobody: Word, customer: &str) -> String {
    if customer.is_empty() { say(nobody) } else { fill(named, &[("{customer}", customer)]) }
}

/// The sign-in window's title until it leaves.
pub(crate) fn window_title(service: &str) -> String {
    fill_service(Word::WindowTitle, service)
}

/// The sign-in window's words until it leaves.
pub(crate) fn window_message(service: &str) -> String {
    fill_service(Word::WindowMessage, service)
}
