//! Tables that would be called alike are told apart by their number, since readers jump to them by name.

use std::collections::HashMap;

use memchr::memmem;

/// What begins the name of a table's frame. Text cannot hold it: its quotes are escaped.
const NAME: &str = "role=\"region\" aria-label=\"";

/// The same page, the second table of one name with `(2)` behind it, and so on.
pub(super) fn numbered(body: &str) -> String {
    let mut out = String::with_capacity(body.len() + body.len() / 16);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut from = 0;
    for found in memmem::find_iter(body.as_bytes(), NAME) {
        let name = &body[found + NAME.len()..];
        let name = &name[..name.find('"').unwrap_or(name.len())];
        let count = seen.entry(name).or_insert(0);
        *count += 1;
        if *count > 1 {
            let end = found + NAME.len() + name.len();
            out.push_str(&body[from..end]);
            out.push_str(&format!(" ({count})"));
            from = end;
        }
    }
    out.push_str(&body[from..]);
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
