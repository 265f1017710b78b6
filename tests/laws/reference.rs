//! The slow and obvious interpreter: it works on the drawn structs alone and shares no code with the engine.

use std::collections::BTreeMap;

use num_rational::Ratio;

use crate::shape::{Answers, Asked, Asks, Bands, Kind, Line, Of, Pack, Question, Rule, Said, When};

pub type Fraction = Ratio<i128>;

fn whole(value: i64) -> Fraction {
    Fraction::from_integer(i128::from(value))
}

/// What is concluded, in the words of the machine contract.
#[derive(Debug, PartialEq)]
pub struct Concluded {
    /// Areas, then the total.
    pub ends: Vec<Option<(Fraction, Fraction)>>,
    /// Where certain; areas, then the total, then metrics.
    pub bands: Vec<Option<usize>>,
    pub rules: Vec<&'static str>,
}

#[derive(Clone, Debug)]
enum Heard {
    Number(Fraction),
    Option(usize),
    Many(Vec<usize>),
    Mixed(Option<Fraction>),
    Absent(&'static str),
}

#[derive(Clone, Debug)]
enum Score {
    Ends(Fraction, Fraction),
    TooFew,
    /// Nothing to score, and whether that is for "not applicable".
    Empty(bool),
}

#[derive(Clone, Copy, PartialEq)]
enum Truth {
    Yes,
    No,
    /// And whether only "not applicable" keeps it open.
    Open(bool),
}

struct World<'p> {
    pack: &'p Pack,
    heard: Vec<Heard>,
    /// Left out by `ask_if`.
    unasked: Vec<bool>,
    gaps: Vec<Option<Fraction>>,
    /// Areas, then the total.
    scores: Vec<Score>,
    metrics: Vec<Option<Fraction>>,
}

pub fn conclude(pack: &Pack, answers: &Answers) -> Concluded {
    let Listened { heard, unasked, gaps } = listen(pack, answers);
    let mut scores: Vec<Score> =
        (0..pack.areas.len()).map(|area| score_area(pack, area, &heard, &unasked)).collect();
    let counted = pack.areas.iter().zip(&scores).filter(|(area, _)| area.weight != 0);
    let parts: Vec<(Fraction, Score)> =
        counted.map(|(area, score)| (whole(area.weight), score.clone())).collect();
    scores.push(mean(&parts, pack.average));
    let tenths = |tenths: i64| Fraction::new(i128::from(tenths), 10);
    let metrics = answers.metrics.iter().map(|given| given.map(tenths)).collect();
    let world = World { pack, heard, unasked, gaps, scores, metrics };
    let ends = world.scores.iter().map(|score| match score {
        Score::Ends(low, high) => Some((*low, *high)),
        _ => None,
    });
    let certain = |labels: Vec<usize>| if let [one] = labels.as_slice() { Some(*one) } else { None };
    let score_bands = (0..world.scores.len()).map(|place| certain(world.score_labels(place)));
    let metric_bands = (0..pack.metrics.len()).map(|place| certain(world.metric_labels(place)));
    Concluded {
        ends: ends.collect(),
        bands: score_bands.chain(metric_bands).collect(),
        rules: pack.rules.iter().map(|rule| world.status(rule)).collect(),
    }
}

struct Listened {
    heard: Vec<Heard>,
    unasked: Vec<bool>,
    gaps: Vec<Option<Fraction>>,
}

fn is_asked(said: &Said) -> bool {
    !matches!(said, Said::Nothing | Said::Absent("not_asked"))
}

