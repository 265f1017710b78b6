//! Did you mean: the names nearest to a misspelt one.

/// At most three of `known` that look like `word`, best first; ties in the order given.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = word.to_lowercase().replace('_', "-");
    let mut scored: Vec<(f64, &str)> = known
        .into_iter()
        .filter(|name| !name.is_empty() && name.len().abs_diff(word.len()) <= 12)
        .map(|name| {
            let candidate = name.to_lowercase().replace('_', "-");
            let slips = strsim::osa_distance(&folded, &candidate);
            let close = slips <= 1 || (slips == 2 && folded.len() >= 5);
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
    }
}
