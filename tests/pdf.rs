//! What a PDF must hold, read back from its bytes.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;
#[path = "support/pdf_sample.rs"]
mod pdf_sample;
#[path = "support/pdf_ua.rs"]
mod pdf_ua;

use kitwright::document::*;
use kitwright::render::pdf;
use kitwright::theme::Theme;
use pdf_reader::{Bookmark, Reader};
use pdf_sample::{bullets, heading, item, link, paragraph, playbook, table, text};
use proptest::prelude::*;

fn read(document: &Document) -> Reader {
    Reader::new(&pdf::write(document, &Theme::default()).expect("a PDF"))
}

fn document(blocks: Vec<Block>) -> Document {
    Document { meta: Meta { title: "A paper".to_owned(), ..Meta::default() }, blocks, notes: Vec::new() }
}

#[test]
fn the_same_document_gives_the_same_bytes_also_on_several_threads() {
    let document = playbook();
    let bytes = pdf::write(&document, &Theme::default()).expect("a PDF");
    assert!(bytes == pdf::write(&document, &Theme::default()).expect("a PDF"));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| pdf::write(&document, &Theme::default()).expect("a PDF")))
            .collect();
        for thread in threads {
            assert!(thread.join().expect("no panic") == bytes);
        }
    });
}

#[test]
fn another_document_has_another_identity() {
    let identity =
        |document: &Document| format!("{:?}", read(document).pdf.trailer.get(b"ID").expect("an identity"));
    let one = document(vec![Block::Paragraph(vec![link("https://a.example", "here")])]);
    let other = document(vec![Block::Paragraph(vec![link("https://b.example", "here")])]);
    assert_ne!(identity(&one), identity(&other));
    assert_eq!(identity(&one), identity(&one));
}

#[test]
fn the_file_says_what_it_is() {
    let mut document = playbook();
    document.meta.title = "Leaks & <drips> — “fünf”".to_owned();
    let reader = read(&document);
    assert_eq!(reader.pdf.version, "1.7");
    let catalog = reader.catalog();
    assert_eq!(reader.string(catalog, "Lang").as_deref(), Some("en-GB"));
    assert_eq!(catalog.get(b"PageMode").and_then(|mode| mode.as_name()).expect("a name"), b"UseOutlines");
    let info = reader.get(&reader.pdf.trailer, "Info").expect("properties").as_dict().expect("properties");
    assert_eq!(reader.string(info, "Title").as_deref(), Some("Leaks & <drips> — “fünf”"));
    assert!(!info.has(b"GTS_PDFXVersion"));
    let metadata = reader.get(catalog, "Metadata").expect("metadata").as_stream().expect("a stream");
    let metadata = String::from_utf8(metadata.content.clone()).expect("text");
    assert!(metadata.contains(">Leaks &amp; &lt;drips&gt; — “fünf”<"), "{metadata}");
    assert!(!metadata.contains("pdfaid"));
}

#[test]
fn the_day_is_that_of_the_paper_and_not_the_clocks() {
    for (date, day) in [
        (Some("1 March 2026"), Some("D:20260301")),
        (Some("2026-03-01"), Some("D:20260301")),
        (Some("in spring"), None),
        (None, None),
    ] {
        let mut document = document(vec![paragraph("Words.")]);
        document.meta.date = date.map(str::to_owned);
        let reader = read(&document);
        let info =
            reader.get(&reader.pdf.trailer, "Info").expect("properties").as_dict().expect("properties");
        assert_eq!(reader.string(info, "CreationDate").as_deref(), day);
        assert_eq!(reader.string(info, "ModDate").as_deref(), day);
        let metadata =
            reader.get(reader.catalog(), "Metadata").expect("metadata").as_stream().expect("a stream");
        let metadata = String::from_utf8(metadata.content.clone()).expect("text");
        assert_eq!(metadata.contains("<xmp:CreateDate>2026-03-01</xmp:CreateDate>"), day.is_some());
    }
}

