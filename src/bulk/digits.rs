//! Decimals read eight bytes at a time.

/// A plain decimal that begins a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// Its digits as a whole number.
    pub value: u64,
    pub negative: bool,
    /// How many of them stand behind the point.
    pub behind: usize,
    /// How many bytes it takes.
    pub length: usize,
}

/// Digits, perhaps with a point between two of them; none where the text begins otherwise, or with more than 18 digits.
#[inline]
pub fn decimal(text: &[u8]) -> Option<Decimal> {
    let negative = text.first() == Some(&b'-');
    let sign = usize::from(negative);
    match text.get(sign..sign + 8) {
        Some(bytes) => short(bytes, negative).or_else(|| long(text, negative)),
        None => long(text, negative),
    }
}

/// One that ends within eight bytes.
#[inline]
fn short(bytes: &[u8], negative: bool) -> Option<Decimal> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes.try_into().ok()?) ^ (EACH * 0x30);
    // The upper bit of each byte that is no digit.
    let others = (((word & (EACH * 0x7f)) + EACH * 0x76) | word) & (EACH * 0x80);
    let whole = (others.trailing_zeros() / 8) as usize;
    if others == 0 || whole == 0 {
        return None;
    }
    let below = (1u64 << (8 * whole)) - 1;
    let (digits, behind) = if bytes[whole] == b'.' {
        let ends = others & (others - 1);
        let behind = (ends.trailing_zeros() / 8) as usize - whole - 1;
        if ends == 0 || behind == 0 {
            return None;
        }
        // The point is taken out.
        ((word & below) | ((word >> 8) & !below), behind)
    } else {
        (word & below, 0)
    };
    // The last digit comes to the highest byte, and zeros before the first; what stood behind falls off.
    let aligned = digits << (8 * (8 - whole - behind));
    let pairs = (aligned.wrapping_mul(10 * 0x100 + 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100 * 0x1_0000 + 1) >> 16) & 0x0000_ffff_0000_ffff;
    let value = fours.wrapping_mul(10_000 * 0x1_0000_0000 + 1) >> 32;
    let length = usize::from(negative) + whole + behind + usize::from(behind > 0);
    Some(Decimal { value, negative, behind, length })
}

fn long(text: &[u8], negative: bool) -> Option<Decimal> {
    let mut at = usize::from(negative);
    let mut value = 0u64;
    let mut digits = |at: &mut usize| {
        let start = *at;
        while let Some(digit) = text.get(*at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)
        {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            *at += 1;
        }
        *at - start
    };
    let whole = digits(&mut at);
    let mut behind = 0;
    if whole > 0 && text.get(at) == Some(&b'.') {
        at += 1;
        behind = digits(&mut at);
        if behind == 0 {
            return None;
        }
    }
    // Eighteen digits always fit.
    let fits = whole > 0 && whole + behind <= 18;
    fits.then_some(Decimal { value, negative, behind, length: at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_read_as_one_by_one(text in "-?[0-9]{0,9}[.]?[0-9]{0,9}[ -~]{0,9}") {
            let bytes = text.as_bytes();
            prop_assert_eq!(decimal(bytes), long(bytes, text.starts_with('-')));
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..20)) {
            prop_assert_eq!(decimal(&bytes), long(&bytes, bytes.first() == Some(&b'-')));
        }
    }

    #[test]
    fn each_part_is_told() {
        let read = |text: &str| decimal(text.as_bytes()).map(|d| (d.value, d.negative, d.behind, d.length));
        assert_eq!(read("-17.45,rest of it"), Some((1745, true, 2, 6)));
        assert_eq!(read("1234567,8"), Some((1_234_567, false, 0, 7)));
        assert_eq!(read("12345678.25\n"), Some((1_234_567_825, false, 2, 11)));
        for none in ["", "-", ".5,      ", "5.,      ", "x", "1234567890123456789,"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
