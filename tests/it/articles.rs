//! Articles as their users meet them: texts in, described, compared. Files are made here, in words of our own.

use std::io::Write as _;
use std::path::Path;

use dateline::app::App;
use dateline::model::{Article, Known, Project};
use dateline::platform::Answer;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{click, press, project, run, says, workbench};

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

/// A project of two articles with two claims on the first, opened from a file.
fn small(folder: &Path, answers: impl IntoIterator<Item = Answer>) -> Harness<'static, App> {
    workbench(Some(&small_file(folder)), answers)
}

fn small_file(folder: &Path) -> std::path::PathBuf {
    use dateline::model::{Claim, Class, Event, Measure, Quantity, Quote};
    let mut project = Project::titled("Harbour");
    let text = "Two boats sank and 3 people were hurt at the quay of the harbour district, the council said on Monday \
        evening after the water had gone.";
    let mut article = Article::new("a-quay".parse().expect("id"), "Quay flooded", text);
    article.publisher = "River Gazette".into();
    project.articles.push(article).expect("free");
    project
        .articles
        .push(Article::new("a-road".parse().expect("id"), "Road closed", "A road was closed."))
        .expect("free");
    let mut event = Event::new("e-quay".parse().expect("id"));
    event.title = "Flood at the quay".into();
    project.events.push(event).expect("free");
    for words in ["Two boats", "3 people were hurt"] {
        let event = "e-quay".parse().expect("id");
        let mut claim = Claim::new(event, Measure::Injured, Class::TOTAL, Quantity::Exactly(3));
        let at = text.find(words).expect("it stands there");
        claim.quotes.extend(Quote::of("a-quay".parse().expect("id"), text, at, at + words.len()));
        project.claims.push(claim).expect("free");
    }
    let path = folder.join("harbour.ron");
    std::fs::write(&path, dateline::file::write(&project)).expect("writable");
    path
}

fn article(harness: &Harness<'_, App>, id: &str) -> Article {
    let project = project(harness);
    (**project.articles.get(id.parse().expect("id")).expect("it is there")).clone()
}

/// Pastes a text into the dialog that a command opens.
fn paste(harness: &mut Harness<'_, App>, text: &str) {
    harness.get_by_label("Text").type_text(text);
    run(harness);
    click(harness, "Add article");
}

#[test]
fn guesses_are_shown_as_such_and_confirmed_one_by_one_or_all_at_once() {
    let folder = folder_of_texts();
    let mut harness = with_folder(folder.path());
    click(&mut harness, "Close report");
    let guesses = |harness: &Harness<'_, App>| by_headline(&project(harness), "Quay flooded").guesses.len();
    let first = guesses(&harness);
    assert!(first >= 4);
    assert!(says(&harness, "5 May 2031 (guess)"), "the day stands in the header, with its doubt");
    click(&mut harness, &format!("{first} guesses"));
    harness.get_by_label("Agency (guess)");
    click(&mut harness, "Confirm agency");
    assert_eq!(guesses(&harness), first - 1);
    harness.get_by_label("Agency");
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Byline (guess)");
    field.focus();
    run(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(guesses(&harness), first - 2, "Enter in the field confirms it");
    click(&mut harness, "Confirm all");
    assert_eq!(guesses(&harness), 0);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(guesses(&harness), first - 2, "one step of undo");
    command(&mut harness, "Confirm guesses");
    assert_eq!(guesses(&harness), 0);
}

#[test]
fn a_field_that_a_person_writes_is_no_guess_and_a_wrong_time_says_why() {
    let folder = folder_of_texts();
    let mut harness = with_folder(folder.path());
    click(&mut harness, "Details");
    let write = |harness: &mut Harness<'_, App>, label: &str, text: &str| {
        harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).focus();
        run(harness);
        press(harness, Modifiers::COMMAND, Key::A);
        harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).type_text(text);
        run(harness);
        press(harness, Modifiers::NONE, Key::Enter);
    };
    write(&mut harness, "Published (guess)", "May");
    assert!(says(&harness, "2022-09-16"), "how a moment is written");
    write(&mut harness, "Published (guess)", "2031-05-06T08:00Z");
    write(&mut harness, "Tags, with commas between", "flood, quay");
    let project = project(&harness);
    let quay = by_headline(&project, "Quay flooded");
    assert_eq!(quay.published.map(|moment| moment.to_string()).as_deref(), Some("2031-05-06T08:00Z"));
    assert!(!quay.is_guess(Known::Published));
    assert_eq!(quay.tags.iter().map(|tag| &**tag).collect::<Vec<_>>(), ["flood", "quay"]);
    let sum = &quay.file.as_ref().expect("a file").sha256;
    assert!(says(&harness, &format!("SHA-256 {sum}")), "the whole hash can be compared");
}

