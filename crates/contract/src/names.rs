//! Enums that travel as names. One table a type says which; serde goes by it on the server, and the widget, which reads the
//! browser's own values, asks it directly. Serde's derived readers of these six would cost the engine a kilobyte more.

/// Gives an enum the names under which its values travel. A name that the table lacks is one of a newer server and reads as
/// `Unknown`.
macro_rules! travels_by_name {
    ($type:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The value that travels under a name; `Unknown` for a name of a newer server.
            pub fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$value,)+
                    _ => Self::Unknown,
                }
            }

            /// The name under which it travels.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)+
                    Self::Unknown => "unknown",
                }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name: String = serde::Deserialize::deserialize(deserializer)?;
                Ok(Self::from_name(&name))
            }
        }
    };
}

pub(crate) use travels_by_name;
