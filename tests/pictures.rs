//! Pictures: what is shown, how large, with which words, and what is refused.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;

use kitwright::markdown::read;
use kitwright::render::picture::{LOGO, NO_PICTURES, Picture, Pictures, unshown};
use kitwright::render::{Look, html, pdf};
use kitwright::theme::{Cover, Theme};
use lopdf::{Dictionary, Object};
use pdf_reader::Reader;

const FILES: [(&str, &[u8]); 7] = [
    ("alpha.png", include_bytes!("data/pictures/alpha.png")),
    ("palette.png", include_bytes!("data/pictures/palette.png")),
    ("sixteen.png", include_bytes!("data/pictures/sixteen.png")),
    ("photo.jpg", include_bytes!("data/pictures/photo.jpg")),
    ("turned.jpg", include_bytes!("data/pictures/turned.jpg")),
    ("inks.jpg", include_bytes!("data/pictures/inks.jpg")),
    ("logo.svg", include_bytes!("data/pictures/logo.svg")),
];

fn pictures() -> Pictures {
    let mut pictures = Pictures::default();
    FILES.iter().for_each(|(name, bytes)| pictures.add(name, Ok(bytes.to_vec())));
    pictures
}

fn page(text: &str) -> String {
    let (theme, pictures) = (Theme::default(), pictures());
    let look = Look::new("{{ body }}", "", &theme, &pictures);
    html::write(&read(text).document, &look).expect("a page")
}

fn paper(text: &str) -> Reader {
    let bytes = pdf::write_with(&read(text).document, &Theme::default(), &pictures()).expect("a PDF");
    Reader::new(&bytes)
}

/// The streams of a kind in the file.
fn streams<'a>(reader: &'a Reader, subtype: &str) -> Vec<&'a Dictionary> {
    let of_kind =
        |dict: &&Dictionary| dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(subtype.as_bytes());
    let dicts = reader.pdf.objects.values().filter_map(|object| object.as_stream().ok());
    dicts.map(|stream| &stream.dict).filter(of_kind).collect()
}

fn svg(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\">{inside}</svg>")
        .into_bytes()
}

fn refused(bytes: Vec<u8>) -> String {
    Picture::read(bytes).map(|_| ()).expect_err("it is refused")
}

#[test]
fn a_picture_has_its_natural_size() {
    let sizes = FILES.map(|(name, bytes)| {
        let picture = Picture::read(bytes.to_vec()).expect(name);
        (picture.width, picture.height)
    });
    let expected = [(120, 80), (8, 8), (8, 8), (1200, 300), (75, 300), (16, 16), (200, 100)];
    assert_eq!(sizes, expected.map(|(width, height)| (width as f32, height as f32)));
}

#[test]
fn a_page_holds_its_pictures_itself() {
    let page = page("![An oval](alpha.png \"Its title\")\n\nA ![dot & \"more\"](./palette.png) in words\n");
    assert!(
        page.starts_with("<figure class=\"picture-figure\"><img src=\"data:image/png;base64,iVBOR"),
        "{page}"
    );
    assert!(page.contains(
        " alt=\"An oval\" width=\"120\" height=\"80\"><figcaption>Its title</figcaption></figure>"
    ));
    assert!(
        page.contains(" alt=\"dot &amp; &quot;more&quot;\" width=\"8\" height=\"8\"> in words</p>"),
        "{page}"
    );
}

#[test]
fn words_stand_for_what_cannot_be_shown() {
    let text = "![No such](no.png) and ![logo](logo.svg)\n";
    let document = read(text).document;
    let page = page("![No such](no.png)\n\n![](no.png)\n");
    assert_eq!(page, "<p><em class=\"picture\">No such</em></p>\n<p></p>");
    assert_eq!(paper(text).page_text(0), "No such and ");
    let messages: Vec<String> =
        unshown(&document, &pictures()).into_iter().map(|picture| picture.message).collect();
    assert_eq!(messages, ["the picture `no.png` is not shown: there is no such file"]);
    assert_eq!(unshown(&document, &NO_PICTURES).len(), 2);
}

#[test]
fn what_an_svg_lacks_on_paper_is_told() {
    let mut pictures = Pictures::default();
    let inside = "<text>a</text><image href=\"file:///etc/passwd\"/><filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter>\
                  <rect width=\"5\" height=\"5\" filter=\"url(#f)\"/>";
    pictures.add("a.svg", Ok(svg(inside)));
    let told = unshown(&read("![a](a.svg)\n").document, &pictures);
    assert_eq!(told[0].message, "the picture `a.svg` lacks in the PDF: a filter, a picture in it, text");
}

#[test]
fn a_picture_alone_is_a_figure_with_its_title_below() {
    let reader = paper(
        "![A bar](photo.jpg \"As wide as the column\")\n\nWords ![an oval](alpha.png) ![](palette.png)\n",
    );
    let structure = reader.structure();
    let figures = structure.all("Figure");
    assert_eq!(figures[0].alternative.as_deref(), Some("A bar"));
    assert_eq!(figures[0].kinds(), ["Caption"]);
    assert_eq!(figures[0].text, "As wide as the column");
    assert_eq!(figures[0].attributes["Placement"], "Block");
    assert_eq!(figures[1].alternative.as_deref(), Some("an oval"));
    assert_eq!(figures[1].attributes["Placement"], "Inline");
    // A picture without words is decoration.
    assert_eq!(figures.len(), 2);
    assert_eq!(structure.all("P")[0].kinds(), ["Figure"]);
}

