//! The bytes of a PDF file, object by object: small objects packed together, the rest as streams, and where each lies.

use std::io::{self, Write as _};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, StringFormat};

/// How hard streams are packed, from 1 to 9: the usual 6 takes a third more time and saves a twentieth.
const LEVEL: u32 = 4;

/// Small objects that are packed into one stream.
const PACKED: usize = 500;

/// Where an object lies.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    At(u64),
    /// In a stream of objects, at this place in it.
    In(u32, u16),
}

/// A file that grows object by object.
pub struct File<W: io::Write> {
    out: W,
    written: u64,
    /// By number; the first is never used.
    places: Vec<Place>,
    /// The small objects that wait to be packed: their numbers, where each begins, and their bytes.
    waiting: Vec<(u32, usize)>,
    body: Vec<u8>,
    packer: Packer,
}

impl<W: io::Write> File<W> {
    /// Begins a file in which the numbers below `first_free` are taken.
    pub fn begin(out: W, first_free: u32) -> io::Result<File<W>> {
        let mut file = File {
            out,
            written: 0,
            places: vec![Place::Nowhere; first_free as usize],
            waiting: Vec::new(),
            body: Vec::new(),
            packer: Packer::new(),
        };
        file.raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(file)
    }

    /// The next free number.
    pub fn number(&mut self) -> u32 {
        self.places.push(Place::Nowhere);
        self.places.len() as u32 - 1
    }

    /// Adds an object. A stream is packed where it is not yet and where that makes it smaller; metadata stay readable.
    pub fn object(&mut self, number: u32, object: &Object) -> io::Result<()> {
        if let Object::Stream(stream) = object {
            let is_metadata =
                stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Metadata");
            if is_metadata || stream.dict.has(b"Filter") {
                return self.stream(number, &stream.dict, &stream.content);
            }
            return self.packed(number, &stream.dict, &stream.content);
        }
        self.waiting.push((number, self.body.len()));
        write(&mut self.body, object);
        self.body.push(b' ');
        if self.waiting.len() >= PACKED { self.pack() } else { Ok(()) }
    }