#[test]
fn headings_are_nested_bookmarks() {
    let leaf = |title: &str| Bookmark { title: title.to_owned(), under: Vec::new() };
    let outline = read(&playbook()).outline();
    let titles: Vec<&str> = outline.iter().map(|bookmark| bookmark.title.as_str()).collect();
    assert_eq!(titles, ["Summary", "The three leaks", "Your plan", "How this was worked out"]);
    assert_eq!(outline[0].under, [leaf("Where you stand"), leaf("Your numbers against their bands")]);
    assert_eq!(outline[1].under[0].under, [leaf("What to do"), leaf("Questions for your team")]);
}

#[test]
fn text_comes_back_as_it_was_in_reading_order() {
    let document = playbook();
    let structure = read(&document).structure();
    let paragraphs: Vec<&str> = structure.all("P").into_iter().map(|element| element.text.trim()).collect();
    for block in &document.blocks {
        if let Block::Paragraph(inlines) = block {
            let said = plain_text(inlines);
            if !said.contains("שלום") {
                assert!(paragraphs.iter().any(|text| text.replace("  ", " ") == said), "{said}");
            }
        }
    }
    let headings: Vec<String> = headings(&document).into_iter().map(|heading| heading.text).collect();
    let found: Vec<String> = structure
        .kids
        .iter()
        .filter(|element| element.kind.starts_with('H'))
        .map(|element| element.text.clone())
        .collect();
    assert_eq!(found, headings);
}

#[test]
fn every_script_and_every_sign_survives() {
    for said in [
        "office efficiency fjord",
        "Ελληνικά кириллица",
        "日本 \u{1F600}",
        "☐ ☑ ✓ → ≥ −",
        "a\u{301}x\u{323}",
        "50\u{a0}%",
    ] {
        let reader = read(&document(vec![paragraph(said)]));
        assert_eq!(reader.page_text(0), said);
    }
    // Words that run leftwards are shown from left to right.
    let reader = read(&document(vec![paragraph("שלום")]));
    assert_eq!(reader.page_text(0).chars().rev().collect::<String>(), "שלום");
}

#[test]
fn the_chart_is_one_figure_with_its_words_and_an_alternative() {
    let structure = read(&playbook()).structure();
    let figures = structure.all("Figure");
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].alternative, Some(pdf_sample::chart().alternative_text()));
    assert!(figures[0].attributes.contains_key("BBox"));
    for words in ["pouring", "Customer retention", "28", "42 to 63", "not known yet", "tight"] {
        assert!(figures[0].text.contains(words), "{words}");
    }
}

#[test]
fn tables_have_heads_for_their_columns() {
    let structure = read(&playbook()).structure();
    let tables = structure.all("Table");
    assert_eq!(tables.len(), 4);
    for table in &tables {
        assert_eq!(table.kinds(), ["THead", "TBody"]);
    }
    let heads = tables[0].all("TH");
    assert_eq!(heads.len(), 5);
    assert!(heads.iter().all(|head| head.attributes["Scope"] == "Column"));
    assert_eq!(tables[0].all("TR").len(), 11);
    assert_eq!(tables[0].all("TD").len(), 50);
}

#[test]
fn an_empty_cell_is_still_a_cell() {
    let block = table(&[Align::None, Align::None], &[&["a", "b"], &["", "c"], &["", ""]]);
    let structure = read(&document(vec![block])).structure();
    let rows = structure.all("TR");
    assert!(rows.iter().all(|row| row.kids.len() == 2));
    assert_eq!(rows.len(), 3);
}

#[test]
fn lists_have_labels_and_bodies() {
    let list = Block::List(List { start: Some(9), tight: true, items: vec![item("nine"), item("ten")] });
    let structure = read(&document(vec![list])).structure();
    let items = structure.all("LI");
    assert_eq!(items[1].kinds(), ["Lbl", "LBody"]);
    assert_eq!(items[1].text, "10.ten");
    assert_eq!(structure.all("L")[0].attributes["ListNumbering"], "Decimal");
}

