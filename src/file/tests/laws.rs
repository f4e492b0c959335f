//! What must hold for every project and every text.

use proptest::prelude::*;

use super::projects::project;
use crate::file::text::is_hidden;
use crate::file::{FileError, Opened, read, v1, write};
use crate::model::Project;

fn open(text: &str) -> Result<Opened, FileError> {
    read(text, &|_| true)
}

#[test]
fn an_empty_project_is_written_and_read() {
    let text = write(&Project::default());
    assert_eq!(open(&text).expect("opens").project, Project::default(), "{text}");
}

#[test]
fn reading_can_be_cancelled() {
    let text = "(format: 1, project: (), events: [(id:\"e\")])";
    assert_eq!(read(text, &|_| false), Err(FileError::Cancelled));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_written_reads_back_and_is_written_the_same(project in project()) {
        let text = write(&project);
        let opened = open(&text);
        prop_assert!(opened.is_ok(), "{:?}\n{}", opened, text);
        let read = opened.unwrap().project;
        prop_assert_eq!(&read, &project, "{}", text);
        prop_assert_eq!(write(&read), text);
    }

    #[test]
    fn the_fast_way_reads_what_ron_reads_from_the_whole(
        project in project(), escape in any::<bool>(), enumerate in any::<bool>(), tuples in any::<bool>(), depth in 0..8_usize,
    ) {
        let canonical = write(&project);
        let layout = ron::ser::PrettyConfig::new()
            .new_line("\n").indentor("\t").depth_limit(depth).escape_strings(escape).enumerate_arrays(enumerate)
            .separate_tuple_members(tuples).struct_names(tuples);
        let by_hand = ron::ser::to_string_pretty(&v1::file_of(&project), layout).unwrap();
        // Raw carriage returns are the one thing that reading mends.
        let by_hand = by_hand.replace('\r', " ");
        for text in [canonical, by_hand] {
            let fast = open(&text);
            prop_assert!(fast.is_ok(), "{}\n{}", fast.unwrap_err(), text);
            prop_assert_eq!(fast.unwrap().project, v1::open_whole(&text).unwrap());
        }
    }

    #[test]
    fn nothing_hidden_stands_raw_in_a_file(project in project()) {
        let text = write(&project);
        let hidden = text.chars().find(|c| (is_hidden(*c) || c.is_control()) && !matches!(c, '\n' | '\t'));
        prop_assert_eq!(hidden, None, "{:?}", text);
    }

    #[test]
    fn a_cut_or_damaged_file_opens_or_says_where_it_is_wrong(
        project in project(), cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        put in prop::sample::select(vec!["", "\"", "(", "]", ",", "\\", "'", "r#\"", "/*", "é", "0", "-", ":"]), cuts in any::<bool>(),
    ) {
        let mut text = write(&project);
        let at = text.floor_char_boundary(at.index(text.len()));
        if put.is_empty() {
            text.remove(at);
        } else {
            text.insert_str(at, put);
        }
        if cuts {
            text.truncate(text.floor_char_boundary(cut.index(text.len())));
        }
        match open(&text) {
            Ok(opened) => {
                let again = open(&write(&opened.project));
                prop_assert!(again.is_ok(), "{}", again.unwrap_err());
            }
            Err(error) => {
                let problems = error.problems();
                let newer = matches!(error, FileError::Newer { .. });
                prop_assert!(newer || !problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.position.line <= text.lines().count().max(1), "{}\n{}", problem, text);
                }
            }
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC*") {
        let _ = open(&text);
    }
}

#[test]
fn views_are_written_only_where_there_are_some_and_keep_columns_that_are_not_there() {
    let without = write(&Project::titled("Test"));
    assert!(!without.contains("views"), "{without}");
    let text = "(format: 1, project: (), views: [\n(name: \"Osh\", columns: [(id: \"gone\", width: 90), (id: \"place\")], \
                frozen: 1, filter: \"place=Osh\", sort: [(column: \"when\", descending: true)], group: \"country\"),\n\
                (name: \"Osh\"),\n])";
    let opened = open(text).expect("opens");
    assert_eq!(&*opened.project.views[0].columns[0].id, "gone");
    let told: Vec<String> = opened.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Another view has this name") && told[0].contains('3'), "{told:?}");
    let again = open(&write(&opened.project)).expect("opens");
    assert_eq!(again.project, opened.project);
    let nameless = open("(format: 1, project: (), views: [(name: \" \")])").expect_err("refused");
    assert!(nameless.problems()[0].to_string().contains("A view needs a name"));
}

#[test]
fn columns_of_the_analysts_own_stand_on_lines_of_their_own() {
    use crate::model::{OwnColumn, OwnKind};
    let mut project = Project::titled("Lines");
    let column = |id: &str, kind| OwnColumn {
        id: id.parse().expect("an id"),
        title: "a, [b] (c".into(),
        meaning: "".into(),
        kind,
    };
    let about = std::sync::Arc::make_mut(&mut project.about);
    about.codebook.columns = vec![column("ward", OwnKind::Text), column("beds", OwnKind::Quantity)];
    let text = crate::file::write(&project);
    for id in ["ward", "beds"] {
        let line = text.lines().find(|line| line.contains(id)).expect("a line");
        assert!(line.starts_with("        (") && line.ends_with("),"), "{line}");
    }
    assert_eq!(crate::file::read(&text, &|_| true).expect("a project").project, project);
}
