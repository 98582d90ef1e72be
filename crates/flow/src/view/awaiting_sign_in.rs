//! The screens while the person signs in elsewhere.

use crate::screen::{Content, ServiceLabel, WindowWords};
use crate::state::{LongPoll, SignIn, SignInTimeout, Window};

pub(super) fn content(sign_in: &SignIn) -> Content {
    let service = ServiceLabel::of(&sign_in.service);
    let window = match (sign_in.timeout, sign_in.window) {
        // The link must stay within reach: without it there would be no way to finish.
        (_, Window::Blocked) if sign_in.poll != LongPoll::Ended => {
            return Content::Blocked { service, url: sign_in.url.clone() };
        }
        (SignInTimeout::Elapsed, _) => {
            return Content::Expired { service, still_listening: sign_in.poll != LongPoll::Ended };
        }
        (SignInTimeout::Running(_), Window::Closed) => WindowWords::Closed,
        (SignInTimeout::Running(_), Window::Unwatched) => WindowWords::Unwatched,
        (SignInTimeout::Running(_), Window::Open(_) | Window::Blocked) => WindowWords::Open,
    };
    Content::Waiting { service, window }
}