#[test]
fn only_harmless_links_work() {
    let document = document(vec![
        heading(1, "here", "Here"),
        Block::Paragraph(vec![
            link("https://example.org/a b", "web"),
            link("mailto:a@example.org", "mail"),
            link("#here", "above"),
            link("#nowhere", "nowhere"),
            link("javascript:alert(1)", "script"),
            link("file:///etc/passwd", "file"),
        ]),
    ]);
    let reader = read(&document);
    let (addresses, within) = reader.links();
    assert_eq!(addresses, ["https://example.org/a%20b", "mailto:a@example.org"]);
    assert_eq!(within, 1);
    assert!(reader.page_text(0).contains("webmailabovenowherescriptfile"));
    let links = reader.structure();
    assert!(links.all("Link").iter().all(|link| link.areas == 1));
    assert_eq!(links.all("Link").len(), 3);
}

#[test]
fn contents_lead_to_their_headings() {
    let reader = read(&playbook());
    let structure = reader.structure();
    let contents = structure.all("TOC")[0];
    assert_eq!(contents.kinds()[0], "Caption");
    let lines: Vec<&str> = contents.all("Link").iter().map(|link| link.text.trim()).collect();
    assert_eq!(lines[0], "Summary 3");
    assert!(reader.pages[1].iter().any(|shown| shown.mark.is_none() && shown.text.contains("....")));
    for line in lines {
        let (name, page) = line.rsplit_once(' ').expect("a page number");
        let page: usize = page.parse().expect("a page number");
        assert!(reader.page_text(page - 1).contains(name), "{line}");
    }
}

#[test]
fn every_page_but_the_cover_has_its_lines_outside_the_structure() {
    let reader = read(&playbook());
    let total = reader.pages.len();
    assert!(!reader.all_text(0).contains("Page 1"));
    for page in 1..total {
        let all = reader.all_text(page);
        assert!(all.contains(&format!("Page {} of {total}", page + 1)));
        assert!(all.contains("Northwind Traders Ltd · confidential"));
        assert!(!reader.page_text(page).contains("Page "));
    }
}

#[test]
fn a_long_table_repeats_its_head_on_each_page() {
    let mut rows: Vec<Vec<String>> = vec![vec!["Column head".to_owned(), "Other".to_owned()]];
    rows.extend((0..120).map(|row| vec![format!("row {row}"), "x".to_owned()]));
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let reader = read(&document(vec![table(&[Align::Left, Align::Right], &rows)]));
    assert!(reader.pages.len() > 2);
    for page in 0..reader.pages.len() {
        assert!(reader.all_text(page).contains("Column head"));
        assert_eq!(reader.page_text(page).contains("Column head"), page == 0);
    }
    assert_eq!(reader.structure().all("TH").len(), 2);
    assert_eq!(reader.structure().all("TR").len(), 121);
}

#[test]
fn a_row_taller_than_a_page_goes_on_and_nothing_is_lost() {
    let long: Vec<String> = (0..3000).map(|word| format!("w{word}")).collect();
    let long = long.join(" ");
    let reader = read(&document(vec![table(&[Align::None; 2], &[&["a", "b"], &[&long, "c"]])]));
    assert!(reader.pages.len() > 1);
    let structure = reader.structure();
    assert_eq!(structure.all("TD")[0].text, long);
}

#[test]
fn tables_of_many_columns_stay_on_the_page() {
    let cells: Vec<String> = (0..60).map(|column| format!("Column{column}")).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    for columns in [5, 12, 60] {
        let row = &cells[..columns];
        let reader = read(&document(vec![table(&vec![Align::None; columns], &[row, row])]));
        for shown in reader.pages.iter().flatten() {
            let width = shown.text.chars().count() as f32 * shown.size * 0.7;
            assert!(shown.x >= 70.0 && shown.x + width < 560.0, "{columns} columns: {shown:?}");
        }
    }
}

