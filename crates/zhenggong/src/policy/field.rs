//! Fields of a rule's policy data: their type and who may set them.

use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{CiteId, Node, Sourced};
use crate::{
    Error,
    number::{Money, Rate, Rounding},
    vocabulary::Vocabulary,
};

/// Who may set a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A national standard; no lower layer may set it.
    National,
    /// Any layer may set it, within the bounds that a higher one gives.
    Local,
}

/// A type of policy field: how it is read, and what parts of one edition make together.
pub trait FieldType: Any + Send + Sync + Sized {
    /// What the parts of an edition make.
    type Resolved: Any + Send + Sync + Clone;

    /// Reads the field; what is wrong goes to the findings of the node.
    fn read(node: Node<'_>) -> Option<Self>;

    /// Returns the keys that this part sets; two parts of an edition must not set the same.
    fn keys(&self) -> Vec<String> {
        vec![String::new()]
    }

    /// Returns the number that bounds of a higher layer apply to, where the field is one.
    fn number(&self) -> Option<Decimal> {
        None
    }

    /// Returns what is wrong between the parts of an edition, oldest first: the part by its place, line and
    /// column in its file, and the error.
    fn together(parts: &[&Self]) -> Vec<(usize, (u32, u32), Error)> {
        let _ = parts;
        Vec::new()
    }

    /// Returns what is wrong where an edition follows another one from this day on: the part by its place, and
    /// the error.
    fn follows(parts: &[&Self], before: &[&Self], from: NaiveDate) -> Vec<(usize, Error)> {
        let _ = (parts, before, from);
        Vec::new()
    }

    /// Makes the value of the edition from its parts, oldest first; later parts correct earlier ones.
    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved>;
}

/// A part of an edition, without its type.
pub(crate) type Part = Arc<dyn Any + Send + Sync>;

/// Returns parts with their type. All parts of a field have it, so that places stay as they are.
fn typed<'p, T: FieldType>(parts: &[&'p Part]) -> Vec<&'p T> {
    parts.iter().filter_map(|p| p.downcast_ref::<T>()).collect()
}

/// The operations of a field type, without the type.
pub(crate) trait FieldOps: Send + Sync {
    fn read(&self, node: Node<'_>) -> Option<Part>;
    fn keys(&self, part: &(dyn Any + Send + Sync)) -> Vec<String>;
    fn number(&self, part: &(dyn Any + Send + Sync)) -> Option<Decimal>;
    fn together(&self, parts: &[&Part]) -> Vec<(usize, (u32, u32), Error)>;
    fn follows(&self, parts: &[&Part], before: &[&Part], from: NaiveDate) -> Vec<(usize, Error)>;
    fn resolve(&self, parts: &[(&Part, CiteId)]) -> Option<Part>;
}

struct Of<T>(PhantomData<fn() -> T>);

impl<T: FieldType> FieldOps for Of<T> {
    fn read(&self, node: Node<'_>) -> Option<Part> {
        T::read(node).map(|v| Arc::new(v) as _)
    }

    fn keys(&self, part: &(dyn Any + Send + Sync)) -> Vec<String> {
        part.downcast_ref::<T>().map(T::keys).unwrap_or_default()
    }

    fn number(&self, part: &(dyn Any + Send + Sync)) -> Option<Decimal> {
        part.downcast_ref::<T>().and_then(T::number)
    }

    fn together(&self, parts: &[&Part]) -> Vec<(usize, (u32, u32), Error)> {
        T::together(&typed(parts))
    }

    fn follows(&self, parts: &[&Part], before: &[&Part], from: NaiveDate) -> Vec<(usize, Error)> {
        T::follows(&typed(parts), &typed(before), from)
    }

    fn resolve(&self, parts: &[(&Part, CiteId)]) -> Option<Part> {
        let typed: Vec<_> =
            parts.iter().filter_map(|(p, cite)| Some((p.downcast_ref::<T>()?, *cite))).collect();
        T::resolve(&typed).map(|v| Arc::new(v) as _)
    }
}

/// A field of a rule's policy data.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    /// Key in the pack.
    pub key: &'static str,
    /// Who may set it.
    pub scope: Scope,
    pub(crate) ops: &'static dyn FieldOps,
}

impl fmt::Debug for FieldSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.key, self.scope)
    }
}

/// Declares a field of this type.
#[must_use]
pub const fn field<T: FieldType>(key: &'static str, scope: Scope) -> FieldSpec {
    FieldSpec { key, scope, ops: const { &Of::<T>(PhantomData) } }
}

macro_rules! scalar {
    ($($ty:ty, |$node:ident| $read:expr, $number:expr;)*) => {$(
        impl FieldType for $ty {
            type Resolved = Sourced<Self>;

            fn read($node: Node<'_>) -> Option<Self> {
                $read
            }

            fn number(&self) -> Option<Decimal> {
                let number: fn(&Self) -> Option<Decimal> = $number;
                number(self)
            }

            fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
                parts.last().map(|(value, cite)| Sourced { value: **value, cite: *cite })
            }
        }
    )*};
}

scalar! {
    Money, |node| node.amount(), |m| Some(m.to_decimal());
    Rate, |node| node.rate(), |r| Some(r.to_decimal());
    Rounding, |node| node.text_of(), |_| None;
    u32, |node| node.count(), |n| Some(Decimal::from(*n));
}

/// A field that holds one member of a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<V>(pub V);

impl<V: Vocabulary> FieldType for Choice<V> {
    type Resolved = Sourced<V>;

    fn read(node: Node<'_>) -> Option<Self> {
        node.member().map(Self)
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(value, cite)| Sourced { value: value.0, cite: *cite })
    }
}
