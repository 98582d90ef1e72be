//! XML of gateways and connectors: what is written has every text escaped, what comes is read as plain trees.
//!
//! A document type is refused, so there are no entities that could be expanded, and depth and size have an end.

use quick_xml::Reader;
use quick_xml::events::Event;

const DEEPEST: usize = 32;

/// An element with its text and its children; attributes are left out but for those that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: String,
    /// Its own text, without that of the elements inside.
    pub text: String,
    /// The elements one level below, in their order.
    pub children: Vec<Element>,
}

/// The answer is no XML of the kind we read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// The text breaks the rules of XML.
    #[error("not well-formed XML")]
    NotWellFormed,
    /// With a document type or an entity of its own.
    #[error("XML with a document type or entities of its own")]
    Entities,
    /// Nested without end.
    #[error("XML nested deeper than {DEEPEST} elements")]
    TooDeep,
}

impl Element {
    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text at the end of a path of names.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|element| element.text.trim())
    }

    /// The first element of this name, however deep.
    pub fn find(&self, name: &str) -> Option<&Self> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }
}

/// Reads a document into a tree of elements; document types and entities of its own are refused.
///
/// # Errors
/// [`XmlError`].
pub fn read(bytes: &[u8]) -> Result<Element, XmlError> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|_| XmlError::NotWellFormed)?;
        let top = open.len() - 1;
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(XmlError::TooDeep);
                }
                open.push(new_element(start.local_name().as_ref()));
            }
            Event::Empty(start) => open[top].children.push(new_element(start.local_name().as_ref())),
            Event::End(_) => {
                let done = open.pop().ok_or(XmlError::NotWellFormed)?;
                open.last_mut().ok_or(XmlError::NotWellFormed)?.children.push(done);
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|_| XmlError::NotWellFormed)?;
                open[top].text.push_str(&text);
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|_| XmlError::NotWellFormed)?;
                open[top].text.push_str(&text);
            }
            Event::GeneralRef(name) => open[top].text.push(character(&name)?),
            Event::DocType(_) => return Err(XmlError::Entities),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
        buffer.clear();
    }
    match (open.len(), open.pop()) {
        (1, Some(mut root)) if root.children.len() == 1 => root.children.pop().ok_or(XmlError::NotWellFormed),
        _ => Err(XmlError::NotWellFormed),
    }
}

fn new_element(name: &[u8]) -> Element {
    Element { name: String::from_utf8_lossy(name).into_owned(), ..Element::default() }
}

/// A character by its number, or one of the five entities that XML itself has; there are no others.
fn character(name: &quick_xml::events::BytesRef<'_>) -> Result<char, XmlError> {
    if let Some(character) = name.resolve_char_ref().map_err(|_| XmlError::NotWellFormed)? {
        return Ok(character);
    }
    match name.decode().map_err(|_| XmlError::NotWellFormed)?.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(XmlError::Entities),
    }
}

/// A text as it may stand in an element.
pub fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree_of_names_and_texts() {
        let read =
            read(b"<?xml version='1.0'?><r><a>1 &amp; &#50;</a><x:b xmlns:x='u'/><a><![CDATA[<3]]></a></r>")
                .unwrap();
        assert_eq!(read.text_at(&["a"]), Some("1 & 2"));
        assert_eq!(read.children[1].name, "b");
        assert_eq!(read.children[2].text, "<3");
    }

    #[test]
    fn documents_with_entities_of_their_own_are_refused_unexpanded() {
        let bomb = b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><r>&b;</r>";
        assert_eq!(read(bomb), Err(XmlError::Entities));
        assert_eq!(read(b"<r>&unknown;</r>"), Err(XmlError::Entities));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bytes in [&b""[..], b"no", b"<a>", b"<a></b>", b"<a/><b/>"] {
            assert_eq!(read(bytes), Err(XmlError::NotWellFormed), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read("<a>".repeat(100).as_bytes()), Err(XmlError::TooDeep));
    }
}
