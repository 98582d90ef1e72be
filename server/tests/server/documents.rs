//! The examples of configuration in the documents are right: each is read as an operator's file would be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use connect_server::config::{self, Environment};
use connect_server::domain::secret_key::Scope;

/// What an example of a service alone leaves out.
const REST: &str = "public_url = \"https://connect.example\"\nlisten = \"127.0.0.1:8081\"\n";

/// The pages that operators read.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let providers = fs::read_dir(root.join("docs/providers")).unwrap().map(|entry| entry.unwrap().path());
    let others = ["README.md", "server/README.md", "docs/adding-a-service.md"].map(|page| root.join(page));
    providers.filter(|path| path.extension().is_some_and(|ending| ending == "md")).chain(others).collect()
}

/// What stands between fences that say TOML.
fn examples(page: &str) -> impl Iterator<Item = &str> {
    page.split("\n```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next())
}

/// The page of the server itself named a region of a service that had none.
#[test]
fn each_example_of_configuration_in_the_documents_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    for made in [&inner, &inner.join("dist"), &folder.path().join("dist")] {
        fs::create_dir(made).unwrap();
    }
    let secret = ("CONNECT_SERVICES_XERO_CLIENT_SECRET".to_owned(), "where the page says it is".to_owned());
    let environment = Environment::from([secret]);
    let mut tried = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for example in examples(&page) {
            let rest = if example.contains("public_url") { "" } else { REST };
            let read = config::parse(&format!("{rest}{example}"), &inner, &environment);
            assert!(read.is_ok(), "{}: {:#?}\n{example}", path.display(), read.err());
            tried += 1;
        }
    }
    assert!(tried > 15, "only {tried} examples were found");
}

/// `key create --help` used to leave out companies, events, webhooks and the proxy, which the page named.
#[test]
fn the_help_and_the_page_of_the_server_say_the_same_of_each_scope() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("README.md")).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for scope in Scope::ALL {
        let told = format!("`{}` ({})", scope.word(), scope.meaning());
        assert!(page.contains(&told), "server/README.md does not say: {told}");
    }
    let help = Command::new(env!("CARGO_BIN_EXE_connect-server"))
        .args(["key", "create", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for scope in Scope::ALL {
        assert!(help.contains(&format!("{} ({})", scope.word(), scope.meaning())), "{help}");
    }
}