/// What was said to each question, one after the other: questions hang on earlier ones only.
fn listen(pack: &Pack, answers: &Answers) -> Listened {
    let mut all = Listened { heard: Vec::new(), unasked: Vec::new(), gaps: Vec::new() };
    let mut voices: Vec<(&str, Vec<Said>)> = answers.voices.clone();
    // By voice and question: whether that voice itself was left out.
    let mut left_out: Vec<Vec<bool>> = vec![vec![false; pack.questions.len()]; voices.len()];
    for (place, question) in pack.questions.iter().enumerate() {
        let mentioned = voices.iter().any(|(_, said)| said[place] != Said::Nothing);
        let spoken = voices.iter().any(|(_, said)| is_asked(&said[place]));
        // A voice that says "not asked" has spoken of the question: the respondent's own silence is no skipping.
        let mut own = match &answers.own[place] {
            Said::Nothing if mentioned => Said::Absent("not_asked"),
            said => said.clone(),
        };
        let mut unasked = false;
        if let Some(asked) = &question.asked {
            let Of::Answer(gate) = asked.when.of else { unreachable!("drawn about answers") };
            let common = (&all.heard[gate], all.unasked[gate]);
            for (voice, (_, said)) in voices.iter_mut().enumerate() {
                if !is_asked(&said[place]) {
                    continue;
                }
                let heard = alone(&said[gate]);
                let seen = match (left_out[voice][gate], is_asked(&said[gate])) {
                    (true, _) => about_answer(&asked.when.asks, &Heard::Absent("not_asked"), true),
                    (false, true) => about_answer(&asked.when.asks, &heard, false),
                    (false, false) => about_answer(&asked.when.asks, common.0, common.1),
                };
                let (now, out) = held(&said[place], asked, seen);
                left_out[voice][place] = out && !is_asked(&now);
                unasked |= out;
                said[place] = now;
            }
            if !spoken {
                let (now, out) = held(&own, asked, about_answer(&asked.when.asks, common.0, common.1));
                unasked |= out;
                own = now;
            }
        }
        let said: Vec<(&str, &Said)> = voices.iter().map(|(role, said)| (*role, &said[place])).collect();
        let asked: Vec<(&str, &Said)> = said.into_iter().filter(|(_, said)| is_asked(said)).collect();
        let (heard, gap) = match asked.as_slice() {
            [] => (alone(&own), None),
            asked => (together(question, asked), gap(question, asked)),
        };
        all.unasked.push(unasked && matches!(heard, Heard::Absent("not_asked")));
        all.heard.push(heard);
        all.gaps.push(gap);
    }
    all
}

/// What counts as said, and whether it was left out.
fn held(said: &Said, asked: &Asked, gate: Truth) -> (Said, bool) {
    let otherwise = asked.otherwise.clone().unwrap_or(Said::Absent("not_asked"));
    let given = !matches!(said, Said::Nothing | Said::Absent(_));
    match gate {
        Truth::Yes => (said.clone(), false),
        Truth::No | Truth::Open(true) => (otherwise, true),
        Truth::Open(false) if given && !same(said, &otherwise) => (Said::Absent("skipped"), false),
        Truth::Open(false) => (said.clone(), false),
    }
}

/// A step is the same by its number and by its label.
fn same(one: &Said, other: &Said) -> bool {
    match (one, other) {
        (Said::Step(a) | Said::Word(a), Said::Step(b) | Said::Word(b)) => a == b,
        _ => one == other,
    }
}

fn alone(said: &Said) -> Heard {
    match said {
        Said::Nothing => Heard::Absent("skipped"),
        Said::Step(step) | Said::Word(step) => Heard::Number(whole(*step)),
        Said::Option(at) => Heard::Option(*at),
        Said::Many(list) => Heard::Many(list.clone()),
        Said::Absent(word) => Heard::Absent(word),
    }
}

/// What an answer counts where answers are averaged.
fn worth(question: &Question, said: &Said) -> Option<Fraction> {
    match (said, &question.kind) {
        (Said::Step(step) | Said::Word(step), _) => Some(whole(*step)),
        (Said::Option(at), Kind::Points(points)) => Some(whole(points[*at])),
        _ => None,
    }
}

fn average(values: &[Fraction]) -> Option<Fraction> {
    let sum: Fraction = values.iter().sum();
    (!values.is_empty()).then(|| sum / whole(values.len() as i64))
}

