//! The targets of the fuzzers, run on examples that are changed at random: a few hundred each in every run, and for so many
//! seconds each as `DATELINE_FUZZ_SECONDS` says.

use std::io::Write as _;
use std::time::{Duration, Instant};

#[path = "../../fuzz/targets.rs"]
mod targets;

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % (most.max(1) as u64)).expect("small")
    }
}

/// Pieces that mean something to one of the parsers.
const PIECES: [&str; 36] = [
    ",",
    ";",
    "\t",
    "\"",
    "\"\"",
    "'",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\u{feff}",
    "sep=;\n",
    "#date",
    "-99",
    "2022-02-31",
    "31/12/2022",
    "500",
    "é",
    "\u{202e}",
    "<p>",
    "<!--",
    "&#0;",
    "(",
    ")",
    "[",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "OR",
    "..",
    "killed>",
    "99999999999999999999",
    "dozens",
    "٤٢",
    "~",
];

fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let to = (at + dice.below(12)).min(bytes.len());
        match dice.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..to)),
            3 => {
                let copy = bytes[at..to].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.below(other.len() + 1);
                let piece = other[from..(from + dice.below(64)).min(other.len())].to_vec();
                bytes.splice(at..to, piece);
            }
            5 => drop(bytes.splice(at..at, [u8::try_from(dice.below(256)).expect("a byte")])),
            _ => drop(bytes.splice(at..to, PIECES[dice.below(PIECES.len())].bytes())),
        }
    }
    bytes
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // Unpacked, so that a changed byte is a changed letter.
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        writer.start_file(*name, plain).expect("a part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("a zip file").into_inner()
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    let ged = "id,type_of_violence,side_a,side_b,where_coordinates,country,latitude,longitude,date_prec,date_start,date_end,\
               deaths_a,best,high,low\n1,1,Gov,League,\"Osh, \"\"old\"\"\",Freedonia,40.5,70.2,1,2022-09-14,2022-09-14,0,3,4,2\n\
               2,3,Gov,,Batken,Freedonia,,,4,2022-09-01,2022-09-30,-1,-99,,0\n";
    let acled = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,latitude,\
                 longitude,geo_precision,fatalities\nFRE1,16 May 2025,2025,2,Battles,Armed clash,Gov,League,Freedonia,1,2,3,12\n";
    let plain = "place;killed;date\r\nOsh;3+;31.12.2022\r\nBatken;dozens;2022\r\n";
    match target {
        "table" => texts(&[ged, acled, plain, "\u{1}a,b\n\"x\ny\",2\n", "@sep=|\na|b\n1|2\n"]),
        "import" => texts(&[ged, acled, plain, "a,b\n1,2\n"]),
        "workbook" => vec![
            zipped(&[
                (
                    "xl/workbook.xml",
                    "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
                ),
                ("xl/sharedStrings.xml", "<sst><si><t>killed</t></si><si><t>Osh</t></si></sst>"),
                (
                    "xl/styles.xml",
                    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
                ),
                (
                    "xl/worksheets/sheet1.xml",
                    "<worksheet><dimension ref=\"A1:B2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>44818</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>",
                ),
            ]),
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("META-INF/manifest.xml", "<manifest:manifest></manifest:manifest>"),
                (
                    "content.xml",
                    "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"3\" table:number-columns-repeated=\"2\"><text:p>3</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
                ),
            ]),
        ],
        "article" => texts(&[
            "\0Shelling\n\nThree people were killed.\n",
            "\u{1}<!doctype html><html><head><title>T</title><meta charset=utf-8></head><body><article><h1>T</h1><p>Three were killed at the quay on Friday.</p></article></body></html>",
            "\u{2}From: a@b.c\r\nDate: Fri, 16 Sep 2022 10:00:00 +0600\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThree were killed.\r\n",
            "\u{4}%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        ]),
        "project" => {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/format-1.ron");
            let small = "(format: 1, project: (title: \"t\"), events: [(id:\"e\",when:\"2022-09\"),], claims: [(id:\"c\",event:\"e\",measure:\"killed\",quantity:\"3+\",origin:document(\"x\")),])";
            vec![std::fs::read(path).expect("part of the repository"), small.as_bytes().to_vec()]
        }
        "records" => {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("sample.jsonl");
            let output = crate::cli::dateline(&["export", &crate::cli::sample(), "-o", &path.to_string_lossy()]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let small = "{\"record\":\"event\",\"id\":\"e\",\"when\":\"2022-09\"}\n{\"record\":\"claim\",\"id\":\"c\",\"event\":\"e\",\"measure\":\"killed\",\"quantity\":\"3+\"}\n";
            vec![std::fs::read(path).expect("it was written"), small.as_bytes().to_vec()]
        }
        "filter" => texts(&[
            "country:Kyrgyzstan killed>10 date:2022-09",
            "-(a OR \"b c\") has:unknown date~2022..2023",
            "killed:3..5",
        ]),
        "values" => {
            texts(&["40-50", "about 1,200", "12 (8-20)", "≥3", "2022-09-14/2022-09-17", "2022-09-1X", "../2022-04-02"])
        }
        other => panic!("no examples for {other}"),
    }
}

fn run(name: &str) {
    let (_, target) = targets::ALL.into_iter().find(|(own, _)| *own == name).expect("a target of this name");
    let seconds: Option<u64> = std::env::var("DATELINE_FUZZ_SECONDS").ok().and_then(|n| n.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seeds = seeds(name);
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    seeds.iter().for_each(|seed| target(seed));
    let mut cases = 0_u64;
    while until.map_or(cases < 300, |until| Instant::now() < until) {
        let bytes = mutated(&seeds, &mut dice);
        let ended = std::panic::catch_unwind(|| target(&bytes));
        assert!(ended.is_ok(), "{name} does not bear case {cases}: {:?}", String::from_utf8_lossy(&bytes));
        cases += 1;
    }
    println!("{name}: {cases} cases");
}

#[test]
fn no_table_breaks_the_reading_of_tables() {
    run("table");
}

#[test]
fn no_workbook_breaks_the_reading_of_workbooks() {
    run("workbook");
}

#[test]
fn no_table_breaks_an_import() {
    run("import");
}

#[test]
fn no_text_breaks_the_reading_of_articles() {
    run("article");
}

#[test]
fn no_text_breaks_the_reading_of_projects() {
    run("project");
}

#[test]
fn no_line_breaks_the_reading_of_records() {
    run("records");
}

#[test]
fn no_line_breaks_the_filter() {
    run("filter");
}

#[test]
fn no_text_breaks_the_reading_of_numbers_and_dates() {
    run("values");
}
