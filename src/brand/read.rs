//! `brand.yaml` → what it says, with every fault at its place.

use super::{Brand, Wanted};
use crate::answers::{fields, listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::source::{SourceId, Sources, Span};
use crate::theme::{Color, Cover, Look, Sheet, TEXT_CONTRAST, WHITE};
use crate::yaml::{self, Entry, Node, Value};

const KEYS: &[&str] = &["name", "look", "colors", "fonts", "logo", "footer", "paper", "cover"];
const COLORS: &[&str] = &["accent", "second", "ink"];
const FONTS: &[&str] = &["text", "headings"];
const FACES: &[&str] = &["regular", "bold", "italic", "bold_italic"];
const FONT_ENDINGS: &[&str] = &["ttf"];
const LOGO_ENDINGS: &[&str] = &["svg", "png", "jpg", "jpeg"];

/// The brand of a file; none where any error is told.
pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Brand> {
    let mut reader = Reader { text: &sources.get(source).text, faults: Diagnostics::default() };
    let node = yaml::read(source, sources, &mut reader.faults);
    let brand = match &node {
        Some(node) if node.entries().is_some() => {
            fields::tell_cut(node, reader.text, &mut reader.faults);
            reader.brand(node.entries().unwrap_or_default())
        }
        Some(node) if node.value == Value::Broken => Brand::default(),
        // An empty file asks for nothing.
        None => Brand::default(),
        Some(node) if node.is_null() => Brand::default(),
        Some(node) => {
            let message = format!("a brand file holds keys such as `look` and `colors`, not {}", node.what());
            reader.faults.push(
                Diagnostic::error(Code::Brand, node.span, message)
                    .help("write `look: calm` and `colors:`, one a line"),
            );
            Brand::default()
        }
    };
    let good = !reader.faults.has_errors();
    diagnostics.extend(reader.faults);
    good.then_some(brand)
}

struct Reader<'t> {
    text: &'t str,
    faults: Diagnostics,
}

