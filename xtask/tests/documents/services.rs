//! Each service that is built in is where `docs/adding-a-service.md` says that it has to be.

use crate::project::{File, files, text};

/// Texts between quotes that can be a service's id.
fn ids(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('"').skip(1).step_by(2);
    quoted.filter(|text| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// All of the catalog, an entry each.
fn built_in(files: &[File]) -> Vec<&str> {
    let is_entry =
        |line: &&str| ["accounting(\"", "banking(\"", "commerce(\""].iter().any(|kind| line.contains(kind));
    text(files, "server/src/services/catalog.rs").lines().filter(is_entry).flat_map(ids).collect()
}

#[test]
fn each_service_that_is_built_in_is_in_every_place_that_the_guide_names() {
    let files = files();
    let services = built_in(&files);
    assert!(services.len() > 14, "{services:?}");
    let (index, manual) = (text(&files, "docs/providers/README.md"), text(&files, "server/README.md"));
    let practice = text(&files, "crates/practice-services/src/lib.rs");
    for id in services {
        assert!(files.iter().any(|file| file.path == format!("docs/providers/{id}.md")), "{id} has no page");
        assert!(
            index.contains(&format!("({id}.md) | `{id}` |")),
            "docs/providers/README.md does not list {id}"
        );
        assert!(manual.contains(id), "server/README.md does not name {id}");
        assert!(
            practice.contains(&format!("\"{id}\"")),
            "nobody can practise {id}: crates/practice-services"
        );
    }
}
