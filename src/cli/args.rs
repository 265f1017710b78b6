//! The command line: what can be asked for.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::diag::report::Form;
use crate::render::Format;
use crate::schema::Kind;

/// Turns an assessment into a workshop kit: answers and measured metrics go in, personalised coaching
/// playbooks come out as Markdown, HTML and PDF.
#[derive(Parser, Debug)]
#[command(name = "kitwright", version, about, max_term_width = 100, after_help = FIRST_STEPS)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// When to colour messages
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// The form of messages: for people, one line each, JSON lines, or SARIF for code scanning
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// Print nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// Shown under the help and where no command is given.
pub const FIRST_STEPS: &str = "First steps:
  kitwright new my-workshop                   a folder to start from
  cd my-workshop
  kitwright build answers/example.yaml        a playbook in output/, from the example answers
  kitwright check                             is the pack sound, after you changed it?

Rules and questions stand in rules/, page texts in templates/: edit them and build again.";

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make documents from answers: one respondent or a cohort
    Build(Build),
    /// Make everything for a session into one folder, with a page that says what is for whom and when
    Kit(MakeKit),
    /// Make documents again whenever rules, templates, brand, session or answers are saved
    Watch(Watch),
    /// Print the findings for machines: JSON lines, JSON or CSV
    Evaluate(Evaluate),
    /// Is the pack sound? Tells every fault with its place and the likely mend
    Check(Check),
    /// Run the pack's own tests
    Test(Test),
    /// Why each rule fired, did not, or cannot be decided
    Explain(Explain),
    /// Interview somebody in the terminal and write the answers file
    Ask(Ask),
    /// Write a pack's questions as a form: for Google Forms, KoboToolbox and ODK, SurveyJS, or on paper
    Form(MakeForm),
    /// Put the files of packs into canonical form; comments and layout stay
    Fmt(Fmt),
    /// What two packs say differently: rules that fire for other people, one witness each, and whom it touches
    Diff(Diff),
    /// Sum up a cohort: what it shares, where it disagrees, what is advised most, by segment and beside a benchmark
    Cohort(Cohort),
    /// List the documents that can be made: for whom each is, when it is used, and what it needs
    Documents(Documents),
    /// Make a folder to start from
    New(New),
    /// Make HTML and PDF again from a hand-edited document
    Render(Render),
    /// Print the JSON Schema of a kind of file, for editors that complete and check
    Schema(Schema),
}

/// Where answers and the pack come from.
#[derive(Args, Clone, Debug, Default)]
pub struct From {
    /// Answers files (.yaml, .json, .jsonl, .csv) or form exports (.csv, .tsv, .xlsx, .json)
    #[arg(required = true, value_name = "ANSWERS")]
    pub answers: Vec<PathBuf>,
    /// The pack, by name or as a folder [default: the one that the answers name]
    #[arg(long, value_name = "NAME|DIR")]
    pub pack: Option<String>,
    /// The day by which dated bands are chosen [default: the date of the answers]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// The column of a CSV file that holds the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Show on one screen what was understood of a form export, and make nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Shorten no list: all columns and cells of a dry run, and everybody who is refused with all reasons
    #[arg(long)]
    pub all: bool,
    /// How a form export's columns and values become answers, as `--write-mapping` wrote it down
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// The sheet of a workbook that holds the responses
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Take figures of a form export that nobody can read as not given, and list each, instead of refusing the row
    #[arg(long)]
    pub skip_unreadable: bool,
    /// Write down what was understood of a form export, to be corrected and given to `--mapping`
    #[arg(long, value_name = "FILE")]
    pub write_mapping: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Build {
    #[command(flatten)]
    pub from: From,
    /// A folder of templates that go before the pack's own and those in templates, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The brand file: look, colours, fonts, logo [default: brand.yaml in the pack's templates or in templates]
    #[arg(long, value_name = "FILE")]
    pub brand: Option<PathBuf>,
    /// The webinar or workshop; without it only documents for respondents are made
    #[arg(long, value_name = "FILE")]
    pub session: Option<PathBuf>,
    /// Where to write
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Which formats to write
    #[arg(
        long,
        value_delimiter = ',',
        ignore_case = true,
        default_value = "md,html,pdf,eml",
        value_name = "LIST"
    )]
    pub format: Vec<PageFormat>,
    /// Which documents to make [default: all but those that say `made: kit`]
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub document: Vec<String>,
    /// Overwrite documents that were edited by hand
    #[arg(long)]
    pub force: bool,
    /// How to name the folders, such as "{team}/{name}"; fields are respondent, name, date, language and whatever
    /// else was given [default: the ids, unless these are e-mail addresses]
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Leave what is there already, made from the same answers, pack and templates; make only the rest
    #[arg(long)]
    pub resume: bool,
    /// Put everything that was made into one archive too: OUT/kit.zip
    #[arg(long)]
    pub zip: bool,
    /// Put everybody's PDFs into one file to print, with bookmarks by person: OUT/print.pdf
    #[arg(long)]
    pub merge_pdf: bool,
    /// How many threads work [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Figures in documents on all together are over as many respondents at least [default: the pack's min_group, else 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub min_group: Option<u16>,
    /// Whether everything is made that belongs to a kit; the command `kit` says so.
    #[arg(skip)]
    pub whole: bool,
}

