//! What may stand in one place of a file, as data, and how that is said in JSON Schema.

use serde_json::{Map, Value, json};

/// What may stand behind a key or in a list.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any single value: YAML's numbers and truths are text too where text is wanted.
    Text,
    /// A single value of this pattern.
    Like(&'static str),
    /// One of these words.
    Words(&'static [&'static str]),
    Truth,
    /// A number, without a unit.
    Number,
    /// A whole number between these ends.
    Whole(i64, i64),
    /// A number that may carry its unit, such as `18%` or `90 min`.
    Quantity,
    /// A day such as `2026-03-01`.
    Date,
    /// The id of something: lower-case letters, digits, `-` and `_`, a letter first.
    Id,
    /// A condition: one line, a list of lines, or one of the joining maps.
    Condition,
    List(&'static Shape),
    /// A list; one value alone is a list of one.
    Texts(&'static Shape),
    /// A map from ids.
    Map(&'static Shape),
    /// A map from keys of this pattern.
    MapOf(&'static str, &'static Shape),
    Object(&'static Object),
    /// Any of these, tried in order.
    Any(&'static [Shape]),
    /// Nothing behind the key.
    Empty,
    /// Whatever the author likes.
    Anything,
}

/// A map with known keys.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Its name among the definitions, in lower case.
    pub name: &'static str,
    pub about: &'static str,
    pub keys: &'static [Key],
    /// Keys by pattern, such as `label[de]`.
    pub patterns: &'static [Key],
}

/// One key of a map.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    /// What it means, for the author who hovers over it: Markdown of one paragraph.
    pub about: &'static str,
    pub shape: Shape,
    pub needed: bool,
}

/// A key that may be left out.
pub const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape, needed: false }
}

/// A key that must be there.
pub const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape, needed: true }
}

const ID: &str = "^[a-z][a-z0-9_-]*$";

/// The kinds of names with which a comparison may begin.
const LINE: &str =
    "^[\\s(]*([Nn][Oo][Tt][\\s(]+)*(answer|score|metric|band|gap|points|condition|trend|derived)\\.[a-z]";

/// A whole schema, with a definition for each map that is met.
pub fn document(root: &'static Object, title: &str, id: &str) -> Value {
    let mut definitions = Definitions::default();
    let reference = definitions.object(root);
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".into(), json!(id));
    schema.insert("title".into(), json!(title));
    schema.insert("description".into(), json!(root.about));
    schema.extend(reference.as_object().cloned().unwrap_or_default());
    schema.insert("$defs".into(), Value::Object(definitions.made));
    Value::Object(schema)
}

#[derive(Default)]
struct Definitions {
    made: Map<String, Value>,
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

impl Definitions {
    fn object(&mut self, object: &'static Object) -> Value {
        if self.made.contains_key(object.name) {
            return reference(object.name);
        }
        // Known before its keys are looked at, since a map may hold its like.
        self.made.insert(object.name.into(), Value::Null);
        let mut properties = Map::new();
        for key in object.keys {
            properties.insert(key.name.into(), self.key(key));
        }
        let mut patterns = Map::new();
        for key in object.patterns {
            patterns.insert(key.name.into(), self.key(key));
        }
        patterns.insert("^x-".into(), json!({ "description": "Notes of the author's own." }));
        let needed: Vec<&str> = object.keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
        let mut made = Map::new();
        made.insert("type".into(), json!("object"));
        made.insert("description".into(), json!(object.about));
        made.insert("properties".into(), Value::Object(properties));
        made.insert("patternProperties".into(), Value::Object(patterns));
        made.insert("additionalProperties".into(), json!(false));
        if !needed.is_empty() {
            made.insert("required".into(), json!(needed));
        }
        self.made.insert(object.name.into(), Value::Object(made));
        reference(object.name)
    }

    fn key(&mut self, key: &'static Key) -> Value {
        let mut schema = Map::new();
        schema.insert("description".into(), json!(key.about));
        schema.extend(self.shape(&key.shape).as_object().cloned().unwrap_or_default());
        Value::Object(schema)
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Text => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Like(pattern) => json!({ "type": ["string", "number", "boolean"], "pattern": pattern }),
            Shape::Words(words) => {
                json!({ "enum": words.iter().map(|word| plain(word)).collect::<Vec<_>>() })
            }
            Shape::Truth => json!({ "type": "boolean" }),
            Shape::Number => json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]*\\.?[0-9]+$" }),
            Shape::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Shape::Quantity => {
                json!({ "type": ["number", "string"], "pattern": "^\\s*([A-Z]{3}\\s*)?[+-]?[.0-9]" })
            }
            Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
            Shape::Id => json!({ "type": "string", "pattern": ID }),
            Shape::Condition => self.condition(),
            Shape::List(inner) => json!({ "type": "array", "items": self.shape(inner) }),
            Shape::Texts(inner) => {
                let one = self.shape(inner);
                json!({ "anyOf": [{ "type": "array", "items": one }, one] })
            }
            Shape::Map(inner) => self.map(ID, inner),
            Shape::MapOf(pattern, inner) => self.map(pattern, inner),
            Shape::Object(object) => self.object(object),
            Shape::Any(shapes) => {
                let shapes: Vec<Value> = shapes.iter().map(|shape| self.shape(shape)).collect();
                json!({ "anyOf": shapes })
            }
            Shape::Empty => json!({ "type": "null" }),
            Shape::Anything => json!({}),
        }
    }

    fn map(&mut self, pattern: &str, inner: &'static Shape) -> Value {
        let inner = self.shape(inner);
        let mut patterns = Map::new();
        patterns.insert(pattern.into(), inner);
        patterns.insert("^x-".into(), json!({}));
        json!({ "type": "object", "patternProperties": patterns, "additionalProperties": false })
    }

    /// A condition holds conditions: it is defined once.
    fn condition(&mut self) -> Value {
        let list = json!({ "type": "array", "minItems": 1, "items": reference("condition") });
        let joined = |key: &str, about: &str, inner: Value| {
            let mut properties = Map::new();
            let mut described = Map::new();
            described.insert("description".into(), json!(about));
            described.extend(inner.as_object().cloned().unwrap_or_default());
            properties.insert(key.into(), Value::Object(described));
            json!({ "type": "object", "properties": properties, "required": [key], "additionalProperties": false })
        };
        let at_least = json!({
            "type": "object",
            "properties": {
                "at_least": { "type": "integer", "minimum": 1, "description": "How many of them must hold." },
                "of": list,
            },
            "required": ["at_least", "of"],
            "additionalProperties": false,
        });
        let line = json!({
            "type": "string",
            "pattern": LINE,
            "description": "One line, such as `answer.usage-seen <= 2` or `band.churn_rate is poor`.",
        });
        let made = json!({
            "description": "When something holds: a line, a list of lines that must all hold, or lines joined by `all`, \
                            `any`, `not` or `at_least` with `of`.",
            "anyOf": [
                line,
                list,
                joined("all", "All of them must hold.", list.clone()),
                joined("any", "One of them is enough.", list.clone()),
                joined("not", "It must not hold.", reference("condition")),
                at_least,
            ],
        });
        self.made.insert("condition".into(), made);
        reference("condition")
    }
}

/// A word as YAML reads it.
fn plain(word: &str) -> Value {
    match word {
        "true" => json!(true),
        "false" => json!(false),
        word => match word.parse::<i64>() {
            Ok(number) => json!(number),
            Err(_) => json!(word),
        },
    }
}
