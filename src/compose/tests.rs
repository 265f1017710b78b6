//! Templates end to end, over the shipped pack and examples.

use super::compose;
use super::fill::filled;
use super::support::*;
use crate::builtin;
use crate::diag::show_all;
use crate::document::{Block, ChartValue, Document, headings, plain_text};
use crate::markdown;

fn made(name: &str, data: &super::Data) -> (String, Document) {
    let pack = sales_leaks();
    let (templates, sources) = shipped_templates(pack.pack());
    match compose(&templates, templates.get(name).unwrap(), data, &sources) {
        Ok(composed) => composed.map(|composed| (composed.markdown, composed.document)).unwrap(),
        Err(faults) => panic!("{}", show_all(&faults, &sources, false)),
    }
}

fn sections(document: &Document) -> Vec<String> {
    headings(document).into_iter().filter(|heading| heading.level == 2).map(|heading| heading.text).collect()
}

#[test]
fn a_leaky_respondent_gets_three_leaks_and_a_plan() {
    let (markdown, document) = made("playbook", &example("northwind.yaml"));
    let sections = sections(&document);
    assert_eq!(sections[..3], ["In brief", "The figures", "Sales support"]);
    assert!(sections.contains(&"The plan".to_owned()), "{sections:?}");
    let why = headings(&document).iter().filter(|heading| heading.text == "Why this is here").count();
    assert!((1..=3).contains(&why));
    assert_eq!(document.meta.subject.as_deref(), Some("Northwind Studio"));
    // What is read again is the same.
    let again = markdown::read(&markdown);
    assert_eq!((again.document, again.problems.len()), (document, 0));
}

#[test]
fn no_leak_is_invented() {
    let (markdown, document) = made("playbook", &example("summit.yaml"));
    assert!(markdown.contains("No leak was found: every practice holds."));
    assert!(headings(&document).iter().all(|heading| heading.text != "Why this is here"));
}

#[test]
fn what_is_not_known_stands_under_find_out_first() {
    let (markdown, document) = made("playbook", &example("partial.yaml"));
    assert!(sections(&document).contains(&"Find out first".to_owned()));
    assert!(markdown.contains("As long as some are missing, it is not certain."));
}

#[test]
fn a_playbook_from_a_part_of_the_questions_says_so() {
    let pack = sales_leaks();
    let made = |answers: &str| {
        let (respondent, findings) = judged(&pack, answers);
        let data =
            super::Data::Respondent(Box::new(super::for_respondent(&pack, &respondent, &findings, None)));
        made("playbook", &data).0
    };
    let few = |others: &str| {
        let scored = pack.pack().questions.iter().filter(|question| question.area.is_some());
        let given = ["retention-written", "retention-target"];
        let rest: Vec<&str> =
            scored.map(|question| question.id.as_str()).filter(|id| !given.contains(id)).collect();
        let told = rest.iter().map(|id| format!("  {id}: {others}\n")).collect::<String>();
        (
            made(&format!("respondent: x\nanswers:\n  retention-written: 1\n  retention-target: 2\n{told}")),
            rest.len(),
        )
    };
    let (markdown, rest) = few("not_asked");
    let sentence = format!(
        "{rest} questions of this assessment were not asked: it says nothing of what those are about."
    );
    assert!(markdown.contains(&format!("rests on 2 of 2 answers. {sentence}")), "{markdown}");
    assert!(markdown.contains(&format!("based on 2 of 2 answers, {rest} questions not asked")), "{markdown}");
    // What was asked and skipped is told as before, and what does not apply is no gap.
    for absence in ["skipped", "dont_know"] {
        let (markdown, rest) = few(absence);
        assert!(!markdown.contains("not asked"), "{markdown}");
        assert!(markdown.contains(&format!("rests on 2 of {} answers.", rest + 2)), "{markdown}");
    }
}

