//! What only templates want: any YAML, as data.

use serde_json::{Map, Number, Value};

use crate::yaml::{Entry, Node, Style, Value as Yaml};

/// Digits beyond which a binary float would show another number than was typed.
const SAFE_DIGITS: usize = 15;

/// The entries as a JSON object, in the order written.
pub fn object(entries: &[Entry]) -> Map<String, Value> {
    entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect()
}

fn value(node: &Node) -> Value {
    match &node.value {
        Yaml::Scalar(_) if node.is_null() => Value::Null,
        Yaml::Scalar(scalar) if scalar.style == Style::Plain => plain(&scalar.text),
        Yaml::Scalar(scalar) => Value::String(scalar.text.clone()),
        Yaml::List { items, .. } => Value::Array(items.iter().map(value).collect()),
        Yaml::Map { entries, .. } => Value::Object(object(entries)),
        Yaml::Broken => Value::Null,
    }
}

/// A number only where none of its digits would be lost: `007` and long ids stay text.
fn plain(text: &str) -> Value {
    match text {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let number = text.parse::<Number>().ok().filter(|number| {
        number.is_i64() || number.is_u64() || text.bytes().filter(u8::is_ascii_digit).count() <= SAFE_DIGITS
    });
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_a_number_only_where_nothing_is_lost() {
        for (text, json) in [
            ("12", "12"),
            ("-1.5", "-1.5"),
            ("true", "true"),
            ("yes", "\"yes\""),
            ("007", "\"007\""),
            ("+1", "\"+1\""),
            ("1e3", "1000.0"),
            ("12345678901234567890123", "\"12345678901234567890123\""),
            ("0.1234567890123456789", "\"0.1234567890123456789\""),
            (".inf", "\".inf\""),
            ("=1+1", "\"=1+1\""),
        ] {
            assert_eq!(plain(text).to_string(), json, "{text}");
        }
    }
}
