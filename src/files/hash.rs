//! Hashes by which files, inputs and names are known again.

use std::fmt;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    /// Of several parts; where one ends and the next begins counts too.
    pub fn of_parts<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Hash {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Hash(hasher.finalize().into())
    }

    /// Of all that can be read.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Hash> {
        let mut hasher = Sha256::new();
        let mut buffer = [0; 16 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(Hash(hasher.finalize().into())),
                Ok(read) => hasher.update(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// As it is printed: 64 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Hash> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Hash(bytes))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Half of it as bytes, which tables hold more closely than a number.
    pub fn half(&self) -> [u8; 16] {
        self.short().to_be_bytes()
    }

    /// Half of it: enough to tell apart whatever a run meets, in half the memory.
    pub fn short(&self) -> u128 {
        self.0[..16].iter().fold(0, |sum, byte| sum << 8 | u128::from(*byte))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_printed() {
        let hash = Hash::of(b"");
        assert_eq!(hash.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        assert_eq!(hash.short(), 0xe3b0_c442_98fc_1c14_9afb_f4c8_996f_b924);
        for wrong in ["", "e3", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(Hash::parse(wrong), None);
        }
        let parts = |list: &[&str]| Hash::of_parts(list.iter().map(|part| part.as_bytes()));
        assert_ne!(parts(&["ab", "c"]), parts(&["a", "bc"]));
    }
}
