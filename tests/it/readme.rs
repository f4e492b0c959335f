//! The README says what the program does: its keys are those of the tables, its commands are those of `--help`.

use dateline::command::pane_keys::keys_markdown;
use dateline::filter::fields_markdown;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    std::fs::read_to_string(PATH).expect("the README")
}

/// Holds that what stands between two marks is what the program has. With `UPDATE_README=1` it is put there instead.
fn holds(name: &str, wanted: &str) {
    let readme = readme();
    let (before, rest) = readme.split_once(&format!("<!-- {name}: ")).expect("a first mark");
    let (mark, rest) = rest.split_once(" -->\n").expect("the end of the first mark");
    let (listed, after) = rest.split_once(&format!("<!-- /{name} -->")).expect("a last mark");
    if std::env::var_os("UPDATE_README").is_some() {
        let new = format!("{before}<!-- {name}: {mark} -->\n{}\n<!-- /{name} -->{after}", wanted.trim());
        std::fs::write(PATH, new).expect("a README that can be written");
        return;
    }
    assert!(
        listed.trim() == wanted.trim(),
        "README.md lists other {name} than the program has; `UPDATE_README=1 cargo test readme` puts them there"
    );
}

#[test]
fn the_lists_of_the_readme_are_those_of_the_tables() {
    holds("keys", &keys_markdown());
    holds("fields", &fields_markdown());
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