#[derive(Args, Debug)]
pub struct MakeKit {
    #[command(flatten)]
    pub build: Build,
}

#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    pub build: Build,
    /// Show the pages in the browser, which loads them again by itself; they are served to this machine alone
    #[arg(long)]
    pub open: bool,
    /// Serve the pages at this port of this machine, 0 for any that is free [default with --open: 0]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
}

impl Build {
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(cores, usize::from)
    }
}

#[derive(Args, Debug)]
pub struct Evaluate {
    #[command(flatten)]
    pub from: From,
    /// How to print [default: jsonl, with --columns csv]
    #[arg(long, value_enum)]
    pub format: Option<DataFormat>,
    /// The columns of CSV: respondent, fired, undecided, prescriptions, and score.ID, low.ID, high.ID, band.ID,
    /// metric.ID, rule.ID or prescription.ID, with `*` for every ID; `scores` is all four of each score
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub columns: Vec<String>,
    /// How many threads share a file of CSV or JSON lines [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

#[derive(Args, Debug)]
pub struct Check {
    /// The pack, by name or as a folder [default: every pack in rules, without any the built-in ones]
    pub pack: Option<String>,
    /// A folder of templates that go before the pack's own and those in templates, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The day against which review dates are held [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Mend what can be meant in one way only, in the files themselves, and say what was mended
    #[arg(long, conflicts_with = "explain")]
    pub fix: bool,
    /// Take warnings for errors; bands that are only past their review date stay warnings
    #[arg(long)]
    pub strict: bool,
    /// Write an answers file for each thing that can happen, into this folder: CODE-ITEM.yaml
    #[arg(long, value_name = "DIR", conflicts_with = "explain")]
    pub witness: Option<PathBuf>,
    /// Print the page of a code, such as K203, and check nothing
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

#[derive(Args, Debug)]
pub struct Test {
    /// The pack, by name or as a folder [default: every pack in rules, without any the built-in ones]
    pub pack: Option<String>,
    /// Only tests whose names hold this
    #[arg(long, value_name = "NAME")]
    pub filter: Option<String>,
    /// Tell every outcome of a condition that no test has seen, and every rule without a test, however many they are
    #[arg(long)]
    pub coverage: bool,
    /// Change one thing after the other in the pack, in memory, and tell which changes no test notices
    #[arg(long)]
    pub mutate: bool,
    /// Take warnings for errors: what no test has seen or noticed ends with 2
    #[arg(long)]
    pub strict: bool,
    /// Propose the tests that are lacking, in tests/generated.yaml of the pack; those of a built-in pack are printed
    #[arg(long, conflicts_with_all = ["filter", "coverage", "mutate", "strict", "format"])]
    pub generate: bool,
    /// Write what is found in the place of what the failing tests expect, and say what was changed
    #[arg(long, conflicts_with = "generate")]
    pub update: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = TestFormat::Human)]
    pub format: TestFormat,
    /// A folder of templates that go before the pack's own and those in templates, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Explain {
    #[command(flatten)]
    pub from: From,
    /// Only this rule
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Args, Debug)]
pub struct Fmt {
    /// Packs by name or folder, or files; `-` reads standard input [default: every pack in rules]
    #[arg(value_name = "PACK|FILE")]
    pub targets: Vec<String>,
    /// Write nothing; name the files that would change, and end with 2 where there are any
    #[arg(long)]
    pub check: bool,
}

