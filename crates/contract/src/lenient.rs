//! Reading that forgives what servers in the field do: `null` where a value has a natural default.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the type's default. Use with `#[serde(default)]`, which covers the absent key.
///
/// # Errors
/// Whatever the value's own reading refuses.
pub fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
