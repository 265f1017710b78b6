//! What a name stands for, as far as that is known: from the contract's JSON Schema.

use std::collections::BTreeMap;

use serde_json::Value;

/// What can be asked of a value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::compose) enum Shape {
    Map(Fields),
    List(Box<Shape>),
    Text,
    Number,
    Truth,
    /// Nothing is known of it: every question is fine.
    Any,
}

/// The fields of a map.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::compose) struct Fields {
    pub named: BTreeMap<String, Shape>,
    /// What any other key holds; none where there is no other.
    pub other: Option<Box<Shape>>,
}

impl Shape {
    /// The shape that a schema describes.
    pub(in crate::compose) fn of_schema(schema: &Value) -> Shape {
        of(schema, schema.get("$defs").unwrap_or(&Value::Null))
    }

    /// What both are; nothing is known where they differ.
    pub(super) fn or(self, other: Shape) -> Shape {
        if self == other { self } else { Shape::Any }
    }

    /// One item of it, in a loop or by a place.
    pub(super) fn item(&self) -> Shape {
        match self {
            Shape::List(item) => (**item).clone(),
            Shape::Text => Shape::Text,
            _ => Shape::Any,
        }
    }

    /// What it is, for messages.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Shape::Map(_) => "a map",
            Shape::List(_) => "a list",
            Shape::Text => "text",
            Shape::Number => "a number",
            Shape::Truth => "true or false",
            Shape::Any => "anything",
        }
    }
}

fn of(schema: &Value, definitions: &Value) -> Shape {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return definitions.get(name).map_or(Shape::Any, |schema| of(schema, definitions));
    }
    if let Some(Value::Array(choices)) = schema.get("anyOf") {
        let not_null = |choice: &&Value| choice.get("type").and_then(Value::as_str) != Some("null");
        return match choices.iter().filter(not_null).collect::<Vec<_>>().as_slice() {
            [one] => of(one, definitions),
            _ => Shape::Any,
        };
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("")
        }
        _ => "",
    };
    match kind {
        "object" => {
            let named = schema.get("properties").and_then(Value::as_object);
            let named = named.into_iter().flatten();
            let other = match schema.get("additionalProperties") {
                None | Some(Value::Bool(false)) => None,
                Some(Value::Bool(true)) => Some(Box::new(Shape::Any)),
                Some(schema) => Some(Box::new(of(schema, definitions))),
            };
            let named = named.map(|(name, schema)| (name.clone(), of(schema, definitions))).collect();
            Shape::Map(Fields { named, other })
        }
        "array" => {
            Shape::List(Box::new(schema.get("items").map_or(Shape::Any, |items| of(items, definitions))))
        }
        "string" => Shape::Text,
        "integer" | "number" => Shape::Number,
        "boolean" => Shape::Truth,
        _ => Shape::Any,
    }
}