fn together(question: &Question, voices: &[(&str, &Said)]) -> Heard {
    let given: Vec<&(&str, &Said)> =
        voices.iter().filter(|(_, said)| !matches!(said, Said::Absent(_))).collect();
    if given.is_empty() {
        // The kind that leaves most open wins.
        for word in ["dont_know", "skipped", "refused", "not_applicable"] {
            if voices.iter().any(|(_, said)| **said == Said::Absent(word)) {
                return Heard::Absent(word);
            }
        }
    }
    let mut roles: BTreeMap<&str, Vec<Fraction>> = BTreeMap::new();
    for (role, said) in &given {
        if let Some(worth) = worth(question, said) {
            roles.entry(role).or_default().push(worth);
        }
    }
    let means: Vec<Fraction> = roles.values().filter_map(|values| average(values)).collect();
    let mean = average(&means);
    if let (Kind::Steps { .. }, Some(mean)) = (&question.kind, mean) {
        return Heard::Number(mean);
    }
    if given.iter().all(|(_, said)| *said == given[0].1) { alone(given[0].1) } else { Heard::Mixed(mean) }
}

fn gap(question: &Question, voices: &[(&str, &Said)]) -> Option<Fraction> {
    let side = |managers: bool| {
        let of_side = voices.iter().filter(|(role, _)| (*role == "manager") == managers);
        average(&of_side.filter_map(|(_, said)| worth(question, said)).collect::<Vec<_>>())
    };
    let apart = side(true)? - side(false)?;
    Some(if apart < whole(0) { -apart } else { apart })
}

fn score_area(pack: &Pack, area: usize, heard: &[Heard], unasked: &[bool]) -> Score {
    let mut parts = Vec::new();
    for ((question, heard), unasked) in pack.questions.iter().zip(heard).zip(unasked) {
        let scores = matches!(question.kind, Kind::Steps { .. } | Kind::Points(_));
        if question.area != area || !scores {
            continue;
        }
        let points = match (&question.kind, heard) {
            (Kind::Steps { from, to, .. }, Heard::Number(value)) => {
                Some((value - whole(*from)) * whole(100) / whole(to - from))
            }
            (Kind::Points(points), Heard::Option(at)) => Some(whole(points[*at])),
            (Kind::Points(_), Heard::Mixed(points)) => *points,
            _ => None,
        };
        let points = points.map(|points| if question.reverse { whole(100) - points } else { points });
        let score = match (points, heard) {
            (Some(points), _) => Score::Ends(points, points),
            (None, Heard::Absent("not_applicable")) => Score::Empty(true),
            (None, Heard::Absent("not_asked")) => Score::Empty(*unasked),
            (None, _) => Score::TooFew,
        };
        parts.push((whole(question.weight), score));
    }
    mean(&parts, pack.areas[area].average.or(pack.average))
}

/// The weighted mean; what is open counts as 0 to 100 unless only what was answered is averaged.
fn mean(parts: &[(Fraction, Score)], smallest_share: Option<i64>) -> Score {
    let applies: Vec<&(Fraction, Score)> =
        parts.iter().filter(|(_, score)| !matches!(score, Score::Empty(_))).collect();
    // Only where nothing but "not applicable" leaves the score is that the reason.
    let leaving: Vec<bool> = parts
        .iter()
        .filter_map(|(_, score)| match score {
            Score::Empty(not_applicable) => Some(*not_applicable),
            _ => None,
        })
        .collect();
    let empty = Score::Empty(!leaving.is_empty() && leaving.iter().all(|not_applicable| *not_applicable));
    if applies.is_empty() {
        return empty;
    }
    let known = applies.iter().filter(|(_, score)| matches!(score, Score::Ends(..))).count() as i64;
    if let Some(share) = smallest_share
        && (known == 0 || known * 100 < applies.len() as i64 * share)
    {
        return Score::TooFew;
    }
    let (mut weights, mut low, mut high) = (whole(0), whole(0), whole(0));
    for (weight, score) in applies {
        let (from, to) = match score {
            Score::Ends(from, to) => (*from, *to),
            _ if smallest_share.is_some() => continue,
            _ => (whole(0), whole(100)),
        };
        weights += weight;
        low += weight * from;
        high += weight * to;
    }
    if weights == whole(0) { empty } else { Score::Ends(low / weights, high / weights) }
}

fn label_of(bands: &Bands, value: Fraction) -> usize {
    for ((included, edge), label) in bands.edges.iter().zip(&bands.labels) {
        let edge = whole(*edge);
        let beyond = if bands.upward { value < edge } else { value > edge };
        if beyond || (*included && value == edge) {
            return *label;
        }
    }
    bands.labels[bands.labels.len() - 1]
}

