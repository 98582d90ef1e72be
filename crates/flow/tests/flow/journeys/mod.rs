//! The journeys: whole stories, one family a file. Each family lists its stories, so that the coverage test can run
//! them again; a story that is missing from its list is found by `every_story_is_in_the_list_of_its_family`.

mod account;
mod closing;
mod endings;
mod hand_over;
mod host_events;
mod late;
mod loading;
mod question;
mod reauthorisation;
mod sandbox;
mod sign_in;
mod stillness;
mod way;
mod window;

/// A story, to be run again.
pub type Story = fn();

/// All stories, by family, with the text of the family's file.
pub const FAMILIES: &[(&str, &[Story], &str)] = &[
    ("account", account::STORIES, include_str!("account.rs")),
    ("closing", closing::STORIES, include_str!("closing.rs")),
    ("endings", endings::STORIES, include_str!("endings.rs")),
    ("hand_over", hand_over::STORIES, include_str!("hand_over.rs")),
    ("host_events", host_events::STORIES, include_str!("host_events.rs")),
    ("late", late::STORIES, include_str!("late.rs")),
    ("loading", loading::STORIES, include_str!("loading.rs")),
    ("question", question::STORIES, include_str!("question.rs")),
    ("reauthorisation", reauthorisation::STORIES, include_str!("reauthorisation.rs")),
    ("sandbox", sandbox::STORIES, include_str!("sandbox.rs")),
    ("sign_in", sign_in::STORIES, include_str!("sign_in.rs")),
    ("stillness", stillness::STORIES, include_str!("stillness.rs")),
    ("way", way::STORIES, include_str!("way.rs")),
    ("window", window::STORIES, include_str!("window.rs")),
];

#[test]
fn every_story_is_in_the_list_of_its_family() {
    for (family, stories, text) in FAMILIES {
        let written = text.lines().filter(|line| line.trim() == "#[test]").count();
        assert_eq!(stories.len(), written, "stories in the list of the family {family}");
    }
}