#[test]
fn what_was_answered_freely_reaches_a_template_as_inert_text() {
    let pack = pack_of(&[("pack.yaml", include_str!("docs/fixture.yaml"))]);
    let answers = "respondent: x\nanswers: {}\nvoices:\n  \
                   - { role: boss, answers: { wishes: \" # Time [now](http://x.example) \" } }\n  \
                   - { role: rep, answers: { wishes: \"{{ respondent.id }}\" } }\n  \
                   - { role: manager, answers: { wishes: \" \" } }\n";
    let (respondent, findings) = judged(&pack, answers);
    let data = super::Data::Respondent(Box::new(super::for_respondent(&pack, &respondent, &findings, None)));
    let body = "---\nfor: respondent\ntitle: T\n---\n\
                {% for remark in remarks %}{{ remark.role | default(value='all') }}: {{ remark.text }}\n\n{% endfor %}";
    let (templates, sources, _) = read_templates(pack.pack(), &[("a.md", body)]);
    let composed = compose(&templates, templates.get("a").unwrap(), &data, &sources).unwrap().unwrap();
    let shown: Vec<String> = composed
        .document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => plain_text(text),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(shown, ["boss: # Time [now](http://x.example)", "rep: {{ respondent.id }}"]);
}

#[test]
fn no_heading_stands_empty() {
    for name in ["northwind.yaml", "summit.yaml", "partial.yaml"] {
        let (_, document) = made("playbook", &example(name));
        for pair in document.blocks.windows(2) {
            if let [Block::Heading { level, text, .. }, Block::Heading { level: next, .. }] = pair {
                assert!(next > level, "{name}: {}", plain_text(text));
            }
        }
        assert!(!matches!(document.blocks.last(), Some(Block::Heading { .. })));
    }
}

#[test]
fn the_chart_is_read_with_its_zones() {
    let (_, document) = made("playbook", &example("partial.yaml"));
    let chart = document.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let chart = chart.unwrap();
    assert_eq!(chart.rows.len(), 9);
    assert_eq!(
        chart.zones.iter().map(|zone| zone.label.as_str()).collect::<Vec<_>>(),
        ["pouring", "dripping", "damp", "tight"]
    );
    assert!(chart.rows.iter().any(|row| matches!(row.value(), ChartValue::Between { .. })));
}

#[test]
fn whatever_a_respondent_typed_shows_as_typed() {
    let name = "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";
    let answers = builtin::example("northwind.yaml").unwrap();
    let answers = answers.replace("name: Northwind Studio", &format!("name: '{name}'"));
    assert!(answers.contains(name));
    let data = data(&sales_leaks(), &answers);
    let (_, document) = made("playbook", &data);
    assert_eq!(document.meta.subject.as_deref(), Some(name));

    let pack = sales_leaks();
    let body = "---\nfor: respondent\ntitle: \"For {{ respondent.name }}, 1. of *all*\"\n---\n\
                {{ respondent.name }}\n\n# {{ respondent.name }}\n\n- **{{ respondent.name }}**\n\n\
                | {{ respondent.name }} |\n|---|\n| {{ respondent.name ~ '' }} |\n\n\
                {% set twice %}{{ respondent.name }}{% endset %}{{ twice }}\n";
    let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", body)]);
    assert!(diagnostics.is_empty());
    let composed = compose(&templates, templates.get("a").unwrap(), &data, &sources).unwrap().unwrap();
    assert_eq!(composed.document.meta.title, format!("For {name}, 1. of *all*"));
    let mut shown = 0;
    for block in &composed.document.blocks {
        let texts: Vec<String> = match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => vec![plain_text(text)],
            Block::List(list) => list
                .items
                .iter()
                .flat_map(|item| &item.blocks)
                .map(|block| match block {
                    Block::Paragraph(text) => plain_text(text),
                    other => panic!("{other:?}"),
                })
                .collect(),
            Block::Table(table) => {
                table.head.iter().chain(&table.rows[0]).map(|cell| plain_text(cell)).collect()
            }
            other => panic!("{other:?}"),
        };
        for text in texts {
            assert_eq!(text, name);
            shown += 1;
        }
    }
    assert_eq!(shown, 6);
}

