//! Addresses as the target of a link, so that none can break out of it.

/// The target in pointed brackets, which is a link on its own too; none where it is no web or mail address.
pub(super) fn target(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let whole = if ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        address.to_owned()
    } else if address.contains('@') && !address.contains([':', '/']) {
        format!("mailto:{address}")
    } else {
        return None;
    };
    let mut out = String::from("<");
    for c in whole.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '`' | '"' | '|') {
            for byte in c.to_string().bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else if c == '&' {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
    out.push('>');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_cannot_break_out_of_its_link() {
        let target = |address| target(address).unwrap_or_default();
        assert_eq!(target("https://a.example/b?c=1&d=2"), "<https://a.example/b?c=1&amp;d=2>");
        assert_eq!(target("https://a.example/> [x](y) `|`"), "<https://a.example/%3E%20[x](y)%20%60%7C%60>");
        assert_eq!(target("ann@a.example"), "<mailto:ann@a.example>");
        assert_eq!(target("javascript:alert(1)"), "");
        assert_eq!(target("../../etc"), "");
    }
}
