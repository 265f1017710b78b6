//! Did you mean: the names nearest to a misspelt one.

/// Names that are compared at length with one word.
const MANY: usize = 300;
/// Names that are looked at for a single slip; a pack with more has its messages still in good time.
const MOST: usize = 2_000;

/// At most three of `known` that look like `word`, best first; ties in the order given.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = word.to_lowercase().replace('_', "-");
    let own = signs(&folded);
    let mut scored: Vec<(f64, &str)> = known
        .into_iter()
        .take(MOST)
        .enumerate()
        .filter(|(_, name)| !name.is_empty() && name.len().abs_diff(word.len()) <= 12)
        .filter(|(place, name)| match place {
            ..MANY => alike(own, folded.len(), signs(name), name.len()),
            _ => one_slip(word.as_bytes(), name.as_bytes()),
        })
        .map(|(_, name)| {
            let candidate = name.to_lowercase().replace('_', "-");
            let slips = strsim::osa_distance(&folded, &candidate);
            // Of a single sign nothing is left when it is another.
            let close = slips <= 1 && folded.chars().count() > 1 || (slips == 2 && folded.len() >= 5);
            let within = folded.len() >= 4 && (candidate.contains(&folded) || folded.contains(&candidate));
            let likeness = strsim::jaro_winkler(&folded, &candidate);
            let likeness = if close { likeness.max(0.9) } else { likeness };
            (if within { likeness.max(0.86) } else { likeness }, name)
        })
        .filter(|(likeness, _)| *likeness >= 0.78)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.truncate(3);
    scored.into_iter().map(|(_, name)| name).collect()
}

/// Which signs a word holds, one bit each; capitals count as small letters, `_` as `-`, all others as one.
fn signs(word: &str) -> u64 {
    word.bytes().fold(0, |bits, byte| {
        let bit = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'0'..=b'9' => 26 + digit - b'0',
            b'-' | b'_' => 36,
            b'.' => 37,
            _ => 38,
        };
        bits | 1 << bit
    })
}

/// Whether two words are the same but for one sign, or two that changed places.
fn one_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let rest = one.len().max(other.len()).saturating_sub(head + tail);
    rest <= 1
        || rest == 2
            && one.len() == other.len()
            && one[head] == other[head + 1]
            && one[head + 1] == other[head]
}

/// Whether two words can be near at all: the likeness of words is at least 0.78 only where the shares of their signs
/// that the other one has add up to 0.9. It saves the long reckoning for nearly all pairs.
fn alike(one: u64, one_length: usize, other: u64, other_length: usize) -> bool {
    if one_length.min(other_length) <= 2 {
        return true;
    }
    let lone = |own: u64, others: u64| f64::from((own & !others).count_ones());
    let share = |lone: f64, length: usize| 1.0 - lone / length as f64;
    share(lone(one, other), one_length) + share(lone(other, one), other_length) >= 0.9
}

/// The sentence "did you mean `a`, `b` or `c`?", where anything is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = nearest(word, known);
    let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [first @ .., last] => Some(format!("did you mean {} or {last}?", first.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_three_are_offered() {
        let known = ["churn_rate", "churn_monthly", "win_rate", "leave_used"];
        assert_eq!(nearest("chrun_rate", known), ["churn_rate"]);
        assert_eq!(did_you_mean("zzz", known), None);
        assert_eq!(did_you_mean("winrate", known).unwrap(), "did you mean `win_rate`?");
        let many: Vec<String> = (0..1_000).map(|at| format!("metric-{at}")).collect();
        let many = || many.iter().map(String::as_str);
        assert_eq!(nearest("metrc-999", many()).first(), Some(&"metric-999"));
        assert_eq!(nearest("metirc-888", many()).first(), Some(&"metric-888"));
    }
}
