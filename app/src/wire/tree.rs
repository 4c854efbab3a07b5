//! Types out of a tree of JSON values.
//!
//! serde_json can do this too, but its code is made for each type anew and four times the size: for a struct it brings a
//! reader by names and one by position, for errors their words. Here a struct's fields are taken from the tree in the
//! order in which it declares them, so the reader by position does for both, and an error is just one.

use super::json::Tree;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The answer is of another shape than this version of the browser's half expects.
#[derive(Debug, thiserror::Error)]
#[error("not in the expected shape")]
pub struct Unreadable;

/// Reads a type that was written whole: a field that is left out counts only where it has a default.
pub(super) fn read<T: DeserializeOwned>(mut tree: Tree) -> Result<T, Unreadable> {
    T::deserialize(Node(&mut tree))
}

impl serde::de::Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value, whose parts are taken out as they are read.
struct Node<'a>(&'a mut Tree);

impl Node<'_> {
    fn text(self) -> Result<String, Unreadable> {
        match self.0 {
            Tree::Text(text) => Ok(std::mem::take(text)),
            _ => Err(Unreadable),
        }
    }

    fn number(self) -> Result<i64, Unreadable> {
        match self.0 {
            Tree::Number(number) => Ok(*number),
            _ => Err(Unreadable),
        }
    }
}

/// A type's own visitor sees to it that the number fits.
macro_rules! numbers {
    ($($deserialize:ident)+) => { $(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_i64(self.number()?)
        }
    )+ };
}

macro_rules! texts {
    ($($deserialize:ident)+) => { $(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_string(self.text()?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Unreadable;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(_) => self.deserialize_bool(visitor),
            Tree::Number(_) => self.deserialize_i64(visitor),
            Tree::Text(_) => self.deserialize_string(visitor),
            Tree::List(_) => self.deserialize_seq(visitor),
            Tree::Record(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Bool(truth) => visitor.visit_bool(*truth),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::List(list) => visitor.visit_seq(Items(list.iter_mut())),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Record(record) => visitor.visit_map(Entries { entries: record.iter_mut(), value: None }),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self.0 {
            Tree::Record(record) => visitor.visit_seq(Fields { fields: fields.iter(), record }),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(Variant::of(self.0)?)
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple_struct ignored_any }
}

/// The members of a list.
struct Items<'a>(std::slice::IterMut<'a, Tree>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|value| seed.deserialize(Node(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The fields of a struct, in its order.
struct Fields<'a> {
    fields: std::slice::Iter<'static, &'static str>,
    record: &'a mut [(String, Tree)],
}

impl Fields<'_> {
    fn next(&mut self) -> Option<&mut Tree> {
        let field = self.fields.next()?;
        self.record.iter_mut().find(|(name, _)| name == field).map(|(_, value)| value)
    }
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.next().map(|value| seed.deserialize(Node(value))).transpose()
    }
}

/// What a map holds.
struct Entries<'a> {
    entries: std::slice::IterMut<'a, (String, Tree)>,
    value: Option<&'a mut Tree>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Node(&mut Tree::Text(std::mem::take(key)))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Node(self.value.take().ok_or(Unreadable)?))
    }
}

/// A variant's name, and what it carries: `"Open"` or `{"Stage": {…}}`.
struct Variant<'a> {
    name: Tree,
    content: Option<&'a mut Tree>,
}

impl<'a> Variant<'a> {
    fn of(tree: &'a mut Tree) -> Result<Self, Unreadable> {
        let (name, content) = match tree {
            Tree::Text(name) => (name, None),
            Tree::Record(record) => {
                let (name, content) = record.first_mut().ok_or(Unreadable)?;
                (name, Some(content))
            }
            _ => return Err(Unreadable),
        };
        Ok(Self { name: Tree::Text(std::mem::take(name)), content })
    }

    fn content(self) -> Result<Node<'a>, Unreadable> {
        self.content.map(Node).ok_or(Unreadable)
    }
}

impl<'a, 'de> EnumAccess<'de> for Variant<'a> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        Ok((seed.deserialize(Node(&mut self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_struct("", fields, visitor)
    }
}
