//! Secrets that travel as plain JSON strings and cannot be printed. Each is a type of its own, made by this macro.

macro_rules! unprintable {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the token as it came.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The token itself, for the one who asks for it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(not shown)"))
            }
        }
    };
}

pub(crate) use unprintable;