#[derive(Args, Debug)]
pub struct Ask {
    /// The pack, by name or as a folder [default: the one that the answers name, else the only one]
    pub pack: Option<String>,
    /// The answers file; where it is there, the interview goes on in it [default: answers/NAME.yaml, from the name given]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Ask only what still decides an open rule, the most deciding first
    #[arg(long)]
    pub quick: bool,
    /// Ask once more what was skipped or was not known
    #[arg(long)]
    pub again: bool,
    /// The day of the answers [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
}

#[derive(Args, Debug)]
pub struct MakeForm {
    /// The pack, by name or as a folder [default: the only one]
    pub pack: Option<String>,
    /// For which tool: a script for Google Forms, an XLSForm for KoboToolbox and ODK, a SurveyJS definition, a page to
    /// print, the table to type its answers into [default: all of them]
    #[arg(long, value_delimiter = ',', value_enum, value_name = "LIST")]
    pub kind: Vec<FormKind>,
    /// The folder to write into, or with one kind the file
    #[arg(long, value_name = "DIR|FILE", default_value = "output/form")]
    pub out: PathBuf,
    /// The only language of the form, such as de [default: the pack's own, and all into which its labels are translated]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,
    /// Let nobody leave a choice open; "don't know" is always offered
    #[arg(long)]
    pub required: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    pub force: bool,
}

#[derive(Args, Debug)]
pub struct Diff {
    /// The pack as it was: by name, as a folder, or one file
    pub old: String,
    /// The pack as it is now
    pub new: String,
    /// Answers files, to tell whose scores, bands, rules and prescriptions change
    #[arg(long, value_name = "FILE")]
    pub cohort: Vec<PathBuf>,
    /// Write an answers file for each case told, into this folder
    #[arg(long, value_name = "DIR")]
    pub witness: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
    /// The day by which dated bands are chosen for the cohort [default: the date of the answers]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// The column of a CSV file that holds the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
}

#[derive(Args, Debug)]
pub struct Cohort {
    #[command(flatten)]
    pub from: From,
    /// A folder of templates that go before the pack's own and those in templates, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The brand file: look, colours, fonts, logo [default: brand.yaml in the pack's templates or in templates]
    #[arg(long, value_name = "FILE")]
    pub brand: Option<PathBuf>,
    /// The webinar or workshop
    #[arg(long, value_name = "FILE")]
    pub session: Option<PathBuf>,
    /// Where to write
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Which formats to write; json alone prints everything for programs and writes nothing
    #[arg(
        long,
        value_delimiter = ',',
        ignore_case = true,
        default_value = "md,html,pdf",
        value_name = "LIST"
    )]
    pub format: Vec<CohortFormat>,
    /// Which documents for a cohort to make [default: all]
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub document: Vec<String>,
    /// Cut the cohort into groups by these: ids of questions with options, or columns that are no questions
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub by: Vec<String>,
    /// Each figure is over as many respondents at least [default: the pack's min_group, else 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub min_group: Option<u16>,
    /// How many are in a breakout group
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(2..=100))]
    pub group_size: u16,
    /// Name the people of breakout groups: whoever reads it learns whose worst leak is which
    #[arg(long)]
    pub names: bool,
    /// Compare with a benchmark that was saved before
    #[arg(long, value_name = "FILE")]
    pub benchmark: Option<PathBuf>,
    /// Keep this cohort's distributions as a benchmark for later ones: .yaml or .json
    #[arg(long, value_name = "FILE", requires_all = ["source", "grade"])]
    pub save_benchmark: Option<PathBuf>,
    /// What the benchmark is called [default: the title of the pack]
    #[arg(long, value_name = "TEXT", requires = "save_benchmark")]
    pub title: Option<String>,
    /// Whose answers the benchmark holds
    #[arg(long, value_name = "TEXT", requires = "save_benchmark")]
    pub source: Option<String>,
    /// How good the benchmark is: A a named study with its sample, B seen second-hand, C a rule of thumb, D our own
    #[arg(long, value_name = "A-D", requires = "save_benchmark", ignore_case = true, value_parser = ["A", "B", "C", "D"])]
    pub grade: Option<String>,
    /// Overwrite documents that were edited by hand, and a benchmark that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Args, Debug)]
