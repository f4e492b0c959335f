//! The format of project files, as it was released and as it is described.

use std::path::PathBuf;

use dateline::dataset;
use dateline::file::{self, v1};
use dateline::model::Quantity;

fn in_repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text_of(path: &str) -> String {
    std::fs::read_to_string(in_repository(path)).expect("the file is part of the repository")
}

const GOLDEN: &str = "tests/golden/format-1.ron";

#[test]
fn a_file_of_format_1_loads_and_is_saved_without_a_changed_byte() {
    let text = text_of(GOLDEN);
    let opened = file::read(&text, &|_| true).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(file::write(&opened.project), text);
    let told: Vec<String> = opened.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "only the article made for it holds hidden characters: {told:#?}");
    assert!(opened.findings.iter().all(|finding| finding.record == "article a-hidden"), "{told:#?}");
}

#[test]
fn the_golden_file_means_what_it_meant() {
    let project = file::read(&text_of(GOLDEN), &|_| true).expect("loads").project;
    let sizes = (project.articles.len(), project.claims.len(), project.notes.len(), project.events.len());
    assert_eq!(sizes, (6, 19, 4, 7));
    let claim = |id: &str| project.claims.get(id.parse().expect("an id")).expect("in the file").clone();
    assert_eq!(claim("c-hall").quantity, Quantity::AtLeast(3));
    assert_eq!(claim("c-doc").quantity, Quantity::Estimate { low: Some(3), best: Some(6), high: Some(12) });
    assert_eq!(claim("c-nobest").aside.as_deref(), Some("Superseded by the annual report"));
    let toll = project.events.get("e-toll".parse().expect("an id")).expect("in the file");
    assert_eq!(toll.when.expect("dated").describe(), "some time from 14 to 17 September 2022");
    assert_eq!(project.methodology.words.meaning("several").and_then(|word| word.high), Some(9));
    assert!(!project.methodology.count_attackers);
    let event = |id: &str| project.events.get(id.parse().expect("an id")).expect("in the file").clone();
    let (row, changed) = (event("e-row"), event("e-changed"));
    assert_eq!((&*row.location.name, &*row.kind, &*row.side_b), ("Marlow Ford", "shelling", "River; Front"));
    assert_eq!(row.when.expect("dated").to_string(), "2022-09-14");
    assert_eq!((changed.location.point, &*changed.side_b, &*changed.title), (None, "", "The mill"));
    assert_eq!(claim("e-row.a").quantity, Quantity::AtLeast(3));
    let unknown = dataset::claim(&project, "e-changed.a".parse().expect("an id")).expect("the row states it");
    assert_eq!(unknown.quantity, Quantity::Unknown);
}

/// The names of the fields of a struct, as its reader knows them.
fn fields<'t, T: serde::Deserialize<'t>>() -> &'static [&'static str] {
    match ron::from_str::<T>("(no_such_field: 1)").map_err(|error| error.code) {
        Err(ron::Error::NoSuchStructField { expected, .. }) => expected,
        _ => panic!("a struct that refuses unknown fields"),
    }
}

fn all_fields() -> Vec<&'static str> {
    [
        fields::<v1::File<'_>>(),
        fields::<v1::About<'_>>(),
        fields::<v1::Codebook<'_>>(),
        fields::<v1::Term<'_>>(),
        fields::<v1::OwnColumn<'_>>(),
        fields::<v1::Milestone<'_>>(),
        fields::<v1::Coverage<'_>>(),
        fields::<v1::Release<'_>>(),
        fields::<v1::ReleasedTotal<'_>>(),
        fields::<v1::Methodology<'_>>(),
        fields::<v1::MeasureMethod<'_>>(),
        fields::<v1::Word<'_>>(),
        fields::<v1::View<'_>>(),
        fields::<v1::ViewColumn<'_>>(),
        fields::<v1::ViewSort<'_>>(),
        fields::<v1::Dataset<'_>>(),
        fields::<v1::Mapping<'_>>(),
        fields::<v1::RowClaim<'_>>(),
        fields::<v1::Article<'_>>(),
        fields::<v1::SourceFile<'_>>(),
        fields::<v1::Claim<'_>>(),
        fields::<v1::Quote<'_>>(),
        fields::<v1::Note<'_>>(),
        fields::<v1::Event<'_>>(),
        fields::<v1::ByHand<'_>>(),
        fields::<v1::LogEntry<'_>>(),
    ]
    .concat()
}

#[test]
fn the_golden_file_has_one_of_every_field() {
    let text = text_of(GOLDEN);
    let missing: Vec<_> = all_fields().into_iter().filter(|name| !text.contains(&format!("{name}:"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn format_md_names_every_field() {
    let text = text_of("FORMAT.md");
    let missing: Vec<_> = all_fields().into_iter().filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_examples_of_format_md_open_without_a_finding() {
    let text = text_of("FORMAT.md");
    let examples: Vec<&str> = text.split("```ron\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 2, "the least and the small example");
    for example in &examples {
        let opened = file::read(example, &|_| true).unwrap_or_else(|error| panic!("{error}\n{example}"));
        assert_eq!(opened.findings, []);
    }
    let small = file::read(examples[1], &|_| true).expect("opened above").project;
    assert_eq!(file::write(&small), examples[1], "the second one is laid out as Dateline does it");
}

#[test]
fn a_quote_by_hand_needs_no_surroundings() {
    let text = "(format: 1, project: (), articles: [(id: \"a\", text: \"at least three dead\")], claims: [(id: \"c\", \
                event: \"e\", measure: \"killed\", quantity: \"3+\", quotes: [(in: \"a\", at: (9, 14), exact: \"three\")])], \
                events: [(id: \"e\")])";
    let opened = file::read(text, &|_| true).expect("good");
    assert_eq!(opened.findings, []);
    let claim = opened.project.claims.iter().next().expect("one claim");
    assert_eq!((&*claim.quotes[0].before, &*claim.quotes[0].after), ("at least ", " dead"));
}