#[test]
fn nearly_equal_texts_are_marked_and_a_person_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = small(folder.path(), []);
    assert!(!says(&harness, "alike"));
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let text = article(&harness, "a-quay").text.replace("Two boats", "Three boats");
    paste(&mut harness, &format!("Quay under water\n\n{text}"));
    run(&mut harness);
    assert!(says(&harness, "% alike: Quay flooded"));
    let before = project(&harness);
    click(&mut harness, "Not the same");
    assert!(!says(&harness, "alike"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before);
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Agency of both");
    click(&mut harness, "Treat as one voice");
    assert_eq!(
        &*article(&harness, "a-quay").agency,
        "River Gazette",
        "the publisher that one of them names is proposed"
    );
    assert_eq!(&*by_headline(&project(&harness), "Quay under water").agency, "River Gazette");
    assert!(!says(&harness, "alike"), "decided");
}

#[test]
fn a_corrected_version_stands_beside_the_old_one_and_quotes_are_carried_over_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = small(folder.path(), []);
    command(&mut harness, "Add corrected version");
    let text = article(&harness, "a-quay").text.replace("3 people", "5 people");
    paste(&mut harness, &text);
    let now = project(&harness);
    assert_eq!(now.articles.len(), 3);
    let new = now.articles.iter().next_back().expect("the new one").clone();
    assert_eq!(new.corrects.map(|id| id.to_string()).as_deref(), Some("a-quay"));
    assert_eq!((&*new.publisher, new.is_guess(Known::Publisher)), ("River Gazette", true));
    assert_eq!(&*article(&harness, "a-quay").text, &*text.replace("5 people", "3 people"), "the old text stays");
    assert!(
        says(&harness, "Version 2 of 2") && says(&harness, "1 of 2 quotes of the earlier version stands in this text")
    );
    click(&mut harness, "differences: 1 passage");
    click(&mut harness, "3 → 5");
    assert!(says(&harness, "1 quote of the earlier version does not stand here"));
    click(&mut harness, "Carry over");
    let carried = project(&harness);
    let quotes: Vec<usize> = carried.claims.iter().map(|claim| claim.quotes.len()).collect();
    assert_eq!(quotes, [2, 1], "the quote of the boats stands in both, that of the people in the old one");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), now, "one step of undo");
    click(&mut harness, "1 quote of the earlier version does not stand here");
    click(&mut harness, "“3 people were hurt”: injured 3 (Flood at the quay)");
    assert_eq!(
        harness.state().desk().article.map(|id| id.to_string()).as_deref(),
        Some("a-quay"),
        "a jump to the old text"
    );
    assert!(says(&harness, "Version 1 of 2") && says(&harness, "earlier version"));
}

