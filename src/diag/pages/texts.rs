//! Pages on the texts of packs and on templates.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::UnknownValue,
        title: "a text or template names a value that does not exist",
        what: "A place for a value, such as `{metric.churn_rate}` in a pack or `{{ respondent.name }}` in a template, names \
               something unknown; in a template also inside `if`, `set` and loops.",
        why: "The paper would have a hole where the number should stand, or lose a whole paragraph without a word.",
        example: Example::Template,
        before: "\
---
for: respondent
title: A note
---

# A note for {{ respondent.nmae }}
",
        after: "\
---
for: respondent
title: A note
---

# A note for {{ respondent.name }}
",
        fix: "Write the name as the message offers it; `docs/templates.md` lists every value that a template may use.",
    },
    Page {
        code: Code::Template,
        title: "a template that cannot be read",
        what: "A tag is not closed, or names a filter, function or test that templates do not have.",
        why: "Nothing can be made from such a template; better to know before forty people wait for it.",
        example: Example::Template,
        before: "\
---
for: respondent
title: A note
---

# A note for {{ respondent.name | uper }}
",
        after: "\
---
for: respondent
title: A note
---

# A note for {{ respondent.name | upper }}
",
        fix: "Mend the tag at the place that the message shows.",
    },
    Page {
        code: Code::TemplateHead,
        title: "front matter that says something unknown",
        what: "The lines between the two `---` at the top of a template hold a key or value that they do not take.",
        why: "The front matter says for whom the document is and what it is called; a misspelt line would change the look of every paper.",
        example: Example::Template,
        before: "\
---
for: everyone
title: A note
---

# A note
",
        after: "\
---
for: respondent
title: A note
---

# A note
",
        fix: "Take one of the keys and values that the message lists.",
    },
    Page {
        code: Code::UnknownDocument,
        title: "a document that does not exist",
        what: "`--document` names a document that no template makes, or one that needs a session; or two files would be written to one place.",
        why: "A run that makes nothing would look like one that worked.",
        example: Example::Command,
        before: "kitwright build answers.yaml --format md --document playbok\n",
        after: "kitwright build answers.yaml --format md --document playbook\n",
        fix: "Take one of the names that the message offers, or add `--session FILE`.",
    },
    Page {
        code: Code::TemplateResult,
        title: "what a template makes cannot be set",
        what: "A template could be read, and yet fails for these answers, or makes Markdown that no page can show, such as a \
               chart without a range. A picture that cannot be shown is told as a warning: its alternative text stands there. \
               So are characters that no font of the PDF has, links and notes that lead nowhere, and front matter that is read as text.",
        why: "The paper would be wrong or missing for somebody; it is found on everybody before anything is written.",
        example: Example::Template,
        before: "\
---
for: respondent
title: A note
---

# A note

```chart
Health | much
```
",
        after: "\
---
for: respondent
title: A note
---

# A note
",
        fix: "Guard a value that may be nothing with `{% if … %}`, and write charts as `docs/templates.md` shows them.",
    },
    Page {
        code: Code::LooseBrace,
        title: "a brace that is no place for a value",
        what: "A text of the pack opens a brace and does not close it.",
        why: "Braces are places for values; what follows the brace would be taken for a name.",
        example: Example::Beside,
        before: "\
questions:
  formula: { kind: text, question: \"What do you write in { on your board?\" }
",
        after: "\
questions:
  formula: { kind: text, question: \"What do you write in \\\\{ on your board?\" }
",
        fix: "Close the brace as in `{metric.churn_rate}`, or write `\\{` for a brace; in double quotes YAML wants `\\\\{`.",
    },
    Page {
        code: Code::MissingTranslation,
        title: "a label without its translation",
        what: "An option or a band has no label in a language into which another one beside it is translated, or says in words \
               what it is called while the pack translates such words elsewhere.",
        why: "Whoever reads in that language would meet a foreign word among their own.",
        example: Example::Beside,
        before: "\
scales:
  planned: { options: { no-plan: { points: 0, label: Nothing planned, \"label[de]\": Nichts geplant }, plan: { points: 100, label: All planned } } }
questions:
  renewal-plan: { area: renewal, scale: planned, question: \"Is there a plan for each renewal?\" }
",
        after: "\
scales:
  planned: { options: { no-plan: { points: 0, label: Nothing planned, \"label[de]\": Nichts geplant }, plan: { points: 100, label: All planned, \"label[de]\": Alles geplant } } }
questions:
  renewal-plan: { area: renewal, scale: planned, question: \"Is there a plan for each renewal?\" }
",
        fix: "Add the label in that language, or take the others out.",
    },
    Page {
        code: Code::BareValue,
        title: "a template prints a value without its unit",
        what: "A template prints the `value` of a metric, and its `unit` does not stand on the same line. Charts, whose heads tell \
               the unit, are left alone.",
        why: "A bare 18 may be percent, clients or days, and an empty place may be a 0 or a value that nobody knows.",
        example: Example::Template,
        before: "\
---
for: respondent
title: A note
---

# A note

{% for metric in metrics %}
- {{ metric.title }}: {{ metric.value or \"unknown\" }}
{% endfor %}
",
        after: "\
---
for: respondent
title: A note
---

# A note

{% for metric in metrics %}
- {{ metric.title }}: {{ metric.text }}
{% endfor %}
",
        fix: "Print `text`, which has the unit, or `unit` beside the number.",
    },
    Page {
        code: Code::SlideOverfull,
        title: "a slide that holds too much",
        what: "What stands on a slide does not fit: its PDF goes on for a further page, or something on it is larger than the slide. \
               It is judged by the page as it is set, in the brand's own type. `check` judges the decks of a session with an example \
               of one; `build`, `kit` and `render` judge each deck that they make.",
        why: "On the screen such a slide is set smaller, and then scrolls: nobody in the last row reads it.",
        example: Example::Template,
        before: "\
---
for: respondent
title: The leaks
page: slides
---

## Where it leaks

- Clients leave without a sign
- Nobody owns the target
- Reps are paid for winning only
- Reviews come too late
- Lost reasons are not written
- Nobody asks those who left
- Calls go to whoever is free
- Orders change and nobody tells
- Bills are the only letters
- Promises are not kept in mind
- Visits have no goal
- New names come first
",
        after: "\
---
for: respondent
title: The leaks
page: slides
---

## Where it leaks

- Clients leave without a sign
- Nobody owns the target
- Reps are paid for winning only
- Reviews come too late
- Lost reasons are not written

> [!SAY]
>
> - Nobody asks those who left
> - Calls go to whoever is free
> - Orders change and nobody tells
> - Bills are the only letters
> - Promises are not kept in mind
> - Visits have no goal
> - New names come first
",
        fix: "Give the second half a heading of its own, or move words into the notes of the slide (`> [!SAY]`).",
    },
];
