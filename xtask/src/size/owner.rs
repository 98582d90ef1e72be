//! Whose a function is, by its name in the engine: a crate, and in the widget a screen.
//!
//! Names are Rust paths, as wasm-bindgen leaves them: `a::b::c::h0123`, `<a::B as c::D>::e`, `a[0123]::b`. Code that a
//! generic function of one crate came to for another counts for the one that wrote the function, but dropping a value
//! counts for the value's crate.

/// The crate of a function, or `None` for one whose name is no path: glue, or a part of libc.
pub fn crate_of(name: &str) -> Option<&str> {
    let path = path(name);
    let end = path.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))?;
    let follows = without_hash(&path[end..]).starts_with("::");
    (end > 0 && follows).then(|| &path[..end])
}

/// The screen that a function of the widget draws, as the file in `src/view/`; what screens share is `shared/FILE`, and `mod`
/// what stands above them.
pub fn screen_of(name: &str) -> Option<String> {
    let inside = path(name).strip_prefix("railz_connect::view::")?;
    // The last part of a path is a type or a function, so what stands before it are modules.
    let parts: Vec<&str> = inside.split("::").take_while(|part| !is_below_function(part)).collect();
    match parts.as_slice() {
        ["shared", file, _, ..] => Some(format!("shared/{file}")),
        [screen, _, ..] => Some((*screen).to_owned()),
        _ => Some("mod".to_owned()),
    }
}

/// Whether a part of a path says more of the function before it: a closure in it, its hash.
fn is_below_function(part: &str) -> bool {
    let is_hash = |digits: &str| digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    part.starts_with("{{") || part.strip_prefix('h').is_some_and(is_hash)
}

/// Where the path begins that says whose the function is.
fn path(name: &str) -> &str {
    let glue = ["core::ptr::drop_in_place<", "core::ptr::drop_in_place::<"];
    let mut path = name;
    loop {
        let stripped = path.trim_start_matches(['<', '&', '*', '(', '[', ' ']);
        let stripped = ["mut ", "const ", "dyn ", "impl "]
            .iter()
            .find_map(|word| stripped.strip_prefix(word))
            .unwrap_or(stripped);
        let stripped = glue.iter().find_map(|glue| stripped.strip_prefix(glue)).unwrap_or(stripped);
        if stripped == path {
            return path;
        }
        path = stripped;
    }
}

/// Without the crate's hash in brackets, if one stands here.
fn without_hash(rest: &str) -> &str {
    let behind = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    behind.map_or(rest, |(_, behind)| behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_its_first_crate() {
        for (name, owner) in [
            ("railz_connect::view::picker::draw::h0123456789abcdef", "railz_connect"),
            ("core[c5930c85a12de822]::panicking::panic_fmt", "core"),
            ("<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop::heff4981d9a7ce579", "alloc"),
            ("<&mut serde_core::de::X as core::fmt::Debug>::fmt", "serde_core"),
            ("js_sys::_::<impl wasm_bindgen::cast::JsCast for js_sys::Object<T>>::instanceof", "js_sys"),
            ("core::ptr::drop_in_place<railz_connect_flow::state::State>::h01", "railz_connect_flow"),
            ("core::ptr::drop_in_place<&dyn leptos::View>::h01", "leptos"),
        ] {
            assert_eq!(crate_of(name), Some(owner), "{name}");
        }
    }

    #[test]
    fn what_has_no_path_has_no_crate() {
        for name in ["memcpy", "mount externref shim", "__wbindgen_malloc", "", "<T as U>"] {
            assert_eq!(crate_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_screen_is_the_file_that_draws_it() {
        for (name, screen) in [
            ("railz_connect::view::picker::tile::h0123456789abcdef", Some("picker")),
            ("railz_connect::view::shared::icon::tick::h0123456789abcdef", Some("shared/icon")),
            ("railz_connect::view::before::draw::{{closure}}::h0123456789abcdef", Some("before")),
            ("railz_connect::view::before::draw", Some("before")),
            ("<railz_connect::view::shared::element::Node as tachys::X>::build", Some("shared/element")),
            ("railz_connect::view::draw_content::h0123456789abcdef", Some("mod")),
            ("railz_connect::view::mount::{{closure}}::h0123456789abcdef", Some("mod")),
            ("railz_connect::runtime::start::h0123456789abcdef", None),
        ] {
            assert_eq!(screen_of(name).as_deref(), screen, "{name}");
        }
    }
}