#[test]
fn a_table_in_parts_is_one_table_whose_row_heads_are_seen_in_each() {
    let cells = |name: &str| -> Vec<String> {
        let others = (1..19).map(|column| format!("{name}{column}"));
        std::iter::once(format!("First{name}")).chain(others).collect()
    };
    let (head, row) = (cells("H"), cells("R"));
    let [head, row] = [&head, &row].map(|cells| cells.iter().map(String::as_str).collect::<Vec<_>>());
    let reader = read(&document(vec![table(&[Align::None; 19], &[&head, &row])]));
    let structure = reader.structure();
    let tables = structure.all("Table");
    let [table] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    let texts: Vec<String> = table.all("TD").iter().map(|cell| cell.text.trim().to_owned()).collect();
    assert_eq!(texts, row);
    assert_eq!(table.all("TH").len(), 19);
    for first in ["FirstH", "FirstR"] {
        let shown: Vec<bool> = reader.pages[0]
            .iter()
            .filter(|shown| shown.text.trim() == first)
            .map(|shown| shown.mark.is_some())
            .collect();
        assert_eq!(shown, [true, false], "{first}");
    }
    let across = |name: &str| {
        let y = reader.pages[0].iter().find(|shown| shown.text.trim() == name).expect("it is shown").y;
        reader.pages[0].iter().filter(|shown| shown.y == y).count()
    };
    assert_eq!((across("R1"), across("R18")), (10, 10));
}

