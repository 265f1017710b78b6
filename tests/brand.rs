//! Brands from the command line: where they are found, what they change, and what is told of them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Exit code, and what was said.
fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn build(folder: &Path, more: &[&str]) -> (i32, String) {
    let answers = format!("{ROOT}/examples/northwind.yaml");
    run(folder, &[&["build", &answers, "--quiet", "--document", "playbook"], more].concat())
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("output/northwind/playbook.html")).unwrap()
}

#[test]
fn the_named_brand_goes_before_the_workspaces_own() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("templates")).unwrap();
    fs::create_dir_all(path("acme")).unwrap();
    fs::write(path("templates/brand.yaml"), "colors: { accent: \"#00529b\" }\nfooter: Ours\n").unwrap();
    fs::write(path("acme/brand.yaml"), "look: bold\npaper: letter\ncolors: { accent: \"#7a0019\" }\n")
        .unwrap();
    assert_eq!(build(folder.path(), &["--format", "html"]).0, 0);
    assert!(page(folder.path()).contains("--cover: #00529b;"));
    assert_eq!(build(folder.path(), &["--format", "html,pdf", "--brand", "acme/brand.yaml"]).0, 0);
    let html = page(folder.path());
    assert!(html.contains("--cover: #7a0019;") && html.contains("The bold look"));
    let pdf = fs::read(path("output/northwind/playbook.pdf")).unwrap();
    let sheet = lopdf::Document::load_mem(&pdf).unwrap();
    let first = sheet.page_iter().next().unwrap();
    let edges = sheet.get_dictionary(first).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
    assert_eq!(edges[2].as_float().unwrap(), 612.0);
    assert_eq!(edges[3].as_float().unwrap(), 792.0);
}

#[test]
fn a_clients_folder_overrides_single_pieces() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(folder.path(), &["new", "shop"]).0, 0);
    let shop = folder.path().join("shop");
    fs::create_dir_all(shop.join("acme")).unwrap();
    fs::write(shop.join("acme/theme.css"), "/* acme */\n").unwrap();
    fs::write(shop.join("templates/page.html"), "<!-- ours -->{{ style }}{{ body }}").unwrap();
    assert_eq!(build(&shop, &["--format", "html", "--templates", "acme"]).0, 0);
    let html = page(&shop);
    assert!(html.starts_with("<!-- ours -->/* acme */"), "{}", &html[..80]);
}

#[test]
fn a_changed_brand_makes_papers_anew() {
    let folder = TempDir::new().unwrap();
    let brand = folder.path().join("brand.yaml");
    fs::write(&brand, "look: calm\n").unwrap();
    let cohort = format!("{ROOT}/examples/cohort.csv");
    let args = ["build", &cohort, "--resume", "--format", "html", "--brand", "brand.yaml", "--quiet"];
    let first = |folder: &Path| {
        assert_eq!(run(folder, &args).0, 0);
        let entry = fs::read_dir(folder.join("output"))
            .unwrap()
            .map(|entry| entry.unwrap().path().join("playbook.html"))
            .find(|path| path.exists());
        fs::read_to_string(entry.unwrap()).unwrap()
    };
    let calm = first(folder.path());
    fs::write(&brand, "look: bold\n").unwrap();
    assert_ne!(first(folder.path()), calm);
}

#[test]
fn files_that_are_missing_or_huge_are_told() {
    let folder = TempDir::new().unwrap();
    let brand = folder.path().join("brand.yaml");
    fs::write(&brand, "logo: logo.png\nfonts: { headings: huge.ttf }\n").unwrap();
    let huge = fs::File::create(folder.path().join("huge.ttf")).unwrap();
    huge.set_len(17 * 1024 * 1024).unwrap();
    let (code, said) = build(folder.path(), &["--brand", "brand.yaml"]);
    assert_eq!(code, 2);
    assert_eq!(
        said,
        "\
error[K801]: there is no file `logo.png`
 --> brand.yaml:1:7
  |
1 | logo: logo.png
  |       ^^^^^^^^
  |
  = help: paths are written from the brand file's own folder

error[K801]: `huge.ttf` is larger than 16 MB
 --> brand.yaml:2:20
  |
2 | fonts: { headings: huge.ttf }
  |                    ^^^^^^^^
  |
  = help: name a smaller file

2 errors
"
    );
    assert!(!folder.path().join("output").exists());
}

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='20'><rect width='80' height='20' fill='#7a0019'/></svg>";

