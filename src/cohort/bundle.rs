//! What holds several people's papers: an archive of everything, and one PDF to print.
//!
//! Both grow person by person from the files that stand in the output folder, so that a paper that was edited by
//! hand goes out as its editor left it.

use std::io::{self, Read};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::making::{Made, MadeDocument};
use crate::files::{Growing, Hash, Put, WorldError, Written};
use crate::render::Format;
use crate::render::pdf::PrintRun;

/// The archive's name in the output folder.
pub const ARCHIVE: &str = "kit.zip";
/// The name of the file to print.
pub const PRINT: &str = "print.pdf";

/// A document's files as they stand, with its own places where they were edited by hand.
fn standing(document: &MadeDocument, written: &Written) -> Vec<String> {
    let own = document.files.iter().filter_map(|(path, _)| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let edited = format!("{}.{ending}", document.stem);
        match document.beside {
            true => Some(edited).filter(|path| written.is_there(path)),
            false => Some(path.clone()),
        }
    });
    own.collect()
}

fn read(path: &str, written: &Written) -> Result<Vec<u8>, WorldError> {
    let mut bytes = Vec::new();
    let mut file = written.open_file(path)?;
    file.read_to_end(&mut bytes).map_err(|cause| WorldError::new("read", path.as_ref(), cause))?;
    Ok(bytes)
}

/// All files of a run in one, in the order of the run, without a clock.
pub struct Archive {
    zip: ZipWriter<Growing>,
}

impl Archive {
    pub fn begin(written: &Written) -> Result<Archive, WorldError> {
        Ok(Archive { zip: ZipWriter::new(written.begin("kit", "zip")?) })
    }

    pub fn add(&mut self, document: &MadeDocument, written: &Written) -> Result<(), WorldError> {
        standing(document, written).iter().try_for_each(|path| self.file(path, written))
    }

    pub fn file(&mut self, path: &str, written: &Written) -> Result<(), WorldError> {
        let bytes = read(path, written)?;
        // What is packed in itself gains nothing.
        let method =
            if path.ends_with(".pdf") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(path, options).map_err(zip_failed)?;
        io::Write::write_all(&mut self.zip, &bytes).map_err(|cause| failed(ARCHIVE, cause))
    }

    pub fn finish(self, written: &Written, force: bool) -> Result<Put, WorldError> {
        let file = self.zip.finish().map_err(zip_failed)?;
        written.put("kit", "zip", file, Hash::of(ARCHIVE.as_bytes()), force)
    }
}

/// Everybody's PDFs one behind the other.
pub struct Print {
    run: PrintRun<Growing>,
    people: usize,
    /// What the papers are: the file's identity.
    papers: Vec<u8>,
}

impl Print {
    pub fn begin(written: &Written) -> Result<Print, WorldError> {
        let file = written.begin("print", "pdf")?;
        let run = PrintRun::begin(file).map_err(|cause| failed(PRINT, cause))?;
        Ok(Print { run, people: 0, papers: Vec::new() })
    }

    pub fn add(&mut self, made: &Made, written: &Written) -> Result<(), WorldError> {
        let ending = format!(".{}", Format::Pdf.extension());
        let mut papers = Vec::new();
        for document in &made.documents {
            for path in standing(document, written).iter().filter(|path| path.ends_with(&ending)) {
                let name = document.stem.rsplit('/').next().unwrap_or_default();
                papers.push((name, read(path, written)?));
            }
        }
        let papers: Vec<(&str, &[u8])> =
            papers.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        for (_, bytes) in &papers {
            self.papers = Hash::of_parts([self.papers.as_slice(), bytes]).bytes().to_vec();
        }
        self.people += usize::from(!papers.is_empty());
        self.run.person(&made.name, &papers).map_err(|cause| failed(PRINT, cause))
    }

    /// Nothing where nobody has a paper.
    pub fn finish(self, title: &str, written: &Written, force: bool) -> Result<Option<Put>, WorldError> {
        if self.people == 0 {
            return Ok(None);
        }
        let producer = concat!("kitwright ", env!("CARGO_PKG_VERSION"));
        let mut identity = [0; 16];
        identity.copy_from_slice(&Hash::of(&self.papers).bytes()[..16]);
        let file = self.run.finish(title, producer, identity).map_err(|cause| failed(PRINT, cause))?;
        written.put("print", "pdf", file, Hash::of(PRINT.as_bytes()), force).map(Some)
    }
}

fn failed(path: &str, cause: io::Error) -> WorldError {
    WorldError::new("write", path.as_ref(), cause)
}

fn zip_failed(error: zip::result::ZipError) -> WorldError {
    let cause = match error {
        zip::result::ZipError::Io(cause) => cause,
        other => other.into(),
    };
    failed(ARCHIVE, cause)
}
