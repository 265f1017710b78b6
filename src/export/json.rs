//! JSON whose keys keep their order and whose numbers keep their digits.

use std::fmt;

use crate::model::Number;

/// A value to be written compactly.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Whole(usize),
    /// A decimal of at most six places, rounded half away from zero, without trailing zeros.
    Number(Number),
    Text(String),
    List(Vec<Json>),
    /// In the order written.
    Map(Vec<(&'static str, Json)>),
}

impl Json {
    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    pub fn number(number: &Number) -> Json {
        Json::Number(number.clone())
    }

    /// `null` where there is none.
    pub fn or_null<T>(value: Option<T>, make: impl FnOnce(T) -> Json) -> Json {
        value.map_or(Json::Null, make)
    }

    pub fn list<T>(items: impl IntoIterator<Item = T>, make: impl FnMut(T) -> Json) -> Json {
        Json::List(items.into_iter().map(make).collect())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Whole(number) => write!(f, "{number}"),
            Json::Number(number) => write!(f, "{number}"),
            Json::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Json::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Json::Map(entries) => {
                f.write_str("{")?;
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}\"{key}\":{value}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::model::Number;

    #[test]
    fn keys_keep_their_order_and_numbers_their_digits() {
        let value = Json::Map(vec![
            ("z", Json::List(vec![Json::Null, Json::Bool(true), Json::Whole(3)])),
            ("a", Json::number(&Number::ratio(1, 3))),
            ("t", Json::text("a \"b\"\n")),
        ]);
        assert_eq!(value.to_string(), r#"{"z":[null,true,3],"a":0.333333,"t":"a \"b\"\n"}"#);
    }
}
