//! The pages that only say something. Why something went wrong stands in the log: people are told what they can do.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};

use super::frame::{Menu, panel};
use crate::connect_api::ConnectError;
use crate::hand_over::HandOverError;

fn to_the_widget() -> Markup {
    html! { p { a.action id="back" href="/" { "Connect your books" } } }
}

/// Where the browser goes when the widget was closed, if the host asks for it.
pub fn closed() -> Response {
    let content = html! {
        h1 id="closed" { "Maybe later" }
        p { "You closed the window before connecting. Nothing has changed, and you can come back at any time." }
        (to_the_widget())
    };
    panel((StatusCode::OK, "Maybe later"), Menu::None, &content)
}

/// An address whose parameters are not understood.
pub fn mistaken(status: StatusCode, sentence: &str) -> Response {
    let content = html! { h1 { "This address is not understood" } p id="mistake" { (sentence) } };
    panel((status, "Not understood"), Menu::None, &content)
}

/// The Connect server gave no session: for this name (400), or at all.
pub fn without_session(error: &ConnectError) -> Response {
    if error.status() != Some(StatusCode::BAD_REQUEST) {
        return not_possible(error);
    }
    tracing::warn!("no session: {error}");
    let content = html! {
        h1 { "This name cannot be used" }
        p id="mistake" {
            "A business name has 2 to 40 letters, and none of "
            code { "% [ ] \\ * | { } \"" } "."
        }
        (to_the_widget())
    };
    panel((StatusCode::BAD_REQUEST, "Not this name"), Menu::None, &content)
}

/// The Connect server cannot be asked, or refuses what this site should not have asked.
pub fn not_possible(error: &ConnectError) -> Response {
    tracing::error!("not possible: {error}");
    let content =
        html! { h1 { "This is not possible just now" } p id="mistake" { "Please try again later." } };
    panel((StatusCode::BAD_GATEWAY, "Not possible just now"), Menu::None, &content)
}

/// An address that leads nowhere, for this visitor.
pub fn not_found() -> Response {
    let content = html! { h1 { "There is nothing here" } (to_the_widget()) };
    panel((StatusCode::NOT_FOUND, "Not found"), Menu::None, &content)
}

/// A link of another site names a business: whoever followed it says whether they are that one. `address` is the query that the
/// link had.
pub fn ask_to_sign_in(business: &str, address: &str) -> Response {
    let content = html! {
        h1 { "Are you " (business) "?" }
        p { "A link of another site led you here. What you connect from here on is shared in that business's name." }
        form action="/sign-in" method="post" {
            input type="hidden" name="businessName" value=(business);
            input type="hidden" name="address" value=(address);
            button id="sign-in" { "Yes, sign in" }
        }
    };
    panel((StatusCode::OK, "Is this you?"), Menu::None, &content)
}

/// Nobody is signed in, or no longer.
pub fn not_signed_in() -> Response {
    let content = html! {
        h1 { "Please sign in" }
        p { "We do not know who you are, or it has been a while since you were here." }
        (to_the_widget())
    };
    panel((StatusCode::FORBIDDEN, "Please sign in"), Menu::None, &content)
}

/// Another site's page has sent a form here.
pub fn not_of_this_site() -> Response {
    let content = html! {
        h1 { "This did not come from our site" }
        p { "Another page asked for a change in your name. Nothing was changed." }
        (to_the_widget())
    };
    panel((StatusCode::FORBIDDEN, "Not from our site"), Menu::None, &content)
}

/// The success page was opened without a connection.
pub fn nothing_arrived() -> Response {
    let content = html! {
        h1 { "Nothing has arrived" }
        p { "This page expects a connection from the widget, and was opened without one." }
        (to_the_widget())
    };
    panel((StatusCode::OK, "Nothing has arrived"), Menu::None, &content)
}

/// What arrived at the success page is not believed.
pub fn not_believed(error: &HandOverError) -> Response {
    if let Some(error) = error.trouble() {
        return not_possible(error);
    }
    tracing::warn!("a hand-over was refused: {error}");
    let content = html! {
        h1 id="refused" { "We could not confirm this" }
        p {
            "What arrived here was not yours, or came a second time. If you have connected something just now, you find it "
            "among your connections."
        }
        p { a.action id="back" href="/connections" { "Your connections" } }
    };
    panel((StatusCode::FORBIDDEN, "Not confirmed"), Menu::SignedIn, &content)
}