pub struct Documents {
    /// The pack, by name or as a folder [default: the only one]
    pub pack: Option<String>,
    /// A folder of templates that go before the pack's own and those in templates, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

#[derive(Args, Debug)]
pub struct New {
    /// The folder to make
    pub dir: PathBuf,
    /// The built-in pack to start from
    #[arg(long, default_value = "sales-leaks")]
    pub pack: String,
}

#[derive(Args, Debug)]
pub struct Schema {
    /// The kind of file [default with --out: all of them]
    #[arg(value_enum)]
    pub kind: Option<SchemaKind>,
    /// Write `<kind>.schema.json` into this folder instead of printing it
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Render {
    /// Documents in Markdown
    #[arg(required = true, value_name = "FILE.md")]
    pub files: Vec<PathBuf>,
    /// Where to write [default: beside the file]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Which formats to write
    #[arg(long, value_delimiter = ',', ignore_case = true, default_value = "html,pdf", value_name = "LIST")]
    pub format: Vec<PageFormat>,
    /// The brand file: look, colours, fonts, logo [default: brand.yaml in templates, where it is there]
    #[arg(long, value_name = "FILE")]
    pub brand: Option<PathBuf>,
    /// A folder of page.html and theme.css that go before those in templates
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    Human,
    Short,
    Json,
    Sarif,
}

impl MessageFormat {
    pub fn form(self) -> Form {
        match self {
            MessageFormat::Human => Form::Human,
            MessageFormat::Short => Form::Short,
            MessageFormat::Json => Form::Json,
            MessageFormat::Sarif => Form::Sarif,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    Pack,
    Tests,
    Answers,
    Session,
}

impl SchemaKind {
    pub fn kind(self) -> Kind {
        match self {
            SchemaKind::Pack => Kind::Pack,
            SchemaKind::Tests => Kind::Tests,
            SchemaKind::Answers => Kind::Answers,
            SchemaKind::Session => Kind::Session,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormKind {
    Google,
    Xlsform,
    Surveyjs,
    Page,
    Csv,
}

impl FormKind {
    pub fn kind(self) -> crate::form::Kind {
        match self {
            FormKind::Google => crate::form::Kind::Google,
            FormKind::Xlsform => crate::form::Kind::Xlsform,
            FormKind::Surveyjs => crate::form::Kind::Surveyjs,
            FormKind::Page => crate::form::Kind::Page,
            FormKind::Csv => crate::form::Kind::Csv,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    Md,
    Html,
    Pdf,
    /// A mail ready to be sent; only documents that are mails are made as such
    Eml,
}

impl PageFormat {
    pub fn format(self) -> Format {
        match self {
            PageFormat::Md => Format::Markdown,
            PageFormat::Html => Format::Html,
            PageFormat::Pdf => Format::Pdf,
            PageFormat::Eml => Format::Eml,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CohortFormat {
    Md,
    Html,
    Pdf,
    Json,
}

impl CohortFormat {
    /// None for what is no page.
    pub fn format(self) -> Option<Format> {
        match self {
            CohortFormat::Md => Some(Format::Markdown),
            CohortFormat::Html => Some(Format::Html),
            CohortFormat::Pdf => Some(Format::Pdf),
            CohortFormat::Json => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    Jsonl,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    Human,
    Junit,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    Human,
    Json,
}

fn language(text: &str) -> Result<String, String> {
    match crate::document::is_language_tag(text) {
        true => Ok(text.to_owned()),
        false => Err("a language tag such as de or pt-BR is wanted".to_owned()),
    }
}

fn day(text: &str) -> Result<Date, String> {
    crate::model::date(text).ok_or_else(|| "a day such as 2026-03-01 is wanted".to_owned())
}
