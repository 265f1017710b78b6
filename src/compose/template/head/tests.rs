use crate::compose::support::{example, read_templates, sales_leaks};
use crate::compose::{Made, compose};
use crate::diag::show_all;
use crate::document::Page;
use crate::render::Format;

fn told(front: &str) -> String {
    let pack = sales_leaks();
    let text = format!("---\n{front}\n---\nx\n");
    let (_, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", &text)]);
    show_all(&diagnostics, &sources, false)
}

#[test]
fn a_head_says_what_kind_of_paper_it_is() {
    let pack = sales_leaks();
    let text = "---\nfor: respondent\ntitle: T\npage: mail\nformats: [md, eml]\nmade: kit\nreader: the person\n\
                use: after  30 days\nneeds: [plan.first]\n---\nx\n";
    let (templates, _, _) = read_templates(pack.pack(), &[("a.md", text)]);
    let head = &templates.get("a").unwrap().head;
    assert_eq!((head.page, head.made), (Page::Mail, Made::Kit));
    assert_eq!(head.all_formats().collect::<Vec<_>>(), [Format::Markdown, Format::Eml]);
    assert_eq!((head.reader.as_deref(), head.usage.as_deref()), (Some("the person"), Some("after 30 days")));
    assert_eq!(head.needs[0].text, "plan.first");
}

#[test]
fn a_document_without_what_it_needs_is_not_made() {
    let pack = sales_leaks();
    let made = |needs: &str| {
        let text = format!("---\nfor: respondent\ntitle: T\nneeds: [{needs}]\n---\nx\n");
        let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", &text)]);
        assert_eq!(show_all(&diagnostics, &sources, false), "");
        compose(&templates, templates.get("a").unwrap(), &example("summit.yaml"), &sources).unwrap().is_some()
    };
    assert!(made("total") && made("total, areas"));
    assert!(!made("session") && !made("session.host") && !made("leaks") && !made("total, session"));
}

#[test]
fn every_slip_of_a_head_is_told() {
    assert_eq!(
        told(
            "for: respondent\ntitle: T\npage: slide\nmade: never\nformats: [eml]\nneeds: [sesion, \"a b\", plan.frist]"
        ),
        "\
error[K503]: `page` is `paper`, `dense`, `slides` or `mail`, not `slide`
 --> a.md:4:7
  |
4 | page: slide
  |       ^^^^^
  |
  = help: did you mean `slides`?

error[K503]: `made` is `always` or `kit`, not `never`
 --> a.md:5:7
  |
5 | made: never
  |       ^^^^^

error[K503]: only a mail is made as `eml`
 --> a.md:6:11
  |
6 | formats: [eml]
  |           ^^^
  |
  = help: write `md`, `html` or `pdf`

error[K503]: `a b` is no name of a value
 --> a.md:7:17
  |
7 | needs: [sesion, \"a b\", plan.frist]
  |                 ^^^^^
  |
  = help: write names with dots between, such as `session` or `plan.first`
"
    );
    assert_eq!(
        told("for: respondent\ntitle: T\npage: mail\nformats: [pdf]"),
        "\
error[K503]: a mail is not made as `pdf`
 --> a.md:5:11
  |
5 | formats: [pdf]
  |           ^^^
  |
  = help: write `md`, `html` or `eml`
"
    );
    assert_eq!(
        told("for: respondent\ntitle: T\nformats: []"),
        "\
error[K503]: `formats` names none: this document would never be made
 --> a.md:4:10
  |
4 | formats: []
  |          ^^
  |
  = help: name one of `md`, `html` or `pdf`, or leave the line out
"
    );
    assert_eq!(
        told("for: respondent\ntitle: T\nneeds: [sesion, plan.frist]"),
        "\
error[K501]: there is no value `sesion`
 --> a.md:4:9
  |
4 | needs: [sesion, plan.frist]
  |         ^^^^^^
  |
  = help: did you mean `session`?

error[K501]: `plan` has no `frist`
 --> a.md:4:17
  |
4 | needs: [sesion, plan.frist]
  |                 ^^^^^^^^^^
  |
  = help: did you mean `first`?
"
    );
}