    /// Ends the file and gives back what it was written to.
    pub fn finish(mut self, root: u32, info: u32, identity: [u8; 16]) -> io::Result<W> {
        self.pack()?;
        let number = self.number();
        let start = self.written;
        self.places[number as usize] = Place::At(start);
        let mut table = Vec::with_capacity(self.places.len() * 8);
        for place in &self.places {
            let (kind, one, two) = match *place {
                Place::Nowhere => (0, 0, u16::MAX),
                Place::At(at) => (1, at, 0),
                Place::In(stream, at) => (2, u64::from(stream), at),
            };
            table.push(kind);
            table.extend_from_slice(&one.to_be_bytes()[3..]);
            table.extend_from_slice(&two.to_be_bytes());
        }
        let id = Object::String(identity.to_vec(), StringFormat::Hexadecimal);
        let entries = Dictionary::from_iter([
            ("Type", "XRef".into()),
            ("Size", Object::Integer(self.places.len() as i64)),
            ("W", vec![1.into(), 5.into(), 2.into()].into()),
            ("Root", Object::Reference((root, 0))),
            ("Info", Object::Reference((info, 0))),
            ("ID", vec![id.clone(), id].into()),
        ]);
        self.packed(number, &entries, &table)?;
        self.raw(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes the objects that wait as one stream.
    fn pack(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let number = self.number();
        let mut content = Vec::with_capacity(self.body.len() + self.waiting.len() * 12);
        for (place, (object, at)) in self.waiting.iter().enumerate() {
            write!(content, "{object} {at} ")?;
            self.places[*object as usize] = Place::In(number, place as u16);
        }
        let entries = Dictionary::from_iter([
            ("Type", "ObjStm".into()),
            ("N", Object::Integer(self.waiting.len() as i64)),
            ("First", Object::Integer(content.len() as i64)),
        ]);
        content.append(&mut self.body);
        self.waiting.clear();
        self.packed(number, &entries, &content)
    }

    fn packed(&mut self, number: u32, entries: &Dictionary, content: &[u8]) -> io::Result<()> {
        match self.packer.pack(content) {
            Some(packed) => {
                let mut entries = entries.clone();
                entries.set("Filter", "FlateDecode");
                self.stream(number, &entries, &packed)
            }
            None => self.stream(number, entries, content),
        }
    }

    fn stream(&mut self, number: u32, entries: &Dictionary, content: &[u8]) -> io::Result<()> {
        self.places[number as usize] = Place::At(self.written);
        let mut bytes = format!("{number} 0 obj\n").into_bytes();
        let mut head = entries.clone();
        head.set("Length", content.len() as i64);
        write(&mut bytes, &Object::Dictionary(head));
        bytes.extend_from_slice(b"stream\n");
        self.raw(&bytes)?;
        self.raw(content)?;
        self.raw(b"\nendstream\nendobj\n")
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Packs one text after the other with the same tables, which are large and dear to make.
struct Packer(Compress);

impl Packer {
    fn new() -> Packer {
        Packer(Compress::new(Compression::new(LEVEL), true))
    }

    /// Nothing where packing does not make it smaller.
    fn pack(&mut self, content: &[u8]) -> Option<Vec<u8>> {
        self.0.reset();
        let mut packed = Vec::with_capacity(content.len());
        let done = self.0.compress_vec(content, &mut packed, FlushCompress::Finish);
        matches!(done, Ok(Status::StreamEnd)).then_some(packed)
    }
}

/// An object as the file holds it.
fn write(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
        Object::Integer(number) => write_number(out, *number),
        Object::Real(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal)
            if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) =>
        {
            out.push(b'(');
            for byte in bytes {
                if matches!(byte, b'(' | b')' | b'\\') {
                    out.push(b'\\');
                }
                out.push(*byte);
            }
            out.push(b')');
        }
        Object::String(bytes, _) => {
            out.push(b'<');
            bytes.iter().for_each(|byte| out.extend_from_slice(&hex(*byte)));
            out.push(b'>');
        }
        Object::Array(list) => {
            out.push(b'[');
            for (at, object) in list.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => {
            out.extend_from_slice(b"<<");
            for (key, value) in entries {
                write_name(out, key);
                out.push(b' ');
                write(out, value);
            }
            out.extend_from_slice(b">>");
        }
        Object::Reference((number, generation)) => {
            write_number(out, i64::from(*number));
            out.push(b' ');
            write_number(out, i64::from(*generation));
            out.extend_from_slice(b" R");
        }
        // A stream stands by itself and is never part of another object.
        Object::Stream(_) => out.extend_from_slice(b"null"),
    }
}

fn write_number(out: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    while rest > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            out.extend_from_slice(&hex(*byte));
        }
    }
}

fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

#[cfg(test)]
mod tests {
    use lopdf::Stream;

    use super::*;

    fn written(object: Object) -> String {
        let mut out = Vec::new();
        write(&mut out, &object);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn objects_are_written_as_pdf_has_them() {
        assert_eq!(written(Object::Integer(0)), "0");
        assert_eq!(written(Object::Integer(i64::MIN)), "-9223372036854775808");
        assert_eq!(written(Object::string_literal("a (b) \\ c")), "(a \\(b\\) \\\\ c)");
        assert_eq!(written(Object::string_literal("é")), "<C3A9>");
        assert_eq!(written(Object::Name(b"a b#".to_vec())), "/a#20b#23");
        let list = vec![Object::Null, true.into(), Object::Reference((12, 0)), Object::Real(1.5)];
        assert_eq!(written(list.into()), "[null true 12 0 R 1.5]");
        assert_eq!(written(Dictionary::from_iter([("A", Object::Integer(1))]).into()), "<</A 1>>");
    }

    #[test]
    fn what_is_written_is_read() {
        let mut file = File::begin(Vec::new(), 4).expect("memory");
        file.object(
            1,
            &Dictionary::from_iter([("Type", "Catalog".into()), ("Pages", Object::Reference((2, 0)))]).into(),
        )
        .expect("memory");
        let pages = [("Type", "Pages".into()), ("Kids", Object::Array(Vec::new())), ("Count", 0.into())];
        file.object(2, &Dictionary::from_iter(pages).into()).expect("memory");
        let stream = Stream::new(Dictionary::new(), b"words ".repeat(100));
        file.object(3, &stream.into()).expect("memory");
        let bytes = file.finish(1, 2, [7; 16]).expect("memory");
        let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
        assert_eq!(
            pdf.get_object((3, 0))
                .and_then(Object::as_stream)
                .expect("a stream")
                .decompressed_content()
                .expect("words")
                .len(),
            600
        );
        assert!(pdf.catalog().is_ok());
    }
}
