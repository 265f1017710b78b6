//! Names in templates: what is told, whole, and what is rightly passed over.

use crate::compose::support::{read_templates, sales_leaks};
use crate::diag::show_all;

const HEAD: &str = "---\nfor: respondent\ntitle: T\n---\n";

/// Everything that is told about a template with this body.
fn told(body: &str) -> String {
    told_of(&[("a.md", &format!("{HEAD}{body}"))])
}

fn told_of(files: &[(&str, &str)]) -> String {
    let pack = sales_leaks();
    let (_, sources, diagnostics) = read_templates(pack.pack(), files);
    show_all(&diagnostics, &sources, false)
}

/// The first lines of each message, without its picture.
fn heads(body: &str) -> Vec<String> {
    let told = told(body);
    told.lines().filter(|line| line.starts_with("error")).map(str::to_owned).collect()
}

#[test]
fn a_slip_is_told_where_tera_would_leave_a_blank() {
    assert_eq!(
        told("Dear {% if respondent.nmae %}you{% endif %}\n"),
        "\
error[K501]: `respondent` has no `nmae`
 --> a.md:5:23
  |
5 | Dear {% if respondent.nmae %}you{% endif %}
  |                       ^^^^
  |
  = help: did you mean `name`?
"
    );
}

#[test]
fn a_value_is_printed_with_its_unit() {
    let told_of = |body: &str| told(&format!("{{% for m in metrics %}}{body}{{% endfor %}}\n"));
    assert_eq!(
        told_of("{{ m.value }}"),
        "\
warning[K508]: this prints a number without its unit
 --> a.md:5:28
  |
5 | {% for m in metrics %}{{ m.value }}{% endfor %}
  |                            ^^^^^ the bare number
  |
  = help: write `m.text`, which has the unit and says where nothing is known
"
    );
    for bare in [
        "{{ m.value | round(precision=1) }}",
        "{{ m.value or 'none' }}",
        "{% if m.value %}{{ m.value }}{% endif %}",
    ] {
        assert_eq!(
            told_of(bare).lines().filter(|line| line.starts_with("warning[K508]")).count(),
            1,
            "{bare}"
        );
    }
    for fine in [
        "{{ m.text }}",
        "{{ m.value }} {{ m.unit }}",
        "{% if m.value > 3 %}x{% endif %}",
        "\n```chart bar\n{{ m.value }}\n```\n",
        "{{ m.title }}",
    ] {
        assert_eq!(told_of(fine), "", "{fine}");
    }
}

#[test]
fn every_place_that_holds_a_name_is_looked_at() {
    for (body, message) in [
        ("{{ respondant.name }}", "there is no value `respondant`"),
        ("{% set x = aeras %}", "there is no value `aeras`"),
        ("{{ total.valeu or 'none' }}", "`total` has no `valeu`"),
        ("{{ total.valeu | default(value=1) }}", "`total` has no `valeu`"),
        ("{% if total.valeu is defined %}{% endif %}", "`total` has no `valeu`"),
        ("{% for a in aeras %}{% endfor %}", "there is no value `aeras`"),
        ("{% for a in areas %}{{ a.titel }}{% endfor %}", "`a` has no `titel`"),
        ("{% for a in areas %}{{ loop.idx }}{% endfor %}", "`loop` has no `idx`"),
        ("{% for a in areas %}{% endfor %}{{ a.title }}", "there is no value `a`"),
        ("{{ areas[0].titel }}", "one of `areas` has no `titel`"),
        ("{{ areas.title }}", "`areas` is a list and has no `title`"),
        ("{{ respondent.name.first }}", "`name` is text and has no `first`"),
        ("{{ respondent['nmae'] }}", "`respondent` has no `nmae`"),
        ("{{ session?.tilte }}", "`session` has no `tilte`"),
        ("{{ words.leek }}", "`words` has no `leek`"),
        ("{{ areas | join(sep=seperator) }}", "there is no value `seperator`"),
        ("{{ areas | sort(attribute='titel') | length }}", "this has no `titel`"),
        ("{{ 'a' if leeks else 'b' }}", "there is no value `leeks`"),
        ("{{ [x for x in leaks if x.aera] | length }}", "`x` has no `aera`"),
        ("{% set m = {'a': total} %}{{ m.a.valeu }}", "`a` has no `valeu`"),
        ("{{ (leaks | first).aera }}", "`.` is not supported here in kitwright templates"),
        ("{% set l = leaks | first %}{{ l.aera }}", "`l` has no `aera`"),
        ("{% filter uper %}x{% endfilter %}", "there is no filter `uper`"),
        ("{{ respondent.name | safe }}", "there is no filter `safe`"),
        ("{{ total.value is defind }}", "there is no test `defind`"),
        ("{{ now() }}", "there is no function `now`"),
        ("{% include 'b.md' %}", "there is no template `b.md`"),
        ("{% component c(t) %}{% endcomponent c %}{{ <c t={pack.titel} /> }}", "`pack` has no `titel`"),
        ("{{ __tera_context }}", "there is no value `__tera_context`"),
        ("{% for n in total.value %}{% endfor %}", "this is a number, no list"),
    ] {
        let found = heads(body);
        let found = found.first().cloned().unwrap_or_default();
        assert_eq!(found.split_once(": ").map(|(_, told)| told), Some(message), "{body}");
    }
}

