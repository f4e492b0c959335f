//! The README says what the program does: its keys are those of the tables, its commands are those of `--help`.

use dateline::command::pane_keys::keys_markdown;

const BEGIN: &str = "<!-- keys: made from the table of commands, held by a test -->\n";
const END: &str = "<!-- /keys -->";

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README")
}

#[test]
fn the_keys_of_the_readme_are_those_of_the_tables() {
    let readme = readme();
    let listed = readme.split(BEGIN).nth(1).and_then(|rest| rest.split(END).next()).expect("the place of the keys");
    assert!(
        listed.trim() == keys_markdown().trim(),
        "README.md lists other keys than the program has. Put this between its marks:\n\n{}",
        keys_markdown()
    );
}

#[test]
fn pictures_and_files_that_the_readme_shows_are_there() {
    let readme = readme();
    let mut seen = 0;
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !target.contains("://") {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(target);
            assert!(path.exists(), "README.md points to {target}, which is not there");
            seen += 1;
        }
    }
    assert!(seen >= 2, "a picture and the description of the format");
}
