//! Whether two trees say the same.

use crate::pack::{canonical, canonical_end};
use crate::yaml::{Node, Value};

/// Equal but for places, quotes, and the spelling of conditions and of ends of bands.
pub fn same(before: &Node, after: &Node, declared: &[String]) -> bool {
    match (&before.value, &after.value) {
        (Value::Scalar(one), Value::Scalar(other)) => {
            let spelt = |text: &str| canonical(text, declared).or_else(|| canonical_end(text, declared));
            let text = one.text == other.text || spelt(&one.text).is_some_and(|spelt| spelt == other.text);
            text && one.cut == other.cut && before.is_null() == after.is_null()
        }
        (Value::List { items: ones, flow }, Value::List { items: others, flow: other_flow }) => {
            flow == other_flow
                && ones.len() == others.len()
                && ones.iter().zip(others).all(|(one, other)| same(one, other, declared))
        }
        (Value::Map { entries: ones, flow }, Value::Map { entries: others, flow: other_flow }) => {
            flow == other_flow
                && ones.len() == others.len()
                && ones
                    .iter()
                    .zip(others)
                    .all(|(one, other)| one.key == other.key && same(&one.value, &other.value, declared))
        }
        _ => false,
    }
}