#[test]
fn what_is_right_is_passed_over() {
    for body in [
        "{{ respondent.date | default(value='no day') }}",
        "{# {{ nonsense }} #}{% raw %}{{ nonsense }}{% endraw %}{{ \"}} {{ nonsense\" }}",
        "{%- for leak in leaks -%}{{ loop.index }}{{ leak.area.title }}{%- else -%}none{%- endfor -%}",
        "{% for id, word in words %}{{ id }}{{ word }}{% endfor %}",
        "{% for key, value in extra %}{{ key }}{{ value.deep.down }}{% endfor %}{{ extra.team.name }}",
        "{% set n = leaks | length %}{% if n > 1 and not total.certain %}{{ n * 2 }}{% endif %}",
        "{% if leaks %}{% set first = leaks[0].area.title %}{% else %}{% set first = 'none' %}{% endif %}{{ first }}",
        "{% for a in areas %}{% if a.leak %}{% set_global seen = a %}{% endif %}{% endfor %}{{ seen.title }}",
        "{{ session?.next?.title }}{{ 'a' ~ total.text ~ 'b' }}{{ areas[1:3] | length }}",
        "{{ 'x' if total.band is none else total.band }}{{ 'a' in 'abc' }}{{ 3 not in [1, 2] }}",
        "{% set title %}{{ pack.title }}{% endset %}{{ title | upper }}",
        "{{ [...leaks, ...leaks] | length }}{{ {'a': 1, ...extra} | length }}{{ range(end=3) | first }}",
        "{{ metrics | group_by(attribute='band') | keys | join(sep=', ') }}",
        "{% for s in findings | sort(attribute='title') %}{{ s.because }}{% break %}{% endfor %}",
        "{% component card(title: String, size = 2) %}{{ title }}{{ size }}{{ body }}{% endcomponent card %}\
         {{ <card title={pack.title} /> }}{% <card title=\"x\"> %}b{% </card> %}",
        "{% block top %}{{ pack.title }}{% endblock top %}",
        "{{ -1 + 2 ** 3 // 2 % 2 }}{{ \"it's\" }}{{ `a` }}",
    ] {
        assert_eq!(told(body), "", "{body}");
    }
}

#[test]
fn a_component_sees_only_what_it_is_given() {
    assert_eq!(
        told("{% component card(title) %}{{ pack.title }}{% endcomponent card %}{{ <card title='a' /> }}\n"),
        "\
error[K501]: there is no value `pack`
 --> a.md:5:31
  |
5 | {% component card(title) %}{{ pack.title }}{% endcomponent card %}{{ <card title='a' /> }}
  |                               ^^^^
  |
  = help: a component sees only what it is given: hand `pack` to it
"
    );
}

#[test]
fn an_included_piece_sees_what_its_place_offers() {
    let document = format!("{HEAD}{{% for leak in leaks %}}{{% include 'piece.md' %}}{{% endfor %}}");
    assert_eq!(told_of(&[("a.md", &document), ("piece.md", "{{ leak.area.title }}")]), "");
    assert_eq!(
        told_of(&[("a.md", &document), ("piece.md", "x\n{{ leak.aera.title }}\n")]),
        "\
error[K501]: `leak` has no `aera`
 --> piece.md:2:9
  |
2 | {{ leak.aera.title }}
  |         ^^^^
  |
  = help: did you mean `area`?
"
    );
}

#[test]
fn a_child_is_checked_in_its_parents_place() {
    let parent = "{% set who = respondent %}{% block body %}{{ who.nme }}{% endblock %}";
    let child = format!("{HEAD}{{% extends 'base.md' %}}{{% block body %}}{{{{ who.nam }}}}{{% endblock %}}");
    let told = told_of(&[("a.md", &child), ("base.md", parent)]);
    assert!(told.contains("`who` has no `nam`") && told.contains("`who` has no `nme`"), "{told}");
}

