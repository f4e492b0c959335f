//! Articles as their users meet them: texts in, described, compared. Files are made here, in words of our own.

use std::io::Write as _;
use std::path::Path;

use dateline::app::App;
use dateline::model::{Article, Known, Project};
use dateline::platform::Answer;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::workbench;

fn run(harness: &mut Harness<'_, App>) {
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    run(harness);
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    run(harness);
}

fn says(harness: &Harness<'_, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

fn project(harness: &Harness<'_, App>) -> Project {
    harness.state().project().expect("a project is open").clone()
}

fn by_headline<'p>(project: &'p Project, headline: &str) -> &'p Article {
    project.articles.iter().find(|article| &*article.headline == headline).unwrap_or_else(|| panic!("{headline}"))
}

/// A command of the palette.
fn command(harness: &mut Harness<'_, App>, name: &str) {
    press(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Search or command").type_text(name);
    run(harness);
    press(harness, Modifiers::NONE, Key::Enter);
}

const MAIL: &str = "From: River Gazette <desk@gazette.example>\nSubject: Bridge closed\nDate: Mon, 5 May 2031 07:30:00 +0200\n\
    Message-ID: <1@gazette.example>\n\nThe bridge was closed, the council said.\n";

fn docx(text: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    let xml = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    writer.write_all(xml.as_bytes()).expect("written");
    writer.finish().expect("a zip file").into_inner()
}

/// A PDF document without a table of its objects, which readers then make themselves.
fn pdf(drawing: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> \
         endobj\n4 0 obj << /Length {} >> stream\n{drawing}\nendstream endobj\n5 0 obj << /Type /Font /Subtype /Type1 /BaseFont \
         /Helvetica /Encoding /WinAnsiEncoding >> endobj\ntrailer << /Size 6 /Root 1 0 R >>\n",
        drawing.len()
    )
    .into_bytes()
}

fn folder_of_texts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("writable");
    std::fs::create_dir(folder.path().join("later")).expect("writable");
    put(
        "1 quay.txt",
        b"Quay flooded\nBy A. Reporter\n\nPORT TOWN, 5 May 2031 (HARBOUR NEWS) - Two boats sank at the quay.",
    );
    put("2 bridge.eml", MAIL.as_bytes());
    put("3 road.docx", &docx("A road was closed after the flood, the district said."));
    put("4 ferry.pdf", &pdf("BT /F1 11 Tf 50 700 Td (The ferry does not run.) Tj ET"));
    put("5 scan.pdf", &pdf("0 0 100 100 re f"));
    put("6 table.xyz", b"1;2;3");
    put(
        "later/7 again.txt",
        b"Quay flooded\nBy A. Reporter\n\nPORT TOWN, 5 May 2031 (HARBOUR NEWS) - Two boats sank at the quay.",
    );
    put(
        "later/8 cyrillic.txt",
        b"\xcc\xee\xf1\xf2 \xe7\xe0\xea\xf0\xfb\xf2 \xe8\xe7-\xe7\xe0 \xed\xe0\xe2\xee\xe4\xed\xe5\xed\xe8\xff",
    );
    folder
}

fn with_folder(folder: &Path) -> Harness<'static, App> {
    let mut harness = workbench(None, [Answer::Chosen(vec![folder.to_owned()])]);
    command(&mut harness, "Add folder of articles");
    harness
}

#[test]
fn a_folder_goes_in_as_one_step_and_what_did_not_is_listed() {
    let folder = folder_of_texts();
    let mut harness = workbench(None, [Answer::Chosen(vec![folder.path().to_owned()])]);
    let before = project(&harness);
    command(&mut harness, "Add folder of articles");
    let now = project(&harness);
    assert_eq!(now.articles.len(), before.articles.len() + 5);
    assert!(says(&harness, "5 texts taken in, 2 not, 1 here already"));
    assert!(says(&harness, "5 scan.pdf: there is no text in it; it seems to be a scan"));
    assert!(says(&harness, "6 table.xyz: files ending in .xyz are not read"));
    assert!(says(&harness, "later/7 again.txt is here already as “Quay flooded”"));
    assert!(says(&harness, "later/8 cyrillic.txt: Read as windows-1251, guessed from its letters"));
    let order: Vec<String> =
        now.articles.iter().skip(before.articles.len()).map(|a| a.text.chars().take(9).collect()).collect();
    assert_eq!(
        order,
        ["Quay floo", "The bridg", "A road wa", "The ferry", "Мост закр"],
        "by name, folder after folder"
    );
    assert!(now.log.last().expect("a line").what.contains("Took in 5 texts"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before, "one step of undo");
    click(&mut harness, "Close report");
    assert!(!says(&harness, "6 table.xyz"));
}

#[test]
fn what_a_text_says_of_itself_comes_as_guesses() {
    let folder = folder_of_texts();
    let harness = with_folder(folder.path());
    let project = project(&harness);
    let quay = by_headline(&project, "Quay flooded");
    assert_eq!((&*quay.agency, &*quay.byline), ("HARBOUR NEWS", "A. Reporter"));
    assert!(quay.is_guess(Known::Published) && quay.is_guess(Known::Agency) && quay.is_guess(Known::Headline));
    let bridge = by_headline(&project, "Bridge closed");
    assert_eq!(bridge.published.map(|moment| moment.to_string()).as_deref(), Some("2031-05-05T07:30+02:00"));
    assert_eq!(bridge.file.as_ref().map(|file| file.sha256.len()), Some(64));
    assert_eq!(bridge.retrieved, None, "nothing in the file says when it was fetched");
}

#[test]
fn a_dropped_folder_is_taken_in_like_a_chosen_one() {
    let folder = folder_of_texts();
    let mut harness = workbench(None, []);
    let before = project(&harness).articles.len();
    crate::app::drop_on(&mut harness, folder.path());
    assert_eq!(project(&harness).articles.len(), before + 5);
}
