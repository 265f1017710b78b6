//! What a template takes as it is: the pack's Markdown, and numbers.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::Number;

/// The pack's own prose, or a sentence made of it: inline Markdown that a template does not escape.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Md(pub String);

impl From<String> for Md {
    fn from(text: String) -> Md {
        Md(text)
    }
}

impl Serialize for Md {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A number for comparisons and sums: to six places, and without a point where it is whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Num(pub f64);

impl From<&Number> for Num {
    fn from(number: &Number) -> Num {
        Num(number.rounded(6).to_f64())
    }
}

impl Serialize for Num {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Beyond this a float holds no exact whole numbers.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl JsonSchema for Num {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Num".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

impl JsonSchema for Md {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Md".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "markdown" })
    }
}