#[test]
fn a_filter_cannot_make_typed_text_markup() {
    let pack = sales_leaks();
    let answers =
        builtin::example("northwind.yaml").unwrap().replace("name: Northwind Studio", "name: '*x*'");
    let data = data(&pack, &answers);
    for (body, outcome) in [
        ("{{ respondent.name | upper }}", Ok("\\*X\\*")),
        ("{{ respondent.name | escape_html }}", Ok("\\*x\\*")),
        ("{{ respondent.name | replace(from='x', to='_y_') }}", Ok("\\*\\_y\\_\\*")),
        (
            "{{ [respondent.name, pack.title] | join(sep=', ') }}",
            Ok("\\*x\\*\\, Productivity leaks in sales management"),
        ),
        (
            "{% set n %}{{ respondent.name }}{% endset %}{{ n | replace(from='\\\\', to='') }}",
            Err("`replace` works on plain text, not on the pack's prose"),
        ),
        (
            "{% set n %}{{ respondent.name }}{% endset %}{{ n | trim(pat='\\\\') }}",
            Err("`pat` works on plain text, not on the pack's prose"),
        ),
    ] {
        let text = format!("---\nfor: respondent\ntitle: T\n---\n{body}");
        let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", &text)]);
        assert_eq!(show_all(&diagnostics, &sources, false), "");
        let found = filled(&templates, "a", &data, &sources);
        match outcome {
            Ok(wanted) => assert_eq!(found.as_deref(), Ok(wanted), "{body}"),
            Err(wanted) => {
                assert!(found.clone().is_err_and(|told| told.contains(wanted)), "{body}: {found:?}")
            }
        }
    }
}

#[test]
fn the_recap_is_as_long_as_a_blog_post() {
    let (markdown, document) = made("recap", &session_data(sales_leaks().pack()));
    let words = markdown
        .splitn(3, "---\n")
        .nth(2)
        .unwrap()
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    assert!((500..=900).contains(&words), "{words} words");
    assert_eq!(sections(&document).len(), 12);
    assert!(markdown.contains("[Take the assessment](https://example.com/assessment)"));
    assert!(
        markdown.contains("9:00 in Los Angeles (PDT), 11:00 in Chicago (CDT) and 12:00 in New York (EDT)")
    );
}

#[test]
fn a_bare_session_gets_a_recap_without_gaps() {
    let pack = sales_leaks();
    let mut bare = session();
    (bare.subtitle, bare.instructor, bare.host, bare.published) = (None, None, None, None);
    (bare.byline, bare.assessment, bare.research, bare.next) = (None, None, None, None);
    let data = super::Data::Session(Box::new(super::for_session(pack.pack(), &bare, None, None)));
    let (markdown, document) = made("recap", &data);
    assert!(!sections(&document).iter().any(|title| title.starts_with("Next")), "{markdown}");
    assert!(markdown.contains("“Plugging productivity leaks” took place on Thursday, 12 March 2026."));
    assert_eq!(document.meta.footer, None);
}

#[test]
fn front_matter_tells_all_its_faults() {
    let pack = sales_leaks();
    let text = "---\nfor: manager\ntitel: T\ncover: maybe\nformats: [docx]\n---\nx\n";
    let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", text)]);
    assert_eq!(templates.documents().count(), 0);
    assert_eq!(
        show_all(&diagnostics, &sources, false),
        "\
error[K503]: the front matter has no `title`
 --> a.md:1:1
  |
1 | ---
  | ^^^
  |
  = help: add `title:`, such as `title: \"A playbook for {{ respondent.name }}\"`

error[K503]: nobody is called `manager` here
 --> a.md:2:6
  |
2 | for: manager
  |      ^^^^^^^
  |
  = help: write `for: respondent`, `for: cohort` or `for: session`

error[K503]: front matter has no key `titel`
 --> a.md:3:1
  |
3 | titel: T
  | ^^^^^
  |
  = help: did you mean `title`?

error[K503]: `cover` is `true` or `false`, not `maybe`
 --> a.md:4:8
  |
4 | cover: maybe
  |        ^^^^^
  |
  = help: `yes` and `no` say the same

error[K503]: `docx` is no format
 --> a.md:5:11
  |
5 | formats: [docx]
  |           ^^^^
  |
  = help: write `md`, `html` or `pdf`
"
    );
}

/// What is told of one paper of a template, and of files that it includes.
fn told_of_paper(files: &[(&str, &str)]) -> String {
    let pack = sales_leaks();
    let data = example("northwind.yaml");
    let (templates, sources, diagnostics) = read_templates(pack.pack(), files);
    assert_eq!(show_all(&diagnostics, &sources, false), "");
    match compose(&templates, templates.get("a").unwrap(), &data, &sources) {
        Ok(composed) => {
            let doubts = composed.into_iter().flat_map(|composed| composed.doubts);
            doubts.map(|doubt| crate::diag::show(&doubt, &sources, false)).collect()
        }
        Err(faults) => show_all(&faults, &sources, false),
    }
}