impl Reader<'_> {
    fn brand(&mut self, entries: &[Entry]) -> Brand {
        fields::tell_unknown(entries, KEYS, &mut self.faults);
        let mut out = Brand {
            name: self.words(entries, "name"),
            footer: self.words(entries, "footer"),
            look: self.choice(entries, "look", &Look::ALL.map(|look| (look.name(), look))),
            sheet: self.choice(entries, "paper", &Sheet::ALL.map(|sheet| (sheet.name(), sheet))),
            cover: self.choice(entries, "cover", &Cover::ALL.map(|cover| (cover.name(), cover))),
            ..Brand::default()
        };
        if let Some(colors) = self.map(entries, "colors", COLORS) {
            out.accent = self.color(colors, "accent");
            out.second = self.color(colors, "second");
            out.ink = self.color(colors, "ink");
            self.tell_pale(colors, "accent", out.accent, "headings and the cover's title are set with it");
            self.tell_pale(colors, "ink", out.ink, "the running text is set in it");
        }
        if let Some(fonts) = self.map(entries, "fonts", FONTS) {
            out.headings = self.file(fonts, "headings", "font", FONT_ENDINGS);
            out.text = self.family(fonts);
        }
        out.logo = self.file(entries, "logo", "logo", LOGO_ENDINGS);
        out
    }

    fn map<'n>(&mut self, entries: &'n [Entry], key: &str, known: &[&str]) -> Option<&'n [Entry]> {
        let map = fields::map(key, find(entries, key)?, &mut self.faults)?;
        fields::tell_unknown(map, known, &mut self.faults);
        Some(map)
    }

    fn words(&mut self, entries: &[Entry], key: &str) -> Option<String> {
        fields::text(key, find(entries, key)?, &mut self.faults)
    }

    fn choice<T: Copy>(&mut self, entries: &[Entry], key: &str, choices: &[(&str, T)]) -> Option<T> {
        let node = find(entries, key)?;
        let text = fields::text(key, node, &mut self.faults)?;
        let found = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text));
        if found.is_none() {
            let names = || choices.iter().map(|(name, _)| *name);
            let help =
                did_you_mean(&text, names()).unwrap_or_else(|| format!("there are {}", listed(names())));
            self.faults.push(
                Diagnostic::error(Code::Brand, node.span, format!("{} is no `{key}`", typed(&text)))
                    .help(help),
            );
        }
        found.map(|(_, value)| *value)
    }

    fn color(&mut self, entries: &[Entry], key: &str) -> Option<Color> {
        let entry = entries.iter().find(|entry| entry.key == key)?;
        if entry.value.is_null() {
            self.tell_comment(entry);
            return None;
        }
        let text = fields::text(key, &entry.value, &mut self.faults)?;
        let color = Color::parse(&text);
        if color.is_none() {
            self.faults.push(
                Diagnostic::error(Code::Brand, entry.value.span, format!("{} is no colour", typed(&text)))
                    .label("red, green and blue are wanted here, two digits each from 00 to ff")
                    .help("write it as `\"#0b5c6b\"`"),
            );
        }
        color
    }

    /// A colour without quotes is a comment to YAML, and would be lost without a word.
    fn tell_comment(&mut self, entry: &Entry) {
        let end = entry.key_span.range().end;
        let rest = self.text[end..].lines().next().unwrap_or("");
        let Some(at) = rest.find('#') else { return };
        let typed_color = rest[at..].trim_end();
        let start = end + at;
        let span = Span::new(entry.key_span.source, start..start + typed_color.len());
        let word = typed_color.split_whitespace().next().unwrap_or(typed_color);
        self.faults.push(
            Diagnostic::error(Code::Brand, span, "in YAML a `#` behind a space begins a comment")
                .label("so no colour is given here")
                .help(format!("write `{}: \"{word}\"`", entry.key)),
        );
    }

    fn tell_pale(&mut self, entries: &[Entry], key: &str, color: Option<Color>, why: &str) {
        let (Some(color), Some(node)) = (color, find(entries, key)) else { return };
        let contrast = color.contrast(WHITE);
        if contrast >= TEXT_CONTRAST {
            return;
        }
        // Cut, not rounded: 4.49 must not be told as 4.5.
        let shown = (contrast * 10.0).floor() / 10.0;
        let message =
            format!("`{color}` cannot be read on white: its contrast is {shown:.1}, and 4.5 is needed");
        let mut fault = Diagnostic::error(Code::BrandContrast, node.span, message).label(why);
        if let Some(nearest) = color.nearest_passing(&[WHITE], TEXT_CONTRAST) {
            fault = fault.help(format!("the nearest colour that can be read is `\"{nearest}\"`"));
        }
        if key == "accent" {
            fault = fault.help("a pale colour is welcome as `second`, which only decorates");
        }
        self.faults.push(fault);
    }

    fn family(&mut self, fonts: &[Entry]) -> [Option<Wanted>; 4] {
        let Some(node) = find(fonts, "text") else { return Default::default() };
        if node.entries().is_none() {
            return [self.path("text", node, "font", FONT_ENDINGS), None, None, None];
        }
        let Some(faces) = self.map(fonts, "text", FACES) else { return Default::default() };
        let out = [0, 1, 2, 3].map(|place| self.file(faces, FACES[place], "font", FONT_ENDINGS));
        if out[0].is_none()
            && !fields::is_misspelt("regular", faces, FACES)
            && find(faces, "regular").is_none()
        {
            let begin = Span { end: node.span.start, ..node.span };
            self.faults.push(
                Diagnostic::error(Code::MissingKey, begin, "`regular` is missing here")
                    .help("name the font of the running text, such as `regular: fonts/Example-Regular.ttf`"),
            );
        }
        out
    }

    fn file(&mut self, entries: &[Entry], key: &str, what: &str, endings: &[&str]) -> Option<Wanted> {
        self.path(key, find(entries, key)?, what, endings)
    }

    /// A path below the brand's own folder: nothing is read from elsewhere.
    fn path(&mut self, key: &str, node: &Node, what: &str, endings: &[&str]) -> Option<Wanted> {
        let path = fields::text(key, node, &mut self.faults)?;
        let outside = path.starts_with(['/', '\\', '~'])
            || path.contains(':')
            || path.split(['/', '\\']).any(|part| part == "..");
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if outside {
            self.faults.push(
                Diagnostic::error(
                    Code::Brand,
                    node.span,
                    format!("{} is outside the brand's folder", typed(&path)),
                )
                .help("put the file beside the brand file, and write its path from there"),
            );
            return None;
        }
        if !endings.contains(&ending.as_str()) {
            let wanted: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
            self.faults.push(
                Diagnostic::error(Code::Brand, node.span, format!("{} is no {what}", typed(&path)))
                    .label(format!("a file that ends in {} is wanted here", wanted.join(", ")))
                    .help_if((what == "font").then(|| {
                        "fonts with PostScript outlines (.otf) and packed ones (.woff) cannot be embedded"
                            .to_owned()
                    })),
            );
            return None;
        }
        Some(Wanted { path: path.replace('\\', "/"), span: node.span })
    }
}

fn find<'n>(entries: &'n [Entry], key: &str) -> Option<&'n Node> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value).filter(|node| !node.is_null())
}
