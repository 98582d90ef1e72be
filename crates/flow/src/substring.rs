//! Texts within texts. The standard library's search for a text (`str::replace`, `str::contains`) is made for long ones
//! and costs the engine 1.2 KB; what is searched here is a line or two.

/// What stands before the first `part` of a text, and what stands after it. None where the text does not hold it, or it is
/// empty.
pub fn split_once<'text>(text: &'text str, part: &str) -> Option<(&'text str, &'text str)> {
    if part.is_empty() {
        return None;
    }
    let at = text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// Whether a text holds a part that is not empty.
pub fn contains(text: &str, part: &str) -> bool {
    split_once(text, part).is_some()
}

/// The text with each `part` replaced. An empty part is nowhere.
pub fn replace(text: &str, part: &str, with: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, after)) = split_once(rest, part) {
        replaced.push_str(before);
        replaced.push_str(with);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::{contains, replace, split_once};

    #[test]
    fn every_part_is_replaced_also_beside_letters_of_several_bytes() {
        for (text, part, with) in [
            ("", "{a}", "x"),
            ("{a}", "{a}", ""),
            ("é{a}ü{a}", "{a}", "€"),
            ("aaa", "aa", "b"),
            ("{{a}}", "{a}", "{a}"),
        ] {
            assert_eq!(replace(text, part, with), text.replace(part, with), "{text}");
        }
    }

    #[test]
    fn an_empty_part_is_nowhere() {
        assert_eq!(replace("abc", "", "x"), "abc");
        assert!(!contains("abc", ""));
        assert_eq!(split_once("https://a", "://"), Some(("https", "a")));
    }
}
