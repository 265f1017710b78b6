//! The parts of a template that names stand in.

use std::ops::Range;

pub(super) type Place = Range<usize>;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Print(Expr),
    Set {
        name: String,
        value: Expr,
        global: bool,
    },
    /// `{% set x %}…{% endset %}`
    Capture {
        name: String,
        filters: Vec<Filter>,
        body: Vec<Node>,
        global: bool,
    },
    If {
        test: Expr,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    For {
        key: Option<String>,
        value: String,
        list: Expr,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Include {
        name: String,
        at: Place,
    },
    Extends {
        name: String,
        at: Place,
    },
    Block {
        name: String,
        body: Vec<Node>,
    },
    Filtered {
        filters: Vec<Filter>,
        body: Vec<Node>,
    },
    Component {
        name: String,
        parameters: Vec<Parameter>,
        body: Vec<Node>,
    },
    /// `{% <note(…)> %}…{% </note> %}`
    Call {
        call: Expr,
        body: Vec<Node>,
    },
}

/// What a component takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameter {
    pub name: String,
    /// The word behind the colon.
    pub kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expr {
    pub what: What,
    pub at: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Text(String),
    Number,
    Truth,
    Nothing,
    Name(String),
    Field {
        of: Box<Expr>,
        name: String,
    },
    Index {
        of: Box<Expr>,
        by: Box<Expr>,
    },
    Slice {
        of: Box<Expr>,
        by: Vec<Expr>,
    },
    Call {
        name: String,
        arguments: Vec<Argument>,
    },
    Filter {
        of: Box<Expr>,
        filter: Filter,
    },
    Test {
        of: Box<Expr>,
        name: String,
        name_at: Place,
        arguments: Vec<Argument>,
    },
    /// `and` and `or`, which give one of the two.
    Either(Box<Expr>, Box<Expr>),
    Operation {
        sign: String,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Not(Box<Expr>),
    Minus(Box<Expr>),
    Choice {
        test: Box<Expr>,
        yes: Box<Expr>,
        no: Box<Expr>,
    },
    List(Vec<Expr>),
    Map(Vec<(Option<String>, Expr)>),
    Each {
        key: Option<String>,
        value: String,
        list: Box<Expr>,
        test: Option<Box<Expr>>,
        item: Box<Expr>,
    },
    Component {
        name: String,
        name_at: Place,
        arguments: Vec<Argument>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filter {
    pub name: String,
    pub at: Place,
    pub arguments: Vec<Argument>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    /// None for what is spread.
    pub name: Option<String>,
    pub value: Expr,
}