#[test]
fn a_corrected_version_comes_from_a_file_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("corrected.txt");
    std::fs::write(&path, "Quay flooded, corrected\n\nFive people were hurt.").expect("writable");
    let mut harness = small(folder.path(), [Answer::Chosen(vec![path])]);
    command(&mut harness, "Add corrected version");
    click(&mut harness, "From a file…");
    run(&mut harness);
    let project = project(&harness);
    let new = by_headline(&project, "Quay flooded, corrected");
    assert_eq!(new.corrects.map(|id| id.to_string()).as_deref(), Some("a-quay"));
}

#[test]
fn an_article_with_claims_stays_and_says_which_claims_rest_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = small(folder.path(), []);
    let before = project(&harness);
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(project(&harness), before);
    assert!(says(&harness, "2 claims rest on “Quay flooded”"));
    harness.get_all_by_label("injured 3: Flood at the quay").next().expect("a way to the claim").click();
    run(&mut harness);
    assert!(harness.state().desk().claim.is_some());
    click(&mut harness, "Close what is in the way");
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(project(&harness).articles.len(), 1, "nothing rests on the other one");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before);
}

#[test]
fn several_articles_change_their_state_in_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = small(folder.path(), []);
    let before = project(&harness);
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert!(says(&harness, "2 selected"));
    click(&mut harness, "State");
    harness.get_all_by_label_contains("Done").next().expect("an entry").click();
    run(&mut harness);
    assert!(project(&harness).articles.iter().all(|article| article.reading.key() == "done"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before, "one step of undo");
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "2 selected"));
}

#[test]
fn two_thousand_texts_go_in_and_only_the_rows_in_view_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..2000 {
        let text =
            format!("Report {n}\n\nBoat number {n} sank at berth {} of quay {}, the council said.", n * 7, n * 13);
        std::fs::write(folder.path().join(format!("{n:04}.txt")), text).expect("writable");
    }
    let mut harness = workbench(None, [Answer::Chosen(vec![folder.path().to_owned()])]);
    let before = project(&harness);
    command(&mut harness, "Add folder of articles");
    assert_eq!(project(&harness).articles.len(), before.articles.len() + 2000);
    let rows = harness.get_all_by_role(egui::accesskit::Role::ListBoxOption).count();
    assert!(rows < 40, "{rows} rows are drawn");
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(says(&harness, "Report 1999, "), "the last one is in view");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&harness), before);
}

/// Pictures to look at: guesses, a near-equal text, versions, a report, in both themes and sizes.
#[test]
fn pictures_of_articles() {
    let folder = folder_of_texts();
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        for size in [[1440.0, 900.0], [1024.0, 700.0]] {
            let mut harness = crate::app::sized(size, None, [Answer::Chosen(vec![folder.path().to_owned()])]);
            command(&mut harness, if dark { "Dark theme" } else { "Light theme" });
            command(&mut harness, "Add folder of articles");
            if size[0] < 1100.0 {
                press(&mut harness, Modifiers::COMMAND, Key::B);
            }
            click(&mut harness, "Details");
            crate::panel::picture(&mut harness, &format!("articles-{}x{}-{theme}", size[0], size[1]));
            let folder = tempfile::tempdir().expect("a folder");
            let mut harness = crate::app::sized(size, Some(&small_file(folder.path())), []);
            command(&mut harness, if dark { "Dark theme" } else { "Light theme" });
            let text = article(&harness, "a-quay").text.replace("3 people", "5 people");
            command(&mut harness, "Add corrected version");
            paste(&mut harness, &text);
            click(&mut harness, "differences: 1 passage");
            if size[1] > 800.0 {
                click(&mut harness, "1 quote of the earlier version does not stand here");
            }
            crate::panel::picture(&mut harness, &format!("versions-{}x{}-{theme}", size[0], size[1]));
            press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
            paste(&mut harness, &format!("Quay under water\n\n{text}"));
            if size[0] < 1100.0 {
                press(&mut harness, Modifiers::COMMAND, Key::B);
            }
            run(&mut harness);
            crate::panel::picture(&mut harness, &format!("alike-{}x{}-{theme}", size[0], size[1]));
        }
    }
}
