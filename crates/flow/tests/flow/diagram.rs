//! The state diagram, drawn from what the machine does and not from what somebody remembers of it.
//!
//! It is committed as `docs/state-diagram.md`, so that a change of behaviour shows in the change itself. Written anew with
//! `RAILZ_WRITE_DIAGRAM=1 cargo test -p railz-connect-flow --test flow diagram`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use crate::support::state_space;

const HEAD: &str = "# The widget's states\n\n\
    Drawn from the flow crate by its own test (`crates/flow/tests/flow/diagram.rs`), which fails when this file is not what the\n\
    machine does. Each arrow lists the events that lead from one place to the other; events that change nothing are left out,\n\
    and so are those that lead back to the same place.\n\n";

#[test]
fn the_committed_state_diagram_is_what_the_machine_does() {
    let drawn = diagram();
    println!("{drawn}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/state-diagram.md");
    if std::env::var_os("RAILZ_WRITE_DIAGRAM").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == drawn,
        "docs/state-diagram.md is not what the machine does; write it anew with RAILZ_WRITE_DIAGRAM=1"
    );
}

fn diagram() -> String {
    let mut arrows: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for transition in state_space::all()
        .iter()
        .flat_map(|state_space| &state_space.transitions)
        .filter(|one| one.from != one.to)
    {
        arrows.entry((transition.from, transition.to)).or_default().insert(transition.event);
    }
    let places: BTreeSet<_> = arrows.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let mut text = format!("{HEAD}```mermaid\nstateDiagram-v2\n    [*] --> Loading\n");
    for place in places {
        writeln!(text, "    state \"{place}\" as {}", id(place)).unwrap();
    }
    for ((from, to), events) in arrows {
        let events: Vec<_> = events.into_iter().collect();
        writeln!(text, "    {} --> {}: {}", id(from), id(to), events.join(", ")).unwrap();
    }
    text + "```\n"
}

/// A place's name without what Mermaid would read as its own signs.
fn id(place: &str) -> String {
    place.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_").trim_end_matches('_').to_owned()
}