#[test]
fn pictures_are_written_once_and_as_they_are() {
    let reader = paper("![a](photo.jpg)\n\n![b](photo.jpg) ![c](alpha.png) ![d](inks.jpg) ![e](logo.svg)\n");
    let images = streams(&reader, "Image");
    let has = |key: &str| images.iter().filter(|image| image.has(key.as_bytes())).count();
    // The two photographs as one, and what shines through apart.
    assert_eq!((images.len(), has("SMask"), has("Decode")), (4, 1, 1));
    let jpeg = reader.pdf.objects.values().filter_map(|object| object.as_stream().ok());
    assert!(jpeg.into_iter().any(|stream| stream.content == include_bytes!("data/pictures/photo.jpg")));
    assert_eq!(streams(&reader, "Form").len(), 1);
}

#[test]
fn broken_pictures_and_bombs_are_refused() {
    let png = |width: u32, height: u32| {
        let mut bytes = include_bytes!("data/pictures/palette.png").to_vec();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        bytes
    };
    assert!(refused(png(1, 2)).starts_with("it is a broken PNG: "));
    assert!(
        refused(include_bytes!("data/pictures/alpha.png")[..200].to_vec())
            .starts_with("it is a broken PNG: ")
    );
    assert_eq!(refused(include_bytes!("data/pictures/photo.jpg")[..300].to_vec()), "it is a broken JPEG");
    assert_eq!(refused(vec![0; 9 << 20]), "it is larger than 8 MB");
    assert_eq!(refused(b"GIF89a".to_vec()), "it is no PNG, JPEG or SVG");
    assert!(refused(svg("<g>")).starts_with("it is a broken SVG: "));
    assert_eq!(refused(svg(&"<g>".repeat(100_000))), "it is an SVG of more than 128 levels");
    let doubled: String = (1..40)
        .map(|level| {
            let before = level - 1;
            format!("<g id=\"a{level}\"><use href=\"#a{before}\"/><use href=\"#a{before}\"/></g>")
        })
        .collect();
    assert_eq!(
        refused(svg(&format!("<g id=\"a0\"><rect/></g>{doubled}"))),
        "it is an SVG of more than 50000 elements"
    );
    let entity = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let bomb = format!(
        "{entity}<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{}</text></svg>",
        "&b;".repeat(200_000)
    );
    let _ = Picture::read(bomb.into_bytes());
}

#[test]
fn any_bytes_are_read_or_refused() {
    for (_, bytes) in FILES {
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut broken = bytes.to_vec();
            broken[at] ^= 0xff;
            let _ = Picture::read(broken);
            let _ = Picture::read(bytes[..at].to_vec());
        }
    }
}

#[test]
fn a_covers_title_begins_below_the_logo_and_its_plate_at_the_text() {
    let mut pictures = Pictures::default();
    let logo = svg("<rect width='10' height='10'/>").to_vec();
    let logo = String::from_utf8(logo).unwrap().replacen(
        "width=\"10\" height=\"10\"",
        "width=\"240\" height=\"64\"",
        1,
    );
    pictures.add(LOGO, Ok(logo.into_bytes()));
    let title = "Plugging the leaks in three regions and their long-winded sales processes";
    for cover in [Cover::Field, Cover::Plain, Cover::Full] {
        for (page, scale) in [("slides", 2.0), ("paper", 1.0)] {
            let text = format!(
                "---\ntitle: {title}\nsubtitle: S\nsubject: A\nauthor: B\ndate: C\npage: {page}\ncover: true\n---\n\n## D\n"
            );
            let document = read(&text.replace("page: paper\n", "")).document;
            let theme = Theme { cover, ..Theme::default() };
            let bytes = pdf::write_with(&document, &theme, &pictures).expect("a PDF");
            let reader = Reader::new(&bytes);
            let structure = reader.structure();
            let figure = structure.all("Figure")[0];
            let edges = figure.attributes["BBox"].split(|c: char| !c.is_ascii_digit() && c != '.');
            let edges: Vec<f32> =
                edges.filter_map(|edge| edge.parse().ok()).map(|edge: f32| edge / scale).collect();
            let shown = |words: &str| {
                let shown = reader.pages[0].iter().find(|shown| shown.text.contains(words));
                shown.unwrap_or_else(|| panic!("{words} on {cover:?}, {page}"))
            };
            let title = shown("Plugging");
            assert!(title.y + title.size < edges[1], "{cover:?}, {page}: {title:?} {edges:?}");
            // The logo, or the plate around it, begins where the text does.
            let plate = if cover == Cover::Plain {
                0.0
            } else if page == "slides" {
                5.0
            } else {
                10.0
            };
            assert!((edges[0] - plate - title.x).abs() < 0.1, "{cover:?}, {page}: {title:?} {edges:?}");
            for fact in ["A", "B", "C"] {
                shown(fact);
            }
        }
    }
}
