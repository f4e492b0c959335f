//! How single values are written: what is left out at its default, options without `Some( )`, and the numbers that may
//! be open or missing.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Whether a text is empty and left out.
pub(super) fn blank(text: &str) -> bool {
    text.is_empty()
}
/// Whether a list is empty and left out.
pub(super) fn none<T>(list: &[T]) -> bool {
    list.is_empty()
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
pub(super) fn not(flag: &bool) -> bool {
    !flag
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
pub(super) fn zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
pub(super) fn nought(number: &u32) -> bool {
    *number == 0
}

/// Writes the value without `Some( )`; nothing is left out by `skip_serializing_if` before this is asked.
pub(super) fn serialize<T: Serialize, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map_or_else(|| Err(serde::ser::Error::custom("nothing to write")), |v| v.serialize(serializer))
}
/// Reads the value that is there; a field that is not there is never read.
pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// The top of a range: a number, or `"open"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct High(pub Option<u64>);

/// The most likely number, or `"none"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best(pub Option<u64>);

/// A grade, or `"none"` where the row has one and a person took it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade(pub Option<u64>);

macro_rules! number_or_word {
    ($name:ident, $word:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 {
                    Some(number) => serializer.serialize_u64(number),
                    None => serializer.serialize_str($word),
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_any(NumberOr($word)).map(Self)
            }
        }
    };
}
number_or_word!(Grade, "none");
number_or_word!(High, "open");
number_or_word!(Best, "none");

struct NumberOr(&'static str);

impl de::Visitor<'_> for NumberOr {
    type Value = Option<u64>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number or \"{}\"", self.0)
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        u64::try_from(number).map(Some).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == self.0 { Ok(None) } else { Err(E::invalid_value(de::Unexpected::Str(text), &self)) }
    }
}

/// Degrees of a place, or `"none"` where the row has some and a person took them away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees(pub Option<f64>);

impl Serialize for Degrees {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(degrees) => serializer.serialize_f64(degrees),
            None => serializer.serialize_str("none"),
        }
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(DegreesOrNone).map(Self)
    }
}

struct DegreesOrNone;

impl de::Visitor<'_> for DegreesOrNone {
    type Value = Option<f64>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of degrees or \"none\"")
    }
    fn visit_f64<E: de::Error>(self, degrees: f64) -> Result<Self::Value, E> {
        Ok(Some(degrees))
    }
    fn visit_u64<E: de::Error>(self, degrees: u64) -> Result<Self::Value, E> {
        // Degrees are few; what is not is refused as beyond the globe.
        Ok(Some(u32::try_from(degrees).map_or(f64::MAX, f64::from)))
    }
    fn visit_i64<E: de::Error>(self, degrees: i64) -> Result<Self::Value, E> {
        Ok(Some(i32::try_from(degrees).map_or(f64::MIN, f64::from)))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == "none" { Ok(None) } else { Err(E::invalid_value(de::Unexpected::Str(text), &self)) }
    }
}
