//! The files of the project, without what is built or installed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// What is built or installed, and so belongs to nobody's comments.
const NOT_OURS: [&str; 5] = [".git", "target", "dist", "node_modules", "Cargo.lock"];

/// A text file of the project.
pub struct File {
    /// From the project's folder on, with `/` between the parts.
    pub path: String,
    /// What it holds; empty where it is no text.
    pub text: String,
}

impl File {
    /// What follows the last dot of its name.
    pub fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}

/// Every file of the project.
pub fn files() -> Vec<File> {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let root = Path::new(&package).parent().unwrap();
    let mut files = Vec::new();
    collect(root, root, &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy();
        if NOT_OURS.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let text = String::from_utf8(fs::read(&path).unwrap()).unwrap_or_default();
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(File { path, text });
        }
    }
}

/// The text of the file at this path.
pub fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no {path}")).text
}