#[test]
fn contents_list_the_flow_and_nothing_beside_it() {
    let text = "---\ntitle: T\ncontents: true\n---\n\n# One\n\n::: cards\n\n## Card\n\n---\n\nb\n\n:::\n\n> ## Quoted\n\n::: keep\n\n## Kept\n\n:::\n";
    let document = kitwright::markdown::read(text).document;
    let structure = read(&document).structure();
    let lines: Vec<&str> = structure.all("TOC")[0].all("Link").iter().map(|link| link.text.trim()).collect();
    assert_eq!(lines, ["One 2", "Kept 2"]);
    let theme = Theme::default();
    let look = kitwright::render::Look::new(
        "{{ contents }}|{{ body }}",
        "",
        &theme,
        &kitwright::render::picture::NO_PICTURES,
    );
    let page = kitwright::render::html::write(&document, &look).unwrap();
    let (contents, _) = page.split_once('|').unwrap();
    let names: Vec<&str> = contents
        .split("\">")
        .skip(1)
        .filter_map(|rest| rest.split_once("</a>"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names.last(), Some(&"Kept"));
    assert!(!contents.contains("Card") && !contents.contains("Quoted"), "{contents}");
}

/// The lines of a page's text from top to bottom, each with the size of its type.
fn lines_of(reader: &Reader, page: usize) -> Vec<(f32, f32)> {
    let mut lines: Vec<(f32, f32)> = reader.pages[page]
        .iter()
        .filter(|shown| shown.mark.is_some() && !shown.text.trim().is_empty())
        .map(|shown| (shown.y, shown.size))
        .collect();
    lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    lines.dedup_by(|one, other| (one.0 - other.0).abs() < 1.0);
    lines
}

#[test]
fn no_heading_stands_last_on_a_page_and_no_line_stands_alone() {
    for filling in 0..48 {
        let mut blocks: Vec<Block> = (0..filling).map(|_| paragraph("A line of its own.")).collect();
        blocks.push(heading(1, "a", "A heading"));
        blocks.push(heading(3, "b", "Another heading"));
        blocks.push(paragraph(&"Many words in a long paragraph of some lines. ".repeat(12)));
        let reader = read(&document(blocks));
        for page in 0..reader.pages.len() - 1 {
            let last = lines_of(&reader, page).pop().expect("lines");
            assert!(last.1 < 11.0, "a heading ends page {page} after {filling} lines");
        }
        let structure = reader.structure();
        let paragraph = structure.all("P").pop().expect("a paragraph").text.clone();
        for page in 0..reader.pages.len() {
            let of_it = reader.pages[page].iter().filter(|shown| {
                shown.mark.is_some() && paragraph.contains(shown.text.trim()) && shown.size < 11.0
            });
            assert_ne!(of_it.count(), 1, "a line alone on page {page} after {filling} lines");
        }
    }
}

#[test]
fn a_chart_stays_in_one_piece() {
    for filling in [10, 15, 20, 25] {
        let mut blocks: Vec<Block> = (0..filling).map(|_| paragraph("A line of its own.")).collect();
        blocks.push(Block::Chart(pdf_sample::chart()));
        let reader = read(&document(blocks));
        let with: Vec<usize> =
            (0..reader.pages.len()).filter(|page| reader.page_text(*page).contains("Downtime")).collect();
        assert!(
            reader.page_text(with[0]).contains("Nine areas")
                && reader.page_text(with[0]).contains("Non-productive")
        );
    }
}

#[test]
fn lists_may_be_nested_as_deep_as_anyone_likes() {
    let mut block =
        paragraph("The innermost words, long enough to be broken into lines where little room is left.");
    for depth in 0..60 {
        block = match depth % 3 {
            0 => Block::Quote(vec![block]),
            1 => Block::Callout { kind: CalloutKind::Tip, blocks: vec![block] },
            _ => bullets(vec![ListItem { task: None, blocks: vec![block] }]),
        };
    }
    let reader = read(&document(vec![block]));
    assert!(reader.structure().text.contains("The innermost words"));
    assert!(reader.pages.iter().flatten().all(|shown| shown.mark.is_none() || shown.x < 420.0));
}

#[test]
fn a_paper_without_anything_is_still_a_paper() {
    let reader = read(&document(Vec::new()));
    assert_eq!(reader.pages.len(), 1);
    let meta = Meta { cover: true, contents: true, ..Meta::default() };
    assert_eq!(read(&Document { meta, ..Document::default() }).pages.len(), 2);
}

#[test]
fn a_hostile_name_is_only_text() {
    let name = "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";
    let mut document = document(vec![heading(1, "x", name), paragraph(name)]);
    document.meta.title = name.to_owned();
    document.meta.subject = Some(name.to_owned());
    document.meta.cover = true;
    let reader = read(&document);
    assert!(reader.page_text(0).contains("<script>alert(1)</script>"));
    let structure = reader.structure();
    assert_eq!(structure.all("H1")[0].text, name);
    assert_eq!(reader.links(), (Vec::new(), 0));
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ a-z]{0,30}",
        "\\PC{0,12}",
        proptest::collection::vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect()),
        Just("x".repeat(600)),
        Just("שלום (עולם) 12 abc\u{202e}def\n".to_owned()),
        Just("\u{200b}\u{200d}\u{fe0f}\u{0}\u{feff}e\u{301}\u{301}\u{301}".to_owned()),
    ]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        words().prop_map(Inline::Text),
        words().prop_map(Inline::Code),
        Just(Inline::SoftBreak),
        Just(Inline::HardBreak),
        words().prop_map(|alt| Inline::Image { from: String::new(), title: String::new(), alt }),
    ];
    let nested = leaf.prop_recursive(3, 8, 3, |inner| {
        let inner = proptest::collection::vec(inner, 0..3);
        prop_oneof![
            inner.clone().prop_map(Inline::Emphasis),
            inner.clone().prop_map(Inline::Strong),
            inner.clone().prop_map(Inline::Strike),
            (
                prop_oneof![words(), Just("#a".to_owned()), words().prop_map(|w| format!("http:{w}"))],
                words(),
                inner
            )
                .prop_map(|(to, title, text)| Inline::Link { to, title, text }),
        ]
    });
    proptest::collection::vec(nested, 0..4)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(50.0), Just(100.0), any::<f64>(), Just(f64::NAN), Just(f64::INFINITY)]
}

fn charts() -> impl Strategy<Value = Block> {
    let value = prop_oneof![
        (number(), words()).prop_map(|(at, text)| ChartValue::Known { at, text }),
        (number(), number(), words()).prop_map(|(low, high, text)| ChartValue::Between { low, high, text }),
        words().prop_map(|text| ChartValue::Unknown { text }),
    ];
    let row = (words(), proptest::collection::vec(value, 0..5), words());
    let row = row.prop_map(|(label, values, note)| ChartRow { label, values, note });
    let zone = (words(), number()).prop_map(|(label, to)| Zone { label, to });
    (
        (words(), proptest::option::of((number(), number())), words()),
        proptest::sample::select(ChartKind::ALL.to_vec()),
        proptest::collection::vec(zone, 0..4),
        proptest::collection::vec(words(), 0..4),
        proptest::collection::vec(row, 0..5),
    )
        .prop_map(|((title, range, unit), kind, zones, columns, rows)| {
            Block::Chart(Chart { kind, title, range, unit, zones, columns, rows })
        })
}

