//! An object that gives each id its label, in the order in which it travels. A sorted map would lose the server's order,
//! and cost the widget's engine some 3 KB.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Pairs of an id and its label for people. On the wire an object: `{"1000": "Juniper Bakery"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelsById(pub Vec<(String, String)>);

impl FromIterator<(String, String)> for LabelsById {
    fn from_iter<Pairs: IntoIterator<Item = (String, String)>>(pairs: Pairs) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Serialize for LabelsById {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (id, label) in &self.0 {
            object.serialize_entry(id, label)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for LabelsById {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = LabelsById;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of labels")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<LabelsById, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = object.next_entry()? {
            pairs.push(pair);
        }
        Ok(LabelsById(pairs))
    }
}
