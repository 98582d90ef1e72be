//! What several stages do: one turn of the machine, the journey's steps, the polls, the window, the instructions, and how an
//! attempt ends, the session call. None of it knows a stage's own file.

pub(super) mod guide;
pub(super) mod hand_over;
pub(super) mod journey;
pub(super) mod last_question;
pub(super) mod outcome;
pub(super) mod polling;
pub(super) mod session_call;
pub(super) mod turn;
pub(super) mod unheard;
pub(super) mod window;
