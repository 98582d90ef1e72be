//! What every test here needs: a widget under test with its shell's part, what it meets, what always holds.

pub mod actions;
pub mod fixtures;
pub mod invariants;
pub mod possible_events;
pub mod state_space;
pub mod test_widget;
pub mod transitions;

pub use test_widget::TestWidget;
