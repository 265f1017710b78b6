use std::collections::BTreeMap;

use super::{Brand, read};
use crate::builtin;
use crate::diag::{Diagnostics, show_all};
use crate::source::{SourceId, Sources};
use crate::theme::{Color, Cover, Look, Sheet, Theme};

fn brand(text: &str) -> Result<Brand, String> {
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let id = sources.add("brand.yaml", text);
    let brand = read(id, &sources, &mut faults);
    brand.ok_or_else(|| show_all(&faults, &sources, false))
}

/// What is told of a brand whose files hold this.
fn told(text: &str, files: &[(&str, &[u8])]) -> String {
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let id: SourceId = sources.add("brand.yaml", text);
    let contents: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    if let Some(brand) = read(id, &sources, &mut faults) {
        brand.theme(&contents, &mut faults);
    }
    show_all(&faults, &sources, false)
}

fn theme(text: &str, files: &[(&str, &[u8])]) -> Theme {
    let contents: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let mut faults = Diagnostics::default();
    let theme = brand(text).expect("a sound brand").theme(&contents, &mut faults);
    assert!(!faults.has_errors());
    theme
}

#[test]
fn the_shipped_brand_asks_for_what_there_is_without_one() {
    let text = builtin::look("brand.yaml").expect("it ships");
    assert_eq!(theme(text, &[]), Theme::default());
    assert_eq!(theme("", &[]), Theme::default());
    // What it shows behind comment signs is sound too.
    let shown: String = text
        .lines()
        .map(|line| {
            format!("{}\n", line.strip_prefix("# ").filter(|line| line.contains(':')).unwrap_or(line))
        })
        .filter(|line| !line.starts_with("Colours") && !line.starts_with("The face"))
        .collect();
    let brand = brand(&shown).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(brand.accent, Some(Color::rgb(0x0b5c6b)));
    assert_eq!(brand.files().len(), 6);
}

#[test]
fn a_brand_is_put_on_its_look() {
    let theme = theme(
        "name: Example Academy\nlook: Editorial\npaper: letter\ncover: full\nfooter: © Example\ncolors: { accent: \"#00529b\", second: ffcc00 }\n",
        &[],
    );
    assert_eq!((theme.look, theme.sheet, theme.cover), (Look::Editorial, Sheet::Letter, Cover::Full));
    assert_eq!(theme.palette.accent, Color::rgb(0x00529b));
    assert_eq!(theme.palette.second, Color::rgb(0xffcc00));
    assert_eq!(theme.palette.ink, Look::Editorial.palette().ink);
    assert_eq!(theme.name.as_deref(), Some("Example Academy"));
    assert_eq!(theme.footer.as_deref(), Some("© Example"));
    let foot = |own: Option<&str>| theme.foot(own).unwrap_or_default();
    assert_eq!(
        [foot(Some("Job aid")), foot(Some(" ")), foot(None), foot(Some("© Example"))],
        ["Job aid · © Example", "© Example", "© Example", "© Example"]
    );
    assert_eq!(Theme::default().foot(None), None);
    assert!(theme.branded);
}

#[test]
fn fonts_are_known_by_their_own_names_and_stand_in_for_each_other() {
    let regular = builtin::font("NotoSans-Regular").expect("it ships");
    let bold = builtin::font("NotoSans-Bold").expect("it ships");
    let text = "fonts: { text: { regular: a.ttf, bold: b.ttf }, headings: b.ttf }\n";
    let theme = theme(text, &[("a.ttf", regular), ("b.ttf", bold)]);
    let names = theme.typefaces.text.expect("given").map(|font| font.name);
    assert_eq!(names, ["NotoSans-Regular", "NotoSans-Bold", "NotoSans-Regular", "NotoSans-Bold"]);
    assert_eq!(theme.typefaces.headings.expect("given").family, "Noto Sans");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = "\
look: clam
paper: A5
cover: plane
colours: {}
logo: ../logo.svg
footer: [a]
colors:
  accent: #0b5c6b
  second: teal
  ink: \"#999999\"
fonts:
  headings: Serif.otf
  text: { bold: b.ttf }
";
    insta::assert_snapshot!(brand(text).expect_err("it is wrong"));
}

#[test]
fn a_colour_that_hides_the_end_of_its_line_is_to_be_put_in_quotes() {
    assert_eq!(
        brand("colors: { accent: #00529b, ink: #111111 }\nlook: calm\n").expect_err("a comment"),
        "\
error[K102]: a `#` behind a space begins a comment, which hides the rest of the line
 --> brand.yaml:1:19
  |
1 | colors: { accent: #00529b, ink: #111111 }
  |                   ^^^^^^^^^^^^^^^^^^^^^^^ put what begins with `#` in quotes
  |
  = help: write `colors: { accent: \"#00529b\", ink: \"#111111\" }`
"
    );
}

#[test]
fn a_pale_accent_is_told_with_the_nearest_that_can_be_read() {
    insta::assert_snapshot!(brand("colors: { accent: \"#f2a900\" }\n").expect_err("too pale"));
}

#[test]
fn what_is_no_brand_is_told() {
    insta::assert_snapshot!(brand("- a\n").expect_err("a list"));
}

#[test]
fn fonts_that_cannot_be_embedded_are_told() {
    // The field that says what a font may be used for is the fifth of its table, eight bytes behind its beginning.
    let mut locked = builtin::font("NotoSans-Regular").expect("it ships").to_vec();
    let tables = u16::from_be_bytes([locked[4], locked[5]]) as usize;
    let entry =
        (0..tables).map(|at| 12 + at * 16).find(|at| &locked[*at..at + 4] == b"OS/2").expect("a table");
    let start = u32::from_be_bytes([8, 9, 10, 11].map(|at| locked[entry + at])) as usize;
    locked[start + 8..start + 10].copy_from_slice(&[0, 2]);
    insta::assert_snapshot!(told(
        "fonts: { text: locked.ttf, headings: none.ttf }\n",
        &[("locked.ttf", &locked), ("none.ttf", b"no font")]
    ));
}