const HEAD: &str = "---\nfor: respondent\ntitle: T\n---\n";

#[test]
fn what_an_included_piece_makes_is_told_in_the_piece() {
    let files = [
        ("a.md", &*format!("{HEAD}# Hello\n\n{{% include \"piece.md\" %}}\n")),
        ("piece.md", "Some words.\n\n```lines 99\n```\n"),
    ];
    insta::assert_snapshot!(told_of_paper(&files));
}

#[test]
fn a_fault_of_a_loop_is_told_at_the_line_that_made_it() {
    let rows = "```chart grouped\ntitle: T\nrange: 0 to 100\n\n| A | B | C |\n|---|---|---|\n{% for area in areas %}| {{ area.title }} | 1 |\n{% endfor %}```\n";
    let text = format!("{HEAD}---\n\n{{% for leak in leaks %}}\n{rows}{{% endfor %}}\n");
    insta::assert_snapshot!(told_of_paper(&[("a.md", &text)]));
}

#[test]
fn a_line_that_no_line_of_a_template_made_is_told_where_the_template_begins() {
    let text = format!(
        "{HEAD}\nWords.\n\n:{{% if true %}}:{{% endif %}}: {{% filter lower %}}COLS{{% endfilter %}}\n"
    );
    insta::assert_snapshot!(told_of_paper(&[("a.md", &text)]));
}

#[test]
fn what_is_nothing_is_named_with_the_way_out() {
    let told = |body: &str| told_of_paper(&[("a.md", &format!("{HEAD}{body}\n"))]);
    assert_eq!(
        told("{{ session.title }}"),
        "\
error[K505]: `session` is nothing here, and this asks for its `title`
 --> a.md:5:12
  |
5 | {{ session.title }}
  |            ^^^^^
  |
  = help: ask with `{% if session %}` first, or give `--session FILE`
"
    );
    let told = told("{{ leaks[9].area.title }}");
    assert!(
        told.starts_with("error[K505]: `leaks[9]` is nothing here, and this asks for its `area`\n"),
        "{told}"
    );
    assert!(
        told.contains(
            "help: a list may be shorter: ask with `{% if leaks[9] %}` first, or go through it with `for`"
        ),
        "{told}"
    );
    let head = HEAD.replace("title: T", "title: \"For {{ session.title }}\"");
    let told = told_of_paper(&[("a.md", &format!("{head}Words.\n"))]);
    assert!(told.contains("a.md:3:8") && told.contains("give `--session FILE`"), "{told}");
}

#[test]
fn a_template_that_was_probably_meant_otherwise_is_told_with_its_place() {
    let body = "# Hello\n\nSee [the plan](#the-plann) and [^1].\n\n## The plan\n\n::: columns 1:2:3\na\n\n---\n\nb\n:::\n\n> [!SAY Hello\n";
    insta::assert_snapshot!(told_of_paper(&[("a.md", &format!("{HEAD}{body}"))]));
}

#[test]
fn what_cannot_be_set_is_told_at_its_template() {
    let pack = sales_leaks();
    let data = example("summit.yaml");
    let told = |body: &str| {
        let text = format!("---\nfor: respondent\ntitle: T\n---\n{body}");
        let (templates, sources, _) = read_templates(pack.pack(), &[("a.md", &text)]);
        match compose(&templates, templates.get("a").unwrap(), &data, &sources) {
            Ok(composed) => composed.map(|composed| composed.markdown).unwrap(),
            Err(faults) => show_all(&faults, &sources, false),
        }
    };
    let chart = told("```chart bar\ntitle: {{ pack.title }}\n| a | b |\n|---|---|\n| x | 1 |\n```\n");
    assert!(chart.starts_with("error[K505]: ") && chart.contains("a.md:"), "{chart}");
    assert_eq!(
        told("{{ extra.team }}\n"),
        "\
error[K505]: `extra.team` is nothing here
 --> a.md:5:10
  |
5 | {{ extra.team }}
  |          ^^^^
  |
  = help: ask with `{% if extra.team %}` first
"
    );
}
