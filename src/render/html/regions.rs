//! Tables that would be called alike are told apart by their number, since readers jump to them by name.

use std::collections::HashMap;

/// What begins the name of a table's frame. Text cannot hold it: its quotes are escaped.
const NAME: &str = "role=\"region\" aria-label=\"";

/// The same page, the second table of one name with `(2)` behind it, and so on.
pub(super) fn numbered(body: &str) -> String {
    let mut parts = body.split(NAME);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for part in parts {
        let end = part.find('"').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let count = seen.entry(name).or_insert(0);
        *count += 1;
        out.push_str(NAME);
        out.push_str(name);
        if *count > 1 {
            out.push_str(&format!(" ({count})"));
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn only_names_that_come_again_are_numbered() {
        let frame = |name: &str| format!("<div role=\"region\" aria-label=\"{name}\">x</div>");
        let page = ["Table: a", "Table: b", "Table: a", "Table: a"].map(frame).join("\n");
        let wanted = ["Table: a", "Table: b", "Table: a (2)", "Table: a (3)"].map(frame).join("\n");
        assert_eq!(numbered(&page), wanted);
        assert_eq!(numbered("<p>aria-label</p>"), "<p>aria-label</p>");
    }
}