#[test]
fn a_session_has_no_respondent() {
    let text = "---\nfor: session\ntitle: \"{{ sesion.title }}\"\n---\n{{ respondent.name }}\n";
    assert_eq!(
        told_of(&[("a.md", text)]),
        "\
error[K501]: there is no value `sesion`
 --> a.md:3:12
  |
3 | title: \"{{ sesion.title }}\"
  |            ^^^^^^
  |
  = help: did you mean `session`?

error[K501]: there is no value `respondent`
 --> a.md:5:4
  |
5 | {{ respondent.name }}
  |    ^^^^^^^^^^
"
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    for (body, message) in [
        ("{{ respondent.name ", "this is not closed with `}}`"),
        ("{% if leaks %}x", "this `if` is not closed with `endif`"),
        ("{% for a in areas %}", "this `for` is not closed with `endfor`"),
        ("{% endif %}", "`endif` closes nothing"),
        ("{% else %}", "`else` belongs to nothing"),
        ("{% for a in areas %}{% endif %}", "`endif` has no place here"),
        ("{% fro a in areas %}", "`fro` is not supported here in kitwright templates"),
        ("{% macro a() %}{% endmacro %}", "`macro` is not supported here in kitwright templates"),
        ("{% import 'x' as y %}", "`import` is not supported here in kitwright templates"),
        ("{{ total..value }}", "a name is expected here"),
        ("{{ 1 + }}", "`}}` is not supported here in kitwright templates"),
        ("{% include name %}", "a name in quotes is expected here"),
        ("{% for a areas %}{% endfor %}", "`in` is expected here"),
        ("{{ not not leaks }}", "`-` and `not` cannot be used consecutively"),
    ] {
        let found = heads(body);
        assert_eq!(found, [format!("error[K502]: {message}")], "{body}");
    }
}

#[test]
fn a_stray_tag_is_told_with_the_way_out() {
    assert_eq!(
        told("Words{% endif %}\n"),
        "\
error[K502]: `endif` closes nothing
 --> a.md:5:9
  |
5 | Words{% endif %}
  |         ^^^^^
  |
  = help: take it out, or open what it closes with `{% if … %}`
"
    );
    let help = |body: &str| told(body).lines().last().unwrap_or_default().trim().to_owned();
    assert_eq!(help("{% fro a in areas %}x{% endfor %}\n"), "= help: did you mean `for`?");
    assert_eq!(
        help("{% if leaks %}x{% endfor %}\n"),
        "= help: what is open here is closed with `{% endif %}`"
    );
    assert_eq!(
        help("{% elif leaks %}\n"),
        "= help: take it out, or open an `if` before it with `{% if … %}`"
    );
}

#[test]
fn what_cannot_be_printed_is_told_with_what_can() {
    assert_eq!(
        told("{{ leaks }} and {{ respondent }}\n"),
        "\
error[K501]: `leaks` is a list and cannot be printed
 --> a.md:5:4
  |
5 | {{ leaks }} and {{ respondent }}
  |    ^^^^^
  |
  = help: go through it, such as `{% for one in leaks %}{{ one.area.text }} {% endfor %}`

error[K501]: `respondent` holds several values and cannot be printed
 --> a.md:5:20
  |
5 | {{ leaks }} and {{ respondent }}
  |                    ^^^^^^^^^^
  |
  = help: print one of them, such as `respondent.name`
"
    );
    for (body, message) in [
        ("{{ leaks | reverse }}", "this is a list and cannot be printed"),
        (
            "{% for leak in leaks %}{{ leak.area }}{% endfor %}",
            "`leak.area` holds several values and cannot be printed",
        ),
        ("{{ leaks[0].area }}", "`leaks[0].area` holds several values and cannot be printed"),
        ("{{ 'a' ~ leaks }}", "`leaks` is a list and cannot be printed"),
        ("{% set all = leaks %}{{ all }}", "`all` is a list and cannot be printed"),
    ] {
        assert_eq!(heads(body), [format!("error[K501]: {message}")], "{body}");
    }
    for body in
        ["{{ leaks | length }}", "{{ respondent.name }}", "{{ leaks | first | get(key='kind', default='') }}"]
    {
        assert!(!told(body).contains("printed"), "{body}: {}", told(body));
    }
}
