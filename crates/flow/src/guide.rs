//! The instructions of a service that needs some, which travel when they are needed: plain data from a module of their own.

use std::sync::Arc;

use crate::ticket::Ticket;

/// The instructions as far as they are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guide {
    /// On their way.
    Loading(Ticket),
    /// Loaded; shared, since the state and the screen both hold it.
    Ready(Arc<Vec<GuideStep>>),
    /// They could not be had; the form can be used without them.
    Missing,
}

/// One step of the instructions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuideStep {
    /// What to do.
    pub title: String,
    /// Where the menu leads, from its first word to its last; may be empty.
    pub path: Vec<String>,
    /// How to do it.
    pub paragraphs: Vec<String>,
    /// What it looks like, drawn with a few lines.
    pub picture: Option<Picture>,
}

/// A drawing, 320 wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its height where its width is 320.
    pub height: String,
    /// What it shows, for people who do not see it.
    pub description: String,
    /// Its shapes, from the back to the front.
    pub shapes: Vec<Shape>,
}

/// A shape of a drawing. There are lines and words and nothing else, so that instructions can never bring more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line, or what it goes round, in the words of an SVG path.
    Line {
        /// Which part of the drawing it is, for the stylesheet.
        part: String,
        /// The `d` of the path.
        path: String,
    },
    /// A line of text, such as the name of a button or a menu.
    Words {
        /// Which part of the drawing they are, for the stylesheet.
        part: String,
        /// From the left.
        x: String,
        /// From the top.
        y: String,
        /// What is written there.
        text: String,
    },
}
