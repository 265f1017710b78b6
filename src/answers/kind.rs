//! Which kind of answers file it is, told by its name.

use crate::diag::{Code, Diagnostic};

/// How an answers file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Yaml,
    Json,
    /// One respondent a line.
    JsonLines,
    /// One respondent, or one voice, a row.
    Csv,
}

impl Kind {
    /// By the end of a file's name, in any case.
    ///
    /// The fault for any other end has no place in a text.
    pub fn of(file: &str) -> Result<Kind, Diagnostic> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        match ending.as_str() {
            "yaml" | "yml" => Ok(Kind::Yaml),
            "json" => Ok(Kind::Json),
            "jsonl" | "ndjson" => Ok(Kind::JsonLines),
            "csv" | "tsv" | "tab" => Ok(Kind::Csv),
            "xls" | "ods" | "xlsx" => Err(Diagnostic::placeless(
                Code::NotYet,
                format!("`{file}` is a spreadsheet file, which is not supported yet"),
            )
            .help("save the sheet as .xlsx, or as CSV (UTF-8)")),
            "zip" => Err(Diagnostic::placeless(
                Code::UnknownKind,
                format!("`{file}` is an archive, and answers are read from the files in it"),
            )
            .help("unzip it first, and name the .csv that was in it")),
            _ => {
                let known = "answers files end in .yaml, .json, .jsonl or .csv; form exports in .csv, .tsv, .xlsx or .json";
                let fault = Diagnostic::placeless(
                    Code::UnknownKind,
                    format!("`{file}` is of no kind that answers are read from"),
                )
                .help(known);
                Err(match ending.as_str() {
                    "txt" => {
                        fault.help("a table saved as text is read under a name that ends in .csv or .tsv")
                    }
                    _ if file == "-" => fault.help("answers are read from files, not from standard input"),
                    _ => fault,
                })
            }
        }
    }

    /// Whether the file holds many respondents, so that a fault of one leaves the others be.
    pub fn is_cohort(self) -> bool {
        matches!(self, Kind::JsonLines | Kind::Csv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::show;
    use crate::source::Sources;

    #[test]
    fn the_end_of_the_name_decides() {
        for (file, kind) in [
            ("answers/a.yaml", Kind::Yaml),
            ("A.YML", Kind::Yaml),
            ("c:\\x\\a.b.json", Kind::Json),
            ("a.jsonl", Kind::JsonLines),
            ("a.CSV", Kind::Csv),
        ] {
            assert_eq!(Kind::of(file), Ok(kind), "{file}");
        }
    }

    #[test]
    fn other_kinds_are_told_with_those_that_are_read() {
        let told = |file: &str| show(&Kind::of(file).unwrap_err(), &Sources::default(), false);
        assert_eq!(
            told("x.d/answers"),
            "error[K701]: `x.d/answers` is of no kind that answers are read from\n |\n = help: answers files end in .yaml, .json, .jsonl or .csv; form exports in .csv, .tsv, .xlsx or .json\n"
        );
        assert_eq!(
            told("responses.csv.zip"),
            "error[K701]: `responses.csv.zip` is an archive, and answers are read from the files in it\n |\n = help: unzip it first, and name the .csv that was in it\n"
        );
        assert!(
            told("a.txt")
                .ends_with(" = help: a table saved as text is read under a name that ends in .csv or .tsv\n")
        );
        assert!(told("-").ends_with(" = help: answers are read from files, not from standard input\n"));
        assert_eq!(
            told("form.ods"),
            "error[K110]: `form.ods` is a spreadsheet file, which is not supported yet\n |\n = help: save the sheet as .xlsx, or as CSV (UTF-8)\n"
        );
    }
}
