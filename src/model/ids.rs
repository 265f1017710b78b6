//! Places in a pack's lists, so that after loading nothing is looked up by name.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

ids! {
    /// An area in [`Pack::areas`](super::Pack::areas).
    AreaId
    /// A question in [`Pack::questions`](super::Pack::questions).
    QuestionId
    /// A metric in [`Pack::metrics`](super::Pack::metrics).
    MetricId
    /// A named condition in [`Pack::conditions`](super::Pack::conditions).
    ConditionId
    /// A rule in [`Pack::rules`](super::Pack::rules).
    RuleId
    /// A prescription in [`Pack::prescriptions`](super::Pack::prescriptions).
    PrescriptionId
    /// A ladder in [`Pack::ladders`](super::Pack::ladders).
    LadderId
    /// A threshold in [`Pack::thresholds`](super::Pack::thresholds).
    ThresholdId
    /// A derived value in [`Pack::derived`](super::Pack::derived).
    DerivedId
    /// A group in [`Pack::groups`](super::Pack::groups).
    GroupId
    /// A source in [`Pack::citations`](super::Pack::citations).
    CitationId
}
