//! Small packs and answers as plain structs, drawn from a tape of numbers, and how they are written as YAML.
//!
//! A tape that runs out reads as zeros, so that shrinking it shrinks the pack.

use std::fmt::Write;

pub struct Tape {
    numbers: Vec<u16>,
    at: usize,
}

impl Tape {
    pub fn new(numbers: Vec<u16>) -> Tape {
        Tape { numbers, at: 0 }
    }

    /// A number from 0 to `below - 1`.
    pub fn below(&mut self, below: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % below.max(1)
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// Whether one of `of` such draws comes out; a zero never does.
    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    /// Some of `count` places, at least one, ascending.
    pub fn some_of(&mut self, count: usize) -> Vec<usize> {
        let mut out: Vec<usize> = (0..count).filter(|_| self.one_in(2)).collect();
        if out.is_empty() {
            out.push(self.below(count));
        }
        out
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

#[derive(Clone, Debug)]
pub struct Pack {
    /// The smallest share answered in percent; none: bounds.
    pub average: Option<i64>,
    pub bands: Bands,
    pub areas: Vec<Area>,
    pub questions: Vec<Question>,
    pub metrics: Vec<Metric>,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub struct Area {
    pub weight: i64,
    pub bands: Option<Bands>,
    /// Its own `min_answered` under `score_missing: average`.
    pub average: Option<i64>,
}

/// Steps in the order written: each edge is (is it included, the number), the last step is the rest.
#[derive(Clone, Debug)]
pub struct Bands {
    pub upward: bool,
    pub edges: Vec<(bool, i64)>,
    /// One a step, the rest included; a label may stand twice in two-sided bands.
    pub labels: Vec<usize>,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub area: usize,
    pub weight: i64,
    pub reverse: bool,
    pub not_applicable: bool,
    pub voices: bool,
    pub kind: Kind,
    /// Whether options have numbers, by which answers name them.
    pub numbered: bool,
    pub asked: Option<Asked>,
}

/// Asked only where a line about an earlier question holds; else it has this answer, or none.
#[derive(Clone, Debug)]
pub struct Asked {
    pub when: Line,
    pub otherwise: Option<Said>,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Steps { from: i64, to: i64, step: i64, labels: bool },
    Points(Vec<i64>),
    Profile(usize),
    Many(usize),
}

impl Kind {
    pub fn choices(&self) -> usize {
        match self {
            Kind::Steps { .. } => 0,
            Kind::Points(points) => points.len(),
            Kind::Profile(count) | Kind::Many(count) => *count,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Metric {
    pub bands: Option<Bands>,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub when: When,
    pub unless: Option<When>,
    pub if_missing: Option<&'static str>,
    pub severity: &'static str,
    /// Whether it prescribes the shared prescription too.
    pub shares: bool,
}

#[derive(Clone, Debug)]
pub enum When {
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
    AtLeast(usize, Vec<When>),
    Line(Line),
}

#[derive(Clone, Debug)]
pub struct Line {
    pub of: Of,
    pub asks: Asks,
}

#[derive(Clone, Copy, Debug)]
pub enum Of {
    Answer(usize),
    /// None is the total.
    Score(Option<usize>),
    ScoreBand(Option<usize>),
    Metric(usize),
    MetricBand(usize),
    Gap(usize),
}

#[derive(Clone, Debug)]
pub enum Asks {
    Compare(&'static str, i64),
    Between(i64, i64, bool),
    Numbers(Vec<i64>, bool),
    Labels(Vec<usize>, bool),
    Includes(Vec<usize>, bool),
    Absent(&'static str, bool),
}

const SIGNS: [&str; 6] = ["<", "<=", ">", ">=", "=", "!="];
pub const ABSENCES: [&str; 5] = ["skipped", "dont_know", "refused", "not_asked", "not_applicable"];

/// What a pack may hold: without voices, gaps, absences and assumptions, knowing more never turns a rule round.
#[derive(Clone, Copy)]
pub struct Taste {
    pub monotone: bool,
}

pub fn draw_pack(tape: &mut Tape, taste: Taste) -> Pack {
    let average = |tape: &mut Tape, of: usize| {
        let wanted = tape.one_in(of);
        let share = [0, 34, 50, 60, 100][tape.below(5)];
        (wanted && !taste.monotone).then_some(share)
    };
    let pack_average = average(tape, 3);
    let bands = draw_bands(tape, (1, 99), false);
    let areas: Vec<Area> = (0..=tape.below(3))
        .map(|_| Area {
            weight: weight(tape),
            bands: tape.one_in(4).then(|| draw_bands(tape, (1, 99), true)),
            average: average(tape, 5),
        })
        .collect();
    let mut questions: Vec<Question> =
        (0..=tape.below(6)).map(|_| draw_question(tape, areas.len(), taste)).collect();
    for place in 1..questions.len() {
        if tape.one_in(4) {
            let gate = tape.below(place);
            let when = draw_line_about(tape, &questions, gate, taste);
            // Who was not asked leaves the score, which the law of knowing more does not speak of.
            let otherwise = (taste.monotone || tape.one_in(2)).then(|| draw_given(tape, &questions[place]));
            questions[place].asked = Some(Asked { when, otherwise });
        }
    }
    let metrics: Vec<Metric> = (0..tape.below(4))
        .map(|_| Metric { bands: (!tape.one_in(4)).then(|| draw_bands(tape, (1, 99), true)) })
        .collect();
    let mut pack = Pack { average: pack_average, bands, areas, questions, metrics, rules: Vec::new() };
    pack.rules = (0..=tape.below(8)).map(|_| draw_rule(tape, &pack, taste)).collect();
    pack
}

fn weight(tape: &mut Tape) -> i64 {
    if tape.one_in(12) { 0 } else { tape.between(1, 4) }
}

fn draw_bands(tape: &mut Tape, range: (i64, i64), two_sided: bool) -> Bands {
    let mut values: Vec<i64> = (0..=tape.below(4)).map(|_| tape.between(range.0, range.1)).collect();
    values.sort_unstable();
    values.dedup();
    let upward = tape.one_in(2);
    if !upward {
        values.reverse();
    }
    let mut edges: Vec<(bool, i64)> = Vec::new();
    for value in values {
        // `< 6` then `<= 6` leaves the band of the single point 6.
        if tape.one_in(6) {
            edges.push((false, value));
            edges.push((true, value));
        } else {
            edges.push((tape.one_in(2), value));
        }
    }
    let steps = edges.len() + 1;
    let mut labels: Vec<usize> = (0..steps).collect();
    if two_sided && steps > 2 && tape.one_in(2) {
        let last = tape.below(steps - 2);
        labels[steps - 1] = last;
    }
    Bands { upward, edges, labels }
}

fn draw_question(tape: &mut Tape, areas: usize, taste: Taste) -> Question {
    let kind = match tape.below(6) {
        0..=2 => {
            let (from, step) = (tape.between(-1, 2), tape.between(1, 3));
            Kind::Steps { from, to: from + step * tape.between(1, 6), step, labels: tape.one_in(3) }
        }
        3 => {
            let mut points = vec![0, 100];
            (0..tape.below(3)).for_each(|_| points.push(tape.between(0, 100)));
            tape.shuffle(&mut points);
            Kind::Points(points)
        }
        4 => Kind::Profile(tape.below(3) + 2),
        _ => Kind::Many(tape.below(3) + 2),
    };
    Question {
        area: tape.below(areas),
        weight: weight(tape),
        reverse: tape.one_in(3),
        not_applicable: tape.one_in(2),
        voices: tape.one_in(3) && !taste.monotone,
        kind,
        numbered: tape.one_in(3),
        asked: None,
    }
}

fn draw_rule(tape: &mut Tape, pack: &Pack, taste: Taste) -> Rule {
    let assumed = ["undecided", "assume_false", "assume_true"][tape.below(3)];
    let assumes = tape.one_in(4) && !taste.monotone;
    Rule {
        when: draw_when(tape, pack, taste, 0),
        unless: tape.one_in(4).then(|| draw_when(tape, pack, taste, 1)),
        if_missing: assumes.then_some(assumed),
        severity: ["low", "medium", "high"][tape.below(3)],
        shares: tape.one_in(3),
    }
}

fn draw_when(tape: &mut Tape, pack: &Pack, taste: Taste, depth: usize) -> When {
    let shape = if depth >= 3 { 0 } else { tape.below(8) };
    let parts = |tape: &mut Tape| -> Vec<When> {
        (0..=tape.below(3)).map(|_| draw_when(tape, pack, taste, depth + 1)).collect()
    };
    match shape {
        4 => When::All(parts(tape)),
        5 => When::Any(parts(tape)),
        6 => When::Not(Box::new(draw_when(tape, pack, taste, depth + 1))),
        7 => {
            let parts = parts(tape);
            When::AtLeast(tape.below(parts.len()) + 1, parts)
        }
        _ => When::Line(draw_line(tape, pack, taste)),
    }
}

/// A line about what was answered to one question.
fn draw_line_about(tape: &mut Tape, questions: &[Question], place: usize, taste: Taste) -> Line {
    let of = Of::Answer(place);
    let negated = tape.one_in(3);
    if tape.one_in(6) && !taste.monotone {
        let words = ["missing", "answered", "skipped", "not asked"];
        return Line { of, asks: Asks::Absent(words[tape.below(4)], negated) };
    }
    Line { of, asks: of_answer(tape, &questions[place].kind, negated) }
}

fn of_answer(tape: &mut Tape, kind: &Kind, negated: bool) -> Asks {
    match kind {
        Kind::Steps { from, to, .. } => numbers(tape, (*from, *to), negated),
        Kind::Many(count) => Asks::Includes(tape.some_of(*count), tape.one_in(2)),
        kind => Asks::Labels(tape.some_of(kind.choices()), negated),
    }
}

fn draw_line(tape: &mut Tape, pack: &Pack, taste: Taste) -> Line {
    let area = |tape: &mut Tape| match tape.below(pack.areas.len() + 1) {
        0 => None,
        place => Some(place - 1),
    };
    let of = match tape.below(8) {
        3 => Of::Score(area(tape)),
        4 => Of::ScoreBand(area(tape)),
        5 if !pack.metrics.is_empty() => Of::Metric(tape.below(pack.metrics.len())),
        6 if !pack.metrics.is_empty() => {
            let place = tape.below(pack.metrics.len());
            if pack.metrics[place].bands.is_some() { Of::MetricBand(place) } else { Of::Metric(place) }
        }
        7 if !taste.monotone => {
            let place = tape.below(pack.questions.len());
            match &pack.questions[place] {
                Question { voices: true, kind: Kind::Steps { .. } | Kind::Points(_), .. } => Of::Gap(place),
                _ => Of::Answer(place),
            }
        }
        _ => Of::Answer(tape.below(pack.questions.len())),
    };
    let negated = tape.one_in(3);
    if tape.one_in(6) && !taste.monotone && !matches!(of, Of::Gap(_)) {
        let word = match of {
            Of::Answer(place) if tape.one_in(2) => {
                let words: &[&str] = if pack.questions[place].not_applicable {
                    &["skipped", "don't know", "refused", "not asked", "not applicable"]
                } else {
                    &["skipped", "don't know", "refused", "not asked"]
                };
                words[tape.below(words.len())]
            }
            _ => ["missing", "answered"][tape.below(2)],
        };
        return Line { of, asks: Asks::Absent(word, negated) };
    }
    let asks = match of {
        Of::Answer(place) => of_answer(tape, &pack.questions[place].kind, negated),
        Of::Score(_) => numbers(tape, (0, 100), negated),
        Of::Metric(_) => match numbers(tape, (0, 100), negated) {
            Asks::Numbers(numbers, _) => Asks::Compare("=", numbers[0]),
            other => other,
        },
        Of::Gap(place) => {
            let widest = match &pack.questions[place].kind {
                Kind::Steps { from, to, .. } => to - from,
                _ => 100,
            };
            Asks::Compare(SIGNS[tape.below(6)], tape.between(0, widest))
        }
        Of::ScoreBand(area) => {
            let bands = area.and_then(|place| pack.areas[place].bands.as_ref()).unwrap_or(&pack.bands);
            Asks::Labels(labels_of(tape, bands), negated)
        }
        Of::MetricBand(place) => {
            let bands = pack.metrics[place].bands.as_ref().expect("drawn for metrics with bands");
            Asks::Labels(labels_of(tape, bands), negated)
        }
    };
    Line { of, asks }
}

fn labels_of(tape: &mut Tape, bands: &Bands) -> Vec<usize> {
    let mut labels: Vec<usize> = bands.labels.clone();
    labels.sort_unstable();
    labels.dedup();
    let chosen = tape.some_of(labels.len());
    chosen.into_iter().map(|place| labels[place]).collect()
}

fn numbers(tape: &mut Tape, range: (i64, i64), negated: bool) -> Asks {
    let one = tape.between(range.0, range.1);
    match tape.below(5) {
        3 => {
            let other = tape.between(range.0, range.1);
            Asks::Between(one.min(other), one.max(other), negated)
        }
        4 if range.1 - range.0 < 20 => {
            let other = tape.between(range.0, range.1);
            Asks::Numbers(if other == one { vec![one] } else { vec![one, other] }, negated)
        }
        _ => Asks::Compare(SIGNS[tape.below(6)], one),
    }
}

#[derive(Clone, Debug)]
pub struct Answers {
    /// One a question.
    pub own: Vec<Said>,
    /// The role of each voice and what it said to each question.
    pub voices: Vec<(&'static str, Vec<Said>)>,
    /// One a metric, in tenths.
    pub metrics: Vec<Option<i64>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// The key is left out.
    Nothing,
    Step(i64),
    /// A step by its label.
    Word(i64),
    Option(usize),
    Many(Vec<usize>),
    Absent(&'static str),
}

pub fn draw_answers(tape: &mut Tape, pack: &Pack) -> Answers {
    let mut voices: Vec<(&'static str, Vec<Said>)> = Vec::new();
    let asks_voices = pack.questions.iter().any(|question| question.voices);
    let count = if asks_voices { tape.below(5) } else { 0 };
    let spoken: Vec<bool> =
        pack.questions.iter().map(|question| question.voices && count > 0 && !tape.one_in(4)).collect();
    for _ in 0..count {
        let role = ["manager", "rep", "owner"][tape.below(3)];
        let said = pack.questions.iter().zip(&spoken);
        let said = said.map(|(question, spoken)| match spoken {
            true => draw_said(tape, question),
            false => Said::Nothing,
        });
        voices.push((role, said.collect()));
    }
    let own = pack.questions.iter().zip(&spoken);
    let own = own.map(|(question, spoken)| match spoken {
        true => Said::Nothing,
        false => draw_said(tape, question),
    });
    let own = own.collect();
    let metrics = pack.metrics.iter().map(|_| (!tape.one_in(4)).then(|| tape.between(0, 1000))).collect();
    Answers { own, voices, metrics }
}

fn draw_said(tape: &mut Tape, question: &Question) -> Said {
    match tape.below(12) {
        9 => Said::Nothing,
        10 => Said::Absent(ABSENCES[tape.below(3)]),
        // Often, since it matters only beside other gaps: what does not apply keeps a rule open in its own way.
        7 | 8 if question.not_applicable => Said::Absent("not_applicable"),
        11 => Said::Absent(ABSENCES[3]),
        _ => draw_given(tape, question),
    }
}

/// An answer that answers.
pub fn draw_given(tape: &mut Tape, question: &Question) -> Said {
    match &question.kind {
        Kind::Steps { from, to, step, labels } => {
            let step = from + step * tape.between(0, (to - from) / step);
            if *labels && tape.one_in(2) { Said::Word(step) } else { Said::Step(step) }
        }
        Kind::Many(count) => Said::Many((0..*count).filter(|_| tape.one_in(2)).collect()),
        kind => Said::Option(tape.below(kind.choices())),
    }
}

/// The pack as sections with their items, each ready to be put on a line of its own.
pub fn write_sections(pack: &Pack, tape: &mut Tape) -> Vec<(&'static str, Vec<String>)> {
    let map = |tape: &mut Tape, mut keys: Vec<String>| {
        tape.shuffle(&mut keys);
        format!("{{ {} }}", keys.join(", "))
    };
    let mut scales = Vec::new();
    let mut questions = Vec::new();
    for (place, question) in pack.questions.iter().enumerate() {
        let mut keys = vec![format!("question: \"Question {place}?\"")];
        match &question.kind {
            Kind::Steps { from, to, step, labels } => {
                let mut scale = vec![format!("from: {from}"), format!("to: {to}")];
                if *step != 1 {
                    scale.push(format!("step: {step}"));
                }
                if *labels {
                    let labels: Vec<String> =
                        (0..=(to - from) / step).map(|place| word(place).to_owned()).collect();
                    scale.push(format!("labels: [{}]", labels.join(", ")));
                }
                scales.push(format!("s{place}: {}", map(tape, scale)));
            }
            Kind::Points(points) => {
                let options = points.iter().enumerate().map(|(at, points)| match question.numbered {
                    true => format!("o{at}: {{ points: {points}, value: {} }}", value_of(at)),
                    false => format!("o{at}: {points}"),
                });
                let options = options.collect();
                scales.push(format!("s{place}: {{ options: {} }}", map(tape, options)));
            }
            Kind::Profile(count) | Kind::Many(count) => {
                let mut options: Vec<String> = (0..*count)
                    .map(|at| match question.numbered {
                        true => format!("{{ o{at}: {{ value: {} }} }}", value_of(at)),
                        false => format!("o{at}"),
                    })
                    .collect();
                tape.shuffle(&mut options);
                let kind = if matches!(question.kind, Kind::Many(_)) { "many" } else { "profile" };
                keys.push(format!("kind: {kind}"));
                keys.push(format!("options: [{}]", options.join(", ")));
            }
        }
        if matches!(question.kind, Kind::Steps { .. } | Kind::Points(_)) {
            keys.push(format!("scale: s{place}"));
            keys.push(format!("area: a{}", question.area));
            keys.push(format!("weight: {}", question.weight));
            if question.reverse {
                keys.push("reverse: true".to_owned());
            }
        }
        if question.not_applicable {
            keys.push("not_applicable: true".to_owned());
        }
        if let Some(asked) = &question.asked {
            keys.push(format!("ask_if: \"{}\"", write_line(&asked.when)));
            let otherwise = asked.otherwise.as_ref().and_then(|said| written(question, said, ""));
            keys.extend(otherwise.map(|said| format!("else: {said}")));
        }
        if question.voices {
            keys.push("voices: [manager, rep, owner]".to_owned());
        }
        questions.push(format!("q{place}: {}", map(tape, keys)));
    }
    let areas = pack.areas.iter().enumerate().map(|(place, area)| {
        let mut keys = vec![format!("title: Area {place}"), format!("weight: {}", area.weight)];
        keys.extend(area.bands.as_ref().map(|bands| format!("bands: {}", write_bands(bands, ""))));
        if let Some(share) = area.average {
            keys.push("score_missing: average".to_owned());
            keys.push(format!("min_answered: {share}%"));
        }
        format!("a{place}: {}", map(tape, keys))
    });
    let areas = areas.collect();
    let metrics = pack.metrics.iter().enumerate().map(|(place, metric)| {
        let mut keys = vec![format!("title: Metric {place}")];
        keys.extend(["unit: \"%\"", "range: [0%, 100%]", "better: middle"].map(str::to_owned));
        if let Some(bands) = &metric.bands {
            let dated = ["from: 2025-01-01", "source: house", "review_by: 2099-12-31"].map(str::to_owned);
            let mut dated = dated.to_vec();
            dated.push(format!("cuts: {}", write_bands(bands, "%")));
            keys.push(format!("bands: [{}]", map(tape, dated)));
        }
        format!("m{place}: {}", map(tape, keys))
    });
    let metrics = metrics.collect();
    let rules = pack.rules.iter().enumerate().map(|(place, rule)| {
        let mut keys = vec![format!("id: r{place}"), format!("title: Rule {place}"), "why: So.".to_owned()];
        keys.push(format!("when: {}", write_when(&rule.when, tape)));
        keys.extend(rule.unless.as_ref().map(|unless| format!("unless: {}", write_when(unless, tape))));
        keys.extend(rule.if_missing.map(|word| format!("if_missing: {word}")));
        keys.push(format!("severity: {}", rule.severity));
        keys.push(format!("prescribe: [p{place}{}]", if rule.shares { ", shared" } else { "" }));
        format!("- {}", map(tape, keys))
    });
    let rules = rules.collect();
    let names = (0..pack.rules.len()).map(|place| format!("p{place}")).chain(["shared".to_owned()]);
    let prescriptions = names.enumerate().map(|(at, name)| {
        let (effort, impact) = (at % 5 + 1, at * 3 % 5 + 1);
        let keys = [
            "area: general".to_owned(),
            format!("title: Advice {name}"),
            "do: [Do it.]".to_owned(),
            format!("effort: {effort}"),
            format!("impact: {impact}"),
            format!("horizon: {}", [30, 60, 90][at % 3]),
        ];
        format!("{name}: {}", map(tape, keys.to_vec()))
    });
    let prescriptions = prescriptions.collect();
    let mut head: Vec<String> = ["id: drawn", "version: 1.0.0", "format: 1", "title: Drawn", "language: en"]
        .map(str::to_owned)
        .into();
    head.push(format!("bands: {}", write_bands(&pack.bands, "")));
    if let Some(share) = pack.average {
        head.push(format!("defaults: {{ score_missing: average, min_answered: {share}% }}"));
    }
    tape.shuffle(&mut head);
    vec![
        ("pack", head),
        ("sources", vec!["house: { title: House }".to_owned()]),
        ("scales", scales),
        ("areas", areas),
        ("questions", questions),
        ("metrics", metrics),
        ("rules", rules),
        ("prescriptions", prescriptions),
    ]
}

/// Sections as the text of one file; empty ones are left out.
pub fn file_of(sections: &[(&'static str, Vec<String>)]) -> String {
    let mut text = String::new();
    for (name, items) in sections.iter().filter(|(_, items)| !items.is_empty()) {
        let _ = writeln!(text, "{name}:");
        for item in items {
            let _ = writeln!(text, "  {item}");
        }
    }
    text
}

/// The label of a scale's step, counted from 0. Some begin as numbers with units do.
fn word(place: i64) -> &'static str {
    ["none", "1-2 times", "3 months", "rather", "much", "most", "all of it"][place as usize]
}

/// The number of an option.
fn value_of(at: usize) -> usize {
    at * 2 + 1
}

/// An answer as answers files and `else` write it; none where nothing was said.
fn written(question: &Question, said: &Said, quote: &str) -> Option<String> {
    let option = |at: usize| match question.numbered {
        true => value_of(at).to_string(),
        false => format!("{quote}o{at}{quote}"),
    };
    Some(match said {
        Said::Nothing => return None,
        Said::Step(step) => step.to_string(),
        Said::Word(value) => match question.kind {
            Kind::Steps { from, step, .. } => format!("\"{}\"", word((value - from) / step)),
            _ => unreachable!("words are drawn for steps"),
        },
        Said::Option(at) => option(*at),
        Said::Many(list) => {
            let list: Vec<String> = list.iter().map(|at| option(*at)).collect();
            format!("[{}]", list.join(", "))
        }
        Said::Absent(word) => format!("{quote}{word}{quote}"),
    })
}

fn write_bands(bands: &Bands, unit: &str) -> String {
    let edges = bands.edges.iter().map(|(included, value)| {
        let sign = match (bands.upward, included) {
            (true, false) => "<",
            (true, true) => "<=",
            (false, false) => ">",
            (false, true) => ">=",
        };
        format!("\"{sign} {value}{unit}\"")
    });
    let steps: Vec<(usize, String)> =
        bands.labels.iter().copied().zip(edges.chain(["rest".to_owned()])).collect();
    let doubled = steps.iter().any(|(label, _)| steps.iter().filter(|(other, _)| other == label).count() > 1);
    let each = |open: &str, between: &str, close: &str| {
        let steps: Vec<String> =
            steps.iter().map(|(label, end)| format!("{open}b{label}{between}{end}{close}")).collect();
        steps.join(", ")
    };
    if doubled { format!("[{}]", each("[", ", ", "]")) } else { format!("{{ {} }}", each("", ": ", "")) }
}

fn write_when(when: &When, tape: &mut Tape) -> String {
    let mut list = |parts: &[When]| {
        let mut parts: Vec<String> = parts.iter().map(|part| write_when(part, tape)).collect();
        tape.shuffle(&mut parts);
        format!("[{}]", parts.join(", "))
    };
    match when {
        When::All(parts) => format!("{{ all: {} }}", list(parts)),
        When::Any(parts) => format!("{{ any: {} }}", list(parts)),
        When::AtLeast(n, parts) => format!("{{ at_least: {n}, of: {} }}", list(parts)),
        When::Not(inner) => format!("{{ not: {} }}", write_when(inner, tape)),
        When::Line(line) => format!("\"{}\"", write_line(line)),
    }
}

fn write_line(line: &Line) -> String {
    let area = |place: Option<usize>| place.map_or("total".to_owned(), |place| format!("a{place}"));
    let (name, unit, letter) = match line.of {
        Of::Answer(place) => (format!("answer.q{place}"), "", 'o'),
        Of::Gap(place) => (format!("gap.q{place}"), "", 'o'),
        Of::Score(of) => (format!("score.{}", area(of)), "", 'b'),
        Of::ScoreBand(of) => (format!("band.{}", area(of)), "", 'b'),
        Of::Metric(place) => (format!("metric.m{place}"), "%", 'b'),
        Of::MetricBand(place) => (format!("band.m{place}"), "", 'b'),
    };
    let not = |negated: bool| if negated { "not " } else { "" };
    let labels =
        |labels: &[usize]| labels.iter().map(|at| format!("{letter}{at}")).collect::<Vec<_>>().join(", ");
    match &line.asks {
        Asks::Compare(sign, value) => format!("{name} {sign} {value}{unit}"),
        Asks::Between(low, high, negated) => {
            format!("{name} {}between {low}{unit} and {high}{unit}", not(*negated))
        }
        Asks::Numbers(numbers, negated) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("{name} {}in [{}]", not(*negated), numbers.join(", "))
        }
        Asks::Labels(places, negated) => match places.as_slice() {
            [one] => format!("{name} is {}{letter}{one}", not(*negated)),
            many => format!("{name} {}in [{}]", not(*negated), labels(many)),
        },
        Asks::Includes(places, all) => match places.as_slice() {
            [one] => format!("{name} includes o{one}"),
            many => format!("{name} includes {} of [{}]", if *all { "all" } else { "any" }, labels(many)),
        },
        Asks::Absent(word, negated) => format!("{name} is {}{word}", not(*negated)),
    }
}

/// The answers as YAML in flow style, which is JSON where `json` is asked.
pub fn write_answers(pack: &Pack, answers: &Answers, json: bool) -> String {
    let quote = if json { "\"" } else { "" };
    let given = |said: &[Said]| {
        let each = said.iter().enumerate().filter_map(|(place, said)| {
            let value = written(&pack.questions[place], said, quote)?;
            Some(format!("{quote}q{place}{quote}: {value}"))
        });
        format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
    };
    let metrics = answers.metrics.iter().enumerate().filter_map(|(place, tenths)| {
        let tenths = (*tenths)?;
        Some(format!("{quote}m{place}{quote}: \"{}.{}%\"", tenths / 10, tenths % 10))
    });
    let metrics = metrics.collect::<Vec<_>>().join(", ");
    let voices = answers.voices.iter().map(|(role, said)| {
        format!("{{ {quote}role{quote}: {quote}{role}{quote}, {quote}answers{quote}: {} }}", given(said))
    });
    let voices = voices.collect::<Vec<_>>().join(", ");
    format!(
        "{{ {quote}respondent{quote}: {quote}drawn{quote}, {quote}answers{quote}: {},\n  \
         {quote}voices{quote}: [{voices}],\n  {quote}metrics{quote}: {{ {metrics} }} }}\n",
        given(&answers.own)
    )
}
