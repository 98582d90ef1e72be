//! The behaviour of the widget.