/// Bands change only at edges: the ends, each edge between them and a point between each two tell all.
fn labels_between(bands: &Bands, low: Fraction, high: Fraction) -> Vec<usize> {
    let mut points = vec![low, high];
    points
        .extend(bands.edges.iter().map(|(_, edge)| whole(*edge)).filter(|edge| *edge > low && *edge < high));
    points.sort();
    let between: Vec<Fraction> = points.windows(2).map(|pair| (pair[0] + pair[1]) / whole(2)).collect();
    let mut labels: Vec<usize> =
        points.into_iter().chain(between).map(|point| label_of(bands, point)).collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

impl World<'_> {
    fn score_place(&self, of: Option<usize>) -> usize {
        of.unwrap_or(self.pack.areas.len())
    }

    fn score_labels(&self, place: usize) -> Vec<usize> {
        let own = self.pack.areas.get(place).and_then(|area| area.bands.as_ref());
        match &self.scores[place] {
            Score::Ends(low, high) => labels_between(own.unwrap_or(&self.pack.bands), *low, *high),
            _ => Vec::new(),
        }
    }

    fn metric_labels(&self, place: usize) -> Vec<usize> {
        match (&self.pack.metrics[place].bands, self.metrics[place]) {
            (Some(bands), Some(value)) => vec![label_of(bands, value)],
            _ => Vec::new(),
        }
    }

    fn status(&self, rule: &Rule) -> &'static str {
        let mut parts = vec![self.holds(&rule.when)];
        parts.extend(rule.unless.as_ref().map(|unless| opposite(self.holds(unless))));
        match (at_least(parts.len(), &parts), rule.if_missing) {
            (Truth::Yes, _) => "fired",
            (Truth::No, _) => "not_fired",
            (Truth::Open(true), _) => "not_applicable",
            (Truth::Open(false), Some("assume_true")) => "fired",
            (Truth::Open(false), Some("assume_false")) => "not_fired",
            (Truth::Open(false), _) => "undecided",
        }
    }

    fn holds(&self, when: &When) -> Truth {
        let each = |parts: &[When]| parts.iter().map(|part| self.holds(part)).collect::<Vec<_>>();
        match when {
            When::All(parts) => at_least(parts.len(), &each(parts)),
            When::Any(parts) => at_least(1, &each(parts)),
            When::AtLeast(n, parts) => at_least(*n, &each(parts)),
            When::Not(inner) => opposite(self.holds(inner)),
            When::Line(line) => self.line(line),
        }
    }

    fn line(&self, line: &Line) -> Truth {
        if let Of::Answer(place) = line.of {
            return about_answer(&line.asks, &self.heard[place], self.unasked[place]);
        }
        if let Asks::Absent(word, negated) = &line.asks {
            let held = match *word {
                "missing" => self.missing(line.of),
                "answered" => !self.missing(line.of),
                _ => unreachable!("kinds of absence are asked of answers"),
            };
            return if held != *negated { Truth::Yes } else { Truth::No };
        }
        let open_for = |score: &Score| Truth::Open(matches!(score, Score::Empty(true)));
        match line.of {
            Of::Answer(_) => unreachable!("told above"),
            Of::Gap(place) => match self.gaps[place] {
                Some(gap) => numeric(&line.asks, gap, gap),
                None => Truth::Open(false),
            },
            Of::Metric(place) => match self.metrics[place] {
                Some(value) => numeric(&line.asks, value, value),
                None => Truth::Open(false),
            },
            Of::MetricBand(place) => labelled(&line.asks, &self.metric_labels(place)),
            Of::Score(of) => match &self.scores[self.score_place(of)] {
                Score::Ends(low, high) => numeric(&line.asks, *low, *high),
                score => open_for(score),
            },
            Of::ScoreBand(of) => match &self.scores[self.score_place(of)] {
                Score::Ends(..) => labelled(&line.asks, &self.score_labels(self.score_place(of))),
                score => open_for(score),
            },
        }
    }

    /// Of an answer: not given. Of anything else: it has no certain value.
    fn missing(&self, of: Of) -> bool {
        match of {
            Of::Answer(_) => unreachable!("told of answers alone"),
            Of::Gap(place) => self.gaps[place].is_none(),
            Of::Metric(place) => self.metrics[place].is_none(),
            Of::MetricBand(place) => self.metric_labels(place).len() != 1,
            Of::Score(of) => match &self.scores[self.score_place(of)] {
                Score::Ends(low, high) => low != high,
                _ => true,
            },
            Of::ScoreBand(of) => self.score_labels(self.score_place(of)).len() != 1,
        }
    }
}

