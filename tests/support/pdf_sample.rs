//! A paper with everything in it, much like a coaching playbook.

use kitwright::document::*;

pub fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

pub fn strong(words: &str) -> Inline {
    Inline::Strong(text(words))
}

pub fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

pub fn heading(level: u8, id: &str, words: &str) -> Block {
    Block::Heading { level, id: id.to_owned(), text: text(words) }
}

pub fn link(to: &str, words: &str) -> Inline {
    Inline::Link { to: to.to_owned(), title: String::new(), text: text(words) }
}

pub fn item(words: &str) -> ListItem {
    ListItem { task: None, blocks: vec![paragraph(words)] }
}

pub fn task(done: bool, words: &str) -> ListItem {
    ListItem { task: Some(done), blocks: vec![paragraph(words)] }
}

pub fn bullets(items: Vec<ListItem>) -> Block {
    Block::List(List { start: None, tight: true, items })
}

pub fn table(align: &[Align], rows: &[&[&str]]) -> Block {
    let row = |cells: &&[&str]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let (head, rows) = rows.split_first().expect("a head");
    Block::Table(Table { align: align.to_vec(), head: row(head), rows: rows.iter().map(row).collect() })
}

pub fn chart() -> Chart {
    let known = |label: &str, at: f64, note: &str| ChartRow {
        label: label.to_owned(),
        values: vec![ChartValue::Known { at, text: format!("{at}") }],
        note: note.to_owned(),
    };
    let zone = |label: &str, to: f64| Zone { label: label.to_owned(), to };
    Chart {
        kind: ChartKind::Bar,
        title: "Nine areas, scored from 0 to 100".to_owned(),
        range: Some((0.0, 100.0)),
        unit: String::new(),
        zones: vec![zone("pouring", 40.0), zone("dripping", 60.0), zone("damp", 80.0), zone("tight", 100.0)],
        columns: vec!["Area".to_owned(), "Score".to_owned(), "State".to_owned()],
        rows: vec![
            known("Customer retention", 28.0, "pouring"),
            known("New customer acquisition", 64.0, "damp"),
            known("Qualifying accounts", 37.5, "pouring"),
            known("Account development", 55.0, "dripping"),
            ChartRow {
                label: "Sales support".to_owned(),
                values: vec![ChartValue::Between { low: 42.0, high: 63.0, text: "42 to 63".to_owned() }],
                note: "dripping or damp".to_owned(),
            },
            known("Downtime", 81.0, "tight"),
            known("Sales metrics", 0.0, "pouring"),
            ChartRow {
                label: "Advanced metrics".to_owned(),
                values: vec![ChartValue::Unknown { text: "not known yet".to_owned() }],
                note: String::new(),
            },
            known("Non-productive reps", 100.0, "tight"),
        ],
    }
}

const LONG: &str = "Nobody loses a good customer in one afternoon. The account goes quiet, the review is put \
    off twice, a competitor is asked in for a second opinion, and by the time the renewal comes up the \
    decision has been made elsewhere. Your answers say that your reps have no written retention target and \
    that nothing in their pay depends on keeping what they already sold; two of your three managers believe \
    the opposite. That gap of three steps is the finding: people cannot act on a priority that they do not \
    know they have.";

