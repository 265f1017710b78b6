#[test]
fn show() {
    let text = std::fs::read_to_string("/tmp/scratch/in.md").unwrap();
    let one = kitwright::markdown::read(&text);
    let w = kitwright::markdown::write(&one.document);
    println!(
        "{:?}\n{:?}\n-----\n{w}-----\n{:?}",
        one.problems,
        one.document.blocks,
        kitwright::markdown::read(&w).document.blocks
    );
}