#[test]
fn the_logo_stands_on_every_paper_and_is_named_for_those_who_cannot_see_it() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("logo.svg"), LOGO).unwrap();
    fs::write(folder.path().join("brand.yaml"), "name: Example Academy\nlogo: logo.svg\n").unwrap();
    let (code, said) = build(folder.path(), &["--brand", "brand.yaml", "--format", "html,pdf"]);
    assert_eq!(code, 0, "{said}");
    let html = page(folder.path());
    assert!(html.contains("<p class=\"logo\"><img src=\"data:image/svg+xml;base64,"), "{}", &html[..400]);
    assert!(html.contains("alt=\"Example Academy\""));
    let pdf =
        lopdf::Document::load_mem(&fs::read(folder.path().join("output/northwind/playbook.pdf")).unwrap())
            .unwrap();
    let figure = pdf.objects.values().filter_map(|object| object.as_dict().ok()).any(|entry| {
        entry.get(b"S").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Figure"))
            && entry.get(b"Alt").is_ok_and(|alt| alt.as_str().is_ok_and(|alt| alt == b"Example Academy"))
    });
    assert!(figure);
    // It is drawn on the cover and at the head of each of the other pages, and written once.
    let shown = pdf.page_iter().filter(|page| {
        let content = String::from_utf8_lossy(&pdf.get_page_content(*page)).into_owned();
        content.contains("/P0 Do")
    });
    assert_eq!(shown.count(), pdf.page_iter().count());
}

#[test]
fn a_document_that_is_rendered_again_keeps_the_logo() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("logo.svg"), LOGO).unwrap();
    fs::write(folder.path().join("brand.yaml"), "logo: logo.svg\n").unwrap();
    fs::write(folder.path().join("a.md"), "---\ntitle: A\ncover: true\n---\n\nText.\n").unwrap();
    assert_eq!(run(folder.path(), &["render", "a.md", "--format", "html", "--brand", "brand.yaml"]).0, 0);
    let html = fs::read_to_string(folder.path().join("a.html")).unwrap();
    assert!(html.contains("<p class=\"logo\"><img src=\"data:image/svg+xml;base64,"));
}

#[test]
fn a_logo_that_cannot_be_shown_is_told() {
    let folder = TempDir::new().unwrap();
    let drawn = LOGO.replace("<rect", "<text y='10'>A</text><rect");
    fs::write(folder.path().join("logo.svg"), drawn).unwrap();
    fs::write(folder.path().join("logo.png"), "no picture").unwrap();
    fs::write(folder.path().join("brand.yaml"), "logo: logo.png\n").unwrap();
    let (code, said) = build(folder.path(), &["--brand", "brand.yaml"]);
    assert_eq!(code, 2);
    assert!(
        said.starts_with("error[K801]: the logo `logo.png` cannot be shown: it is no PNG, JPEG or SVG\n"),
        "{said}"
    );
    fs::write(folder.path().join("brand.yaml"), "logo: logo.svg\n").unwrap();
    let answers = format!("{ROOT}/examples/northwind.yaml");
    let (code, said) = run(folder.path(), &["build", &answers, "--brand", "brand.yaml"]);
    assert_eq!(code, 0);
    assert!(said.starts_with("warning[K801]: the logo `logo.svg` is not drawn whole in PDF\n"), "{said}");
}