fn leak(number: usize, name: &str, kind: CalloutKind) -> Vec<Block> {
    vec![
        heading(2, &format!("leak-{number}"), &format!("Leak {number}: {name}")),
        paragraph(LONG),
        Block::Callout {
            kind,
            blocks: vec![
                Block::Paragraph(vec![
                    strong("Why this is here. "),
                    Inline::Text("The area scored 28 of 100 (below 40 is pouring), ".to_owned()),
                    Inline::Code("retention.target".to_owned()),
                    Inline::Text(" was answered “no”, and yearly churn is 19 %, above the 15 % that ".to_owned()),
                    link("https://example.org/benchmarks?area=retention", "the benchmark"),
                    Inline::Text(" names as the upper end of usual.".to_owned()),
                ]),
                bullets(vec![item("Manager says 4, rep says 1."), item("No account review since March.")]),
            ],
        },
        heading(3, &format!("do-{number}"), "What to do"),
        paragraph("In this order, because each step needs the one before:"),
        Block::List(List {
            start: Some(1),
            tight: false,
            items: vec![
                ListItem {
                    task: None,
                    blocks: vec![
                        Block::Paragraph(vec![
                            strong("Write the target down. "),
                            Inline::Text(
                                "One number a rep, agreed with the rep, on one page, with the date on which it \
                                 will be looked at again. A target that is only said is a wish."
                                    .to_owned(),
                            ),
                        ]),
                        bullets(vec![
                            item("Start from last year’s kept revenue, not from a percentage that sounds right."),
                            ListItem {
                                task: None,
                                blocks: vec![
                                    paragraph("Leave out accounts that nobody could have kept:"),
                                    bullets(vec![item("closed down,"), item("bought by a group with a frame contract.")]),
                                ],
                            },
                        ]),
                    ],
                },
                item("Tie a part of the variable pay to it, large enough to be noticed and small enough to be fair."),
                item("Ask for it in every one-to-one, before new business is asked for."),
            ],
        }),
        heading(3, &format!("ask-{number}"), "Questions for your team"),
        bullets(vec![
            task(false, "What is your account-retention target?"),
            task(true, "How are you paid for keeping customers, and how for winning new ones?"),
            task(
                false,
                "Which three accounts would hurt most if they left, when did you last see each of them, and what \
                 did they tell you that you did not know before?",
            ),
        ]),
        Block::Quote(vec![paragraph(
            "We thought that everybody knew. When we asked, everybody knew something else. It took one page and \
             half an hour to mend, and eleven months to notice.",
        )]),
    ]
}

