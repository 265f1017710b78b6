//! Mail addresses, as a mail's head takes them.

/// The most that a mail server takes.
const LONGEST: usize = 254;

/// Whether a text is one mail address: a name without quotes and a host of several parts, in plain letters. Nothing else may
/// stand in a mail's head.
pub fn is_mail_address(text: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.len() <= LONGEST
        && text.split_once('@').is_some_and(|(name, host)| {
            name.len() <= 64 && name.split('.').all(atom) && host.contains('.') && host.split('.').all(label)
        })
}

/// The addresses of a mail's receivers, with commas between them; none where one of them is no address.
pub fn mail_addresses(text: &str) -> Option<Vec<&str>> {
    text.split(',').map(str::trim).map(|one| is_mail_address(one).then_some(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_head_takes_as_it_stands_is_an_address() {
        for good in ["a@example.com", "o'brien+x@mail.example.co.uk", "A.B_c-1@x-y.example"] {
            assert!(is_mail_address(good), "{good}");
        }
        let long = format!("a@{}example.com", "a.".repeat(130));
        for bad in [
            "",
            "anonymous",
            "team@alder",
            "a b@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "Ann <a@example.com>",
            "a@example.com, b@example.com",
            "a@b@example.com",
            ".a@example.com",
            "a.@example.com",
            "a@-x.example",
            "a@example..com",
            "ä@example.com",
            "\"a\"@example.com",
            &long,
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

    #[test]
    fn several_are_all_addresses_or_none_is() {
        assert_eq!(mail_addresses("a@x.example, b@x.example"), Some(vec!["a@x.example", "b@x.example"]));
        assert_eq!(mail_addresses("a@x.example, b"), None);
        assert_eq!(mail_addresses(""), None);
    }
}
