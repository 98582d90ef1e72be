//! The screens while the person signs in elsewhere.

use crate::screen::{Content, ServiceLabel, WindowWords};
use crate::session::Session;
use crate::state::{LongPoll, SignIn, SignInTimeout, Window};

pub(super) fn content(session: &Session, sign_in: &SignIn) -> Content {
    let service = ServiceLabel::of(&sign_in.service);
    let window = match (sign_in.timeout, sign_in.window) {
        // The link must stay within reach: without it there would be no way to finish.
        (_, Window::Blocked) if sign_in.poll != LongPoll::Ended => {
            return Content::Blocked { service, url: sign_in.url.clone() };
        }
        // That nothing was connected may be false of an attempt before this one.
        (SignInTimeout::Elapsed, _)
            if sign_in.poll == LongPoll::Ended && session.journey.has_unheard(&sign_in.service) =>
        {
            return Content::Failed { service, message: None, unheard: true };
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
