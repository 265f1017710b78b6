//! The bytes of a PDF file, object by object: small objects packed together, the rest as streams, and where each lies.

use std::io::{self, Write as _};

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Object, StringFormat};

use super::syntax;

/// How hard streams are packed, from 1 to 12: the usual 6 takes three times as long and saves a tenth.
const LEVEL: i32 = 1;

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
    pub fn begin(out: W, first_free: u32, packer: Packer) -> io::Result<File<W>> {
        let mut file = File {
            out,
            written: 0,
            places: vec![Place::Nowhere; first_free as usize],
            waiting: Vec::new(),
            body: Vec::new(),
            packer,
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
            return self.content(number, &stream.dict, &stream.content);
        }
        self.entry(number, |out| syntax::object(out, object))
    }

    /// Adds an object that is no stream, as its bytes.
    pub fn entry(&mut self, number: u32, write: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.waiting.push((number, self.body.len()));
        write(&mut self.body);
        self.body.push(b' ');
        if self.waiting.len() >= PACKED { self.pack() } else { Ok(()) }
    }

    /// Ends the file and gives back what it was written to, and the packer.
    pub fn finish(mut self, root: u32, info: u32, identity: [u8; 16]) -> io::Result<(W, Packer)> {
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
        self.content(number, &entries, &table)?;
        self.raw(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok((self.out, self.packer))
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
        self.content(number, &entries, &content)
    }

    /// Adds a stream that is packed where that makes it smaller.
    pub fn content(&mut self, number: u32, entries: &Dictionary, content: &[u8]) -> io::Result<()> {
        let packed = self.packer.packed(entries, content);
        self.packed(number, &packed)
    }

    /// Adds a stream that was packed before.
    pub fn packed(&mut self, number: u32, packed: &Packed) -> io::Result<()> {
        self.stream(number, &packed.entries, &packed.content)
    }

    fn stream(&mut self, number: u32, entries: &Dictionary, content: &[u8]) -> io::Result<()> {
        self.places[number as usize] = Place::At(self.written);
        let mut bytes = format!("{number} 0 obj\n").into_bytes();
        let mut head = entries.clone();
        head.set("Length", content.len() as i64);
        syntax::object(&mut bytes, &Object::Dictionary(head));
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

/// A stream as it stands in a file.
pub struct Packed {
    entries: Dictionary,
    content: Vec<u8>,
}

/// Packs one text after the other with the same tables, which are large and dear to make.
pub struct Packer(Compressor);

impl Packer {
    pub fn new() -> Packer {
        Packer(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()))
    }

    /// The content packed, or as it is where packing does not make it smaller.
    pub fn packed(&mut self, entries: &Dictionary, content: &[u8]) -> Packed {
        let mut entries = entries.clone();
        let mut packed = vec![0; content.len()];
        match self.0.zlib_compress(content, &mut packed) {
            Ok(length) if length < content.len() => {
                packed.truncate(length);
                entries.set("Filter", "FlateDecode");
                Packed { entries, content: packed }
            }
            _ => Packed { entries, content: content.to_vec() },
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Stream;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut file = File::begin(Vec::new(), 4, Packer::new()).expect("memory");
        file.object(
            1,
            &Dictionary::from_iter([("Type", "Catalog".into()), ("Pages", Object::Reference((2, 0)))]).into(),
        )
        .expect("memory");
        let pages = [("Type", "Pages".into()), ("Kids", Object::Array(Vec::new())), ("Count", 0.into())];
        file.object(2, &Dictionary::from_iter(pages).into()).expect("memory");
        let stream = Stream::new(Dictionary::new(), b"words ".repeat(100));
        file.object(3, &stream.into()).expect("memory");
        let (bytes, _) = file.finish(1, 2, [7; 16]).expect("memory");
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
