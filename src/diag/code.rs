//! The codes of all messages. A code never changes its meaning.

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What kind of fault a message tells.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// As printed, such as `K203`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The code that is printed so.
            pub fn named(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.name() == name)
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    Syntax = "K101";
    /// YAML reads something else than what is meant: put it in quotes.
    Quote = "K102";
    /// A tab where YAML wants spaces.
    Tab = "K103";
    /// The same key twice in one map.
    DuplicateKey = "K104";
    /// The same id twice in one pack.
    DuplicateId = "K105";
    /// A key that does not exist here.
    UnknownKey = "K106";
    /// A list, map or text where another of them is wanted.
    WrongShape = "K107";
    /// A key that must be there is not.
    MissingKey = "K108";
    /// A value that this key does not take.
    WrongValue = "K109";
    /// Part of the language, but not of this release.
    NotYet = "K110";
    /// An id with characters that ids do not have.
    BadId = "K111";
    /// A name that the language keeps for itself.
    ReservedName = "K112";
    /// The text is not UTF-8.
    NotUtf8 = "K113";
    /// More than the program reads: too large, too deep, too many repeats.
    TooMuch = "K114";
    /// A folder that holds no pack, or a pack without its head.
    NoPack = "K115";

    /// A name that the pack does not have.
    UnknownName = "K201";
    /// A label that the question, scale or band does not have.
    UnknownLabel = "K202";
    /// A number without the unit that it needs.
    UnitMissing = "K203";
    /// A unit that does not fit.
    UnitWrong = "K204";
    /// A value that the scale or range does not hold.
    OutOfRange = "K205";
    /// A comparison that its subject cannot have.
    WrongKind = "K206";
    /// A line that is no condition.
    Condition = "K207";
    /// `and` beside `or` without brackets.
    MixedAndOr = "K208";
    /// A list under `not:` or `unless:` that can be read in two ways.
    AmbiguousNot = "K209";
    /// A number that is not written as one.
    Number = "K210";
    /// A formula that is none, or whose units do not work out.
    Formula = "K211";
    /// A divisor that can be 0.
    DivisionByZero = "K212";
    /// Something that needs itself.
    Cycle = "K213";
    /// Bands that do not cover every number once.
    BandsWrong = "K214";
    /// Option points whose ends are not 0 and 100.
    PointsEnds = "K215";
    /// A unit that neither the language nor the pack has.
    UnknownUnit = "K216";
    /// Conditions nested deeper than 32.
    TooDeep = "K217";
    /// A total that is a mean, of scores that do not all run from 0 to 100.
    MixedTotal = "K218";
    /// Rules that set each other aside in a circle.
    SupersedesCircle = "K225";
    /// A group that cannot be one.
    GroupWrong = "K226";
    /// The pack that this one builds on is not there.
    BaseMissing = "K227";
    /// A base in a version that is not wanted.
    BaseVersion = "K228";
    /// An override that cannot be carried out.
    OverrideWrong = "K229";
    /// A base that does not say any more what an override was written against.
    BaseMoved = "K230";
    /// A scale whose steps do not reach its end, or that has labels and no steps.
    ScaleSteps = "K235";
    /// An `ask_if` that looks at more than answers.
    AskIf = "K236";

    /// A rule that no answers make fire.
    NeverFires = "K301";
    /// A rule that no answers keep from firing.
    AlwaysFires = "K302";
    /// A rule that says the same as another.
    DuplicateRule = "K303";
    /// A line of a rule with which and without which it comes to the same.
    LineNeverMatters = "K304";
    /// A rule of a group before which others always come.
    Shadowed = "K305";
    /// Rules of a group that hold together against its promise.
    Overlap = "K306";
    /// A group that promises to be complete and is not.
    Gap = "K307";
    /// Prescriptions that exclude each other, advised together with nothing to choose between them.
    ExcludedTogether = "K308";
    /// A number that no score comes near.
    OutOfReach = "K309";
    /// A better answer that makes the advice worse.
    NotMonotone = "K310";
    /// Whoever does everything well is still prescribed something.
    PerfectAdvised = "K311";
    /// Whoever does nothing well is prescribed nothing.
    WorstUnadvised = "K312";
    /// Something about a rule that was neither shown nor ruled out.
    NotDecided = "K399";

    /// Nothing uses it.
    Unused = "K401";
    /// An area that no rule looks at.
    AreaWithoutRule = "K402";
    /// Bands past their day of review.
    StaleReview = "K403";
    /// A number that repeats a band's edge.
    RepeatsBand = "K404";
    /// A permission that allows nothing.
    UnusedAllow = "K405";
    /// Bands without the day of adoption, source or review date that a client will ask for.
    MissingSource = "K406";
    /// An override that changes nothing.
    OverrideWithoutEffect = "K408";

    /// A value that a text or template names and that does not exist.
    UnknownValue = "K501";
    /// A template that cannot be read.
    Template = "K502";
    /// A template's front matter that says something unknown.
    TemplateHead = "K503";
    /// A document that was named and does not exist.
    UnknownDocument = "K504";
    /// A template whose Markdown cannot be set, such as a chart without a range.
    TemplateResult = "K505";
    /// A brace in a text that is no place for a value.
    LooseBrace = "K506";
    /// A label that is translated into a language into which another one is not.
    MissingTranslation = "K507";
    /// A template prints a measured value without its unit.
    BareValue = "K508";
    /// A slide that holds more than it can show.
    SlideOverfull = "K509";

    /// An expectation of a pack's test that was not met.
    TestFailed = "K601";
    /// A rule of which no test expects that it fires, or none that it does not.
    RuleUntested = "K602";
    /// A line that no test has seen true, false or unknown.
    OutcomeUnseen = "K603";
    /// A slip in the pack that no test would notice.
    SlipUnnoticed = "K604";

    /// An answers file of a kind that is not read.
    UnknownKind = "K701";
    /// An answer that the question does not take.
    WrongAnswer = "K702";
    /// A measured value that the metric does not take.
    WrongMetric = "K703";
    /// A question or metric that the pack does not have.
    UnknownQuestion = "K704";
    /// One id for two respondents.
    DuplicateRespondent = "K705";
    /// A respondent without an id, or with one that cannot name a file.
    NoRespondent = "K706";
    /// A table whose head cannot be used.
    TableHead = "K707";
    /// A row with more or fewer cells than the head.
    TableRow = "K708";
    /// Answers for another pack.
    OtherPack = "K709";
    /// A given metric that disagrees with its formula.
    FormulaDisagrees = "K710";
    /// Bands that were adopted only after the day of the answers.
    BandsTooNew = "K711";
    /// A column that is neither question nor metric.
    ExtraColumn = "K712";
    /// What a rule requires is missing.
    Required = "K713";
    /// A computed metric outside its range.
    ComputedOutOfRange = "K714";
    /// A question answered both in `answers` and in a voice.
    AnsweredTwice = "K715";
    /// A session file that says something unknown or impossible.
    Session = "K716";
    /// Bands past their day of review at the day of the answers.
    BandsPastReview = "K717";
    /// Earlier rounds that cannot be put in order before the answers.
    Rounds = "K718";
    /// More rules of a group fired than it allows.
    GroupOverfull = "K719";
    /// An answer to a question that was not to be asked.
    NotToBeAsked = "K720";
    /// An answer to a question of which nobody knows whether it was to be asked.
    PerhapsNotAsked = "K721";
    /// A mapping file that says something unknown or impossible.
    Mapping = "K722";
    /// An export in which nothing belongs to the pack.
    NoColumnKnown = "K723";
    /// A workbook that cannot be read, or of which it is open what to read.
    Workbook = "K724";
    /// A benchmark file that says something unknown or impossible, or is of something else.
    Benchmark = "K725";
    /// An address to which no mail can go, or a mark of attendance that is neither yes nor no.
    AboutPerson = "K726";
    /// A brand file that says something unknown or impossible.
    Brand = "K801";
    /// A brand's colour that cannot be read on its ground.
    BrandContrast = "K802";
    /// A run of show that says something impossible, or does not add up.
    RunOfShow = "K803";
}