/// A line about an answer.
fn about_answer(asks: &Asks, heard: &Heard, unasked: bool) -> Truth {
    if let Asks::Absent(word, negated) = asks {
        let held = match *word {
            "missing" => matches!(heard, Heard::Absent(_)),
            "answered" => !matches!(heard, Heard::Absent(_)),
            word => {
                let key = word.replace('\'', "").replace(' ', "_");
                matches!(heard, Heard::Absent(absence) if *absence == key)
            }
        };
        return if held != *negated { Truth::Yes } else { Truth::No };
    }
    match heard {
        Heard::Number(value) => numeric(asks, *value, *value),
        Heard::Option(at) => labelled(asks, &[*at]),
        Heard::Many(chosen) => match asks {
            Asks::Includes(wanted, all) => {
                let held = wanted.iter().filter(|at| chosen.contains(at)).count();
                let enough = if *all && wanted.len() > 1 { wanted.len() } else { 1 };
                if held >= enough { Truth::Yes } else { Truth::No }
            }
            _ => unreachable!("`many` is asked what it includes"),
        },
        Heard::Mixed(_) => Truth::Open(false),
        Heard::Absent(word) => Truth::Open(unasked || *word == "not_applicable"),
    }
}

fn opposite(truth: Truth) -> Truth {
    match truth {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        open => open,
    }
}

fn at_least(n: usize, parts: &[Truth]) -> Truth {
    let yes = parts.iter().filter(|part| **part == Truth::Yes).count();
    let no = parts.iter().filter(|part| **part == Truth::No).count();
    if yes >= n {
        Truth::Yes
    } else if parts.len() - no < n {
        Truth::No
    } else {
        Truth::Open(parts.iter().all(|part| *part != Truth::Open(false)))
    }
}

/// A line about a number that lies between two ends: decided where every number between them agrees.
fn numeric(asks: &Asks, low: Fraction, high: Fraction) -> Truth {
    let mut points = vec![low, high];
    let constants: Vec<i64> = match asks {
        Asks::Compare(_, value) => vec![*value],
        Asks::Between(from, to, _) => vec![*from, *to],
        Asks::Numbers(numbers, _) => numbers.clone(),
        _ => unreachable!("asked of labels"),
    };
    points.extend(constants.into_iter().map(whole).filter(|at| *at > low && *at < high));
    points.sort();
    let between: Vec<Fraction> = points.windows(2).map(|pair| (pair[0] + pair[1]) / whole(2)).collect();
    let held: Vec<bool> = points
        .into_iter()
        .chain(between)
        .map(|at| match asks {
            Asks::Compare("<", value) => at < whole(*value),
            Asks::Compare("<=", value) => at <= whole(*value),
            Asks::Compare(">", value) => at > whole(*value),
            Asks::Compare(">=", value) => at >= whole(*value),
            Asks::Compare("=", value) => at == whole(*value),
            Asks::Compare(_, value) => at != whole(*value),
            Asks::Between(from, to, negated) => (at >= whole(*from) && at <= whole(*to)) != *negated,
            Asks::Numbers(numbers, negated) => numbers.iter().any(|number| at == whole(*number)) != *negated,
            _ => unreachable!("asked of labels"),
        })
        .collect();
    agreed(&held)
}

fn labelled(asks: &Asks, possible: &[usize]) -> Truth {
    let Asks::Labels(labels, negated) = asks else { unreachable!("asked of numbers") };
    agreed(&possible.iter().map(|label| labels.contains(label) != *negated).collect::<Vec<_>>())
}

fn agreed(held: &[bool]) -> Truth {
    match (held.contains(&true), held.contains(&false)) {
        (true, false) => Truth::Yes,
        (false, true) => Truth::No,
        _ => Truth::Open(false),
    }
}