pub fn playbook() -> Document {
    let mut blocks = vec![
        heading(1, "summary", "Summary"),
        paragraph(LONG),
        Block::Paragraph(vec![
            Inline::Text("Three leaks are worth your next ninety days: ".to_owned()),
            link("#leak-1", "customer retention"),
            Inline::Text(", ".to_owned()),
            link("#leak-2", "sales metrics"),
            Inline::Text(" and ".to_owned()),
            link("#leak-3", "qualifying accounts"),
            Inline::Text(". Write to ".to_owned()),
            link("mailto:coach@example.org", "your coach"),
            Inline::Text(", never to ".to_owned()),
            link("javascript:alert(1)", "this address"),
            Inline::Text(".".to_owned()),
        ]),
        heading(2, "areas", "Where you stand"),
        Block::Chart(chart()),
        Block::Callout {
            kind: CalloutKind::Tip,
            blocks: vec![paragraph(
                "What holds: downtime is taken, and nobody plays the hero. Keep it that way.",
            )],
        },
        heading(2, "metrics", "Your numbers against their bands"),
        table(
            &[Align::Left, Align::Right, Align::Right, Align::Left, Align::Left],
            &[
                &["Metric", "Yours", "Usual", "State", "Source"],
                &[
                    "Yearly customer churn",
                    "19 %",
                    "8–15 %",
                    "poor",
                    "Field survey of 412 firms, grade B, 2025",
                ],
                &["Revenue kept (net)", "94 %", "98–110 %", "poor", "Benchmark report, grade B, 2024"],
                &["Win rate, qualified", "31 %", "20–35 %", "good", "Trade association, grade C, 2023"],
                &["Leads that become prospects", "12 %", "10–18 %", "usual", "Own estimate, grade D"],
                &[
                    "Length of the sales cycle",
                    "74 days",
                    "45–90 days",
                    "usual",
                    "Field survey of 412 firms, grade B, 2025",
                ],
                &[
                    "Ramp-up of a new rep",
                    "9.5 months",
                    "3–6 months",
                    "poor",
                    "Benchmark report, grade B, 2024",
                ],
                &[
                    "Reps that reach their quota",
                    "41 %",
                    "50–65 %",
                    "poor",
                    "Benchmark report, grade B, 2024",
                ],
                &["Time spent selling", "28 %", "≥ 35 %", "poor", "Diary study, grade C, 2022"],
                &["Proposals a month and rep", "6", "4–10", "usual", "Own estimate, grade D"],
                &["Discount given", "−7.5 %", "0 to −5 %", "poor", "Trade association, grade C, 2023"],
            ],
        ),
        paragraph("Sources are graded from A (independent, repeated) to D (an opinion with a date)."),
        heading(1, "leaks", "The three leaks"),
    ];
    blocks.extend(leak(1, "Customer retention", CalloutKind::Important));
    blocks.extend(leak(2, "Sales metrics that look only backwards", CalloutKind::Warning));
    blocks.extend(leak(3, "Qualifying accounts", CalloutKind::Note));
    blocks.push(heading(1, "plan", "Your plan"));
    for (days, title) in [(30, "The first thirty days"), (60, "By day sixty"), (90, "By day ninety")] {
        blocks.push(heading(2, &format!("day-{days}"), title));
        blocks.push(table(
            &[Align::Right, Align::None, Align::None, Align::Center],
            &[
                &["Step", "What", "Who", "Done"],
                &["1", "Write a retention target for each rep and agree it in a one-to-one.", "Sales manager", "☐"],
                &["2", "List the three accounts a rep whose loss would hurt most, with the date of the last visit.", "Each rep", "☐"],
                &["3", "Decide which leading indicators are counted weekly, and by whom.", "Head of sales, controller", "☐"],
                &["4", "Look at the numbers together; change nothing yet.", "All", "☐"],
            ],
        ));
    }
    blocks.extend([
        Block::Callout {
            kind: CalloutKind::Caution,
            blocks: vec![paragraph("Part company last. Before that, each of the five questions has its answer in writing.")],
        },
        heading(1, "how", "How this was worked out"),
        heading(2, "scores", "Scores"),
        paragraph("An area’s score is the mean of its answers on a scale from 0 to 100. The rule reads:"),
        Block::Code {
            info: "yaml".to_owned(),
            text: "when:\n  all:\n    - area: retention\n      below: 40\n    - answer: retention.target\n      is: no   # a very long comment that does not fit on one line of the paper and therefore goes on\n".to_owned(),
        },
        heading(3, "small", "The small print"),
        heading(4, "smaller", "What was left out"),
        Block::Paragraph(vec![
            Inline::Emphasis(text("Nothing ")),
            Inline::Text("was ".to_owned()),
            Inline::Strike(text("guessed")),
            Inline::Text(" known to be missing, office efficiency first: ".to_owned()),
            Inline::Strong(vec![Inline::Emphasis(text("fine fjords")), Inline::Text(" flow".to_owned())]),
            Inline::Text(". Ελληνικά, кириллица, שלום and 日本 too.".to_owned()),
            Inline::HardBreak,
            Inline::Image { from: "x.png".to_owned(), title: String::new(), alt: "A picture of a bucket".to_owned() },
        ]),
        Block::Rule,
        heading(5, "five", "Fifth rank"),
        paragraph("Done."),
        heading(6, "six", "Sixth rank"),
        paragraph(LONG),
    ]);
    Document {
        meta: Meta {
            title: "Plug the leaks: a coaching playbook".to_owned(),
            subtitle: Some(
                "What your answers say, and what to do about it in the next ninety days".to_owned(),
            ),
            subject: Some("Northwind Traders Ltd".to_owned()),
            author: Some("Prepared by Alex Fictitious".to_owned()),
            date: Some("1 March 2026".to_owned()),
            language: "en-GB".to_owned(),
            footer: Some("Northwind Traders Ltd · confidential".to_owned()),
            cover: true,
            contents: true,
            to: None,
            page: Page::Paper,
        },
        blocks,
        notes: Vec::new(),
    }
}
