//! How often a law is tried: a short while in `cargo test`, thousands of times where `KITWRIGHT_LONG` is set, as `.ci/run` does.

/// So many cases, or as many times more as there is time for the long way.
pub fn cases(short: u32, long: u32) -> u32 {
    if std::env::var_os("KITWRIGHT_LONG").is_some() { long } else { short }
}