fn tables() -> impl Strategy<Value = Block> {
    let aligned = prop_oneof![Just(Align::None), Just(Align::Left), Just(Align::Center), Just(Align::Right)];
    (proptest::collection::vec(aligned, 0..20), 0..5usize).prop_flat_map(|(align, rows)| {
        let row = || proptest::collection::vec(inlines(), align.len());
        let (head, rows) = (row(), proptest::collection::vec(row(), rows));
        (Just(align), head, rows).prop_map(|(align, head, rows)| Block::Table(Table { align, head, rows }))
    })
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let id = prop_oneof![Just("a".to_owned()), words()];
    let leaf = prop_oneof![
        3 => inlines().prop_map(Block::Paragraph),
        2 => (any::<u8>(), id, inlines()).prop_map(|(level, id, text)| Block::Heading { level, id, text }),
        1 => (words(), words()).prop_map(|(info, text)| Block::Code { info, text }),
        1 => charts(),
        1 => tables(),
        1 => Just(Block::Rule),
    ];
    let nested = leaf.prop_recursive(6, 24, 4, |inner| {
        let inner = proptest::collection::vec(inner, 0..3);
        let item = (proptest::option::of(any::<bool>()), inner.clone())
            .prop_map(|(task, blocks)| ListItem { task, blocks });
        prop_oneof![
            inner.clone().prop_map(Block::Quote),
            (0..5usize, inner)
                .prop_map(|(kind, blocks)| Block::Callout { kind: CalloutKind::ALL[kind], blocks }),
            (proptest::option::of(any::<u64>()), any::<bool>(), proptest::collection::vec(item, 0..4))
                .prop_map(|(start, tight, items)| Block::List(List { start, tight, items })),
        ]
    });
    proptest::collection::vec(nested, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_becomes_a_paper(
        blocks in blocks(),
        (title, language, other) in (words(), words(), proptest::option::of(words())),
        (cover, contents) in any::<(bool, bool)>(),
    ) {
        let meta = Meta {
            title,
            subtitle: other.clone(),
            subject: other.clone(),
            author: other.clone(),
            date: other.clone(),
            language,
            footer: other,
            cover,
            contents,
            page: Page::Paper,
            to: None,
        };
        let document = Document { meta, blocks, notes: Vec::new() };
        let started = std::time::Instant::now();
        let bytes = pdf::write(&document, &Theme::default()).expect("a PDF");
        prop_assert!(started.elapsed().as_secs() < 20);
        let reader = Reader::new(&bytes);
        prop_assert!(!reader.pages.is_empty());
        reader.structure();
        reader.outline();
        reader.links();
        // What a paper may fail in is what it does not claim then: a language that is none, or a character that no face has.
        let faults = pdf_ua::faults(&reader.pdf);
        let excused = |fault: &String| ["06-002", "11-006", "31-030", "06-003"].iter().any(|known| fault.starts_with(known));
        prop_assert!(faults.iter().all(excused), "{faults:#?}");
        let claimed = !faults.iter().any(|fault| fault.starts_with("06-002"));
        prop_assert!(!claimed || faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn a_very_long_word_takes_no_long_time() {
    let started = std::time::Instant::now();
    let reader = read(&document(vec![
        paragraph(&"x".repeat(100_000)),
        Block::Paragraph(vec![Inline::Strong(text(&"é".repeat(10_000)))]),
    ]));
    assert!(reader.pages.len() > 10);
    assert!(started.elapsed().as_secs() < 30);
}

#[test]
fn nothing_is_nested_too_deep() {
    let mut block = paragraph("The innermost words.");
    for _ in 0..1000 {
        block = bullets(vec![ListItem { task: None, blocks: vec![block, heading(4, "x", "A heading")] }]);
    }
    let reader = read(&document(vec![block]));
    assert!(reader.structure().text.contains("The innermost words."));
    assert_eq!(reader.outline().len(), 1000);
}
