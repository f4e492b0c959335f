//! Guesses are tried on headers as people write them, and on two odd files of the field.

use super::*;
use crate::model::mapping::Part;
use crate::model::{BaseClass, Class, Measure};

fn table(lines: &[&str]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut rows: Vec<Vec<String>> =
        lines.iter().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    let header = rows.remove(0);
    (header, rows)
}

fn guessed(lines: &[&str]) -> Guessed {
    let (header, rows) = table(lines);
    guess(&header, &rows)
}

fn meanings(lines: &[&str]) -> Vec<Meaning> {
    guessed(lines).columns.into_iter().map(|column| column.meaning).collect()
}

fn killed(class: Class, part: Part) -> Meaning {
    Meaning::Number(Measure::Killed, class, part)
}

#[test]
fn a_spreadsheet_of_a_colleague_is_understood() {
    let table = [
        "Incident ID | Date | Town | Province | Country | Lat | Long | Dead | Wounded | Source | Notes",
        "K-1 | 2022-09-14 | Osh | Osh | Kyrgyzstan | 40.53 | 72.80 | 3 | dozens | ministry | shelling",
        "K-2 | 2022-09-16 | Batken | Batken | Kyrgyzstan | 40.06 | 70.82 | at least 4 | ? | agency | fire",
    ];
    let expected = [
        Meaning::SourceId,
        Meaning::DateStart,
        Meaning::Place,
        Meaning::Adm1,
        Meaning::Country,
        Meaning::Latitude,
        Meaning::Longitude,
        killed(Class::TOTAL, Part::Written),
        Meaning::Number(Measure::Injured, Class::TOTAL, Part::Written),
        Meaning::Speaker,
        Meaning::Title,
    ];
    assert_eq!(meanings(&table), expected);
    let guessed = guessed(&table);
    assert_eq!(guessed.columns[7].reason, "Named “Dead”; 2 of 2 values are numbers");
    assert!(guessed.columns.iter().all(|column| !column.doubtful));
}

#[test]
fn headers_of_other_languages_are_understood() {
    let dead = killed(Class::TOTAL, Part::Written);
    let hurt = Meaning::Number(Measure::Injured, Class::TOTAL, Part::Written);
    for header in [
        "Datum | Ort | Land | Todesopfer | Verletzte",
        "Date | Lieu | Pays | Tués | Blessés",
        "Fecha | Lugar | País | Muertos | Heridos",
        "Data | Cidade | País | Mortos | Feridos",
        "Data | Luogo | Paese | Morti | Feriti",
        "Дата | Место | Страна | Погибшие | Раненые",
        "Дата | Місце | Країна | Загинуло | Поранено",
        "التاريخ | المكان | البلد | القتلى | الجرحى",
        "תאריך | מקום | מדינה | הרוגים | פצועים",
        "Tarih | Yer | Ülke | Ölü | Yaralı",
    ] {
        let meanings = meanings(&[header, "2022-09-14 | X | Y | 3 | 5", "2022-09-15 | Z | Y | 0 | 12"]);
        let expected = [Meaning::DateStart, Meaning::Place, Meaning::Country, dead.clone(), hurt.clone()];
        assert_eq!(meanings, expected, "{header}");
    }
}

#[test]
fn classes_sides_and_bounds_are_read_from_names() {
    let civilians = Class::Base(BaseClass::Civilians);
    let expected = [
        Meaning::DateStart,
        Meaning::SideA,
        Meaning::SideB,
        killed(civilians.clone(), Part::Low),
        killed(civilians.clone(), Part::High),
        killed(Class::Base(BaseClass::A), Part::Written),
        killed(Class::Base(BaseClass::B), Part::Written),
        killed(Class::Sub { name: "children".into(), within: BaseClass::Total }, Part::Written),
        killed(civilians, Part::Best),
    ];
    let table = [
        "start | Actor1 | Actor 2 | civiliansKilledMin | civilians_killed_max | deaths_a | deaths_b | children killed | killed civilians",
        "2022-09-14 | army | rebels | 2 | 5 | 1 | 0 | 1 | 3",
        "2022-09-15 | army | rebels | 0 | 0 | 2 | 4 | 0 | 0",
        "2022-09-16 | army | rebels | 1 | 8 | 0 | 0 | 0 | 2",
    ];
    assert_eq!(meanings(&table), expected);
}

#[test]
fn the_second_of_two_columns_of_one_meaning_is_kept_and_says_so() {
    let guessed = guessed(&["date | ext_killed | killed", "2022-09-14 | 4 | 3", "2022-09-15 | 2 | 2"]);
    assert_eq!(guessed.columns[1].meaning, Meaning::Kept);
    assert_eq!(guessed.columns[1].reason, "Reads like “killed”, which was taken");
    assert_eq!(guessed.columns[2].meaning, killed(Class::TOTAL, Part::Written));
}

#[test]
fn what_is_named_like_a_number_and_holds_none_is_kept_and_doubtful() {
    let guessed =
        guessed(&["date | killed | death_rate", "2022-09-14 | the mayor | 0.4", "2022-09-15 | a guard | 1.2"]);
    for column in &guessed.columns[1..] {
        assert!(column.meaning == Meaning::Kept && column.doubtful, "{column:?}");
    }
    assert_eq!(guessed.columns[1].reason, "Named “killed”, but 0 of 2 values are numbers of people");
}

#[test]
fn the_order_of_dates_is_said_and_so_is_a_doubt() {
    let order = |days: [&str; 3]| {
        let lines: Vec<&str> = std::iter::once("date").chain(days).collect();
        guessed(&lines).dates
    };
    let day_first = order(["03/09/2022", "14/09/2022", "02/10/2022"]);
    assert_eq!((day_first.order, day_first.certain), (DateOrder::DayFirst, true));
    assert_eq!(day_first.reason, "“14/09/2022” can only be a day first");
    let month_first = order(["9/3/2022", "9/14/2022", "10/2/2022"]);
    assert_eq!((month_first.order, month_first.certain), (DateOrder::MonthFirst, true));
    let either = order(["3/4/2022", "5/4/2022", "1/5/2022"]);
    assert_eq!((either.order, either.certain), (DateOrder::DayFirst, false));
    assert!(either.reason.starts_with("“3/4/2022” can be read with the day or the month first"), "{}", either.reason);
    let by_rows = order(["4/3/2022", "4/5/2022", "5/1/2022"]);
    assert_eq!((by_rows.order, by_rows.certain), (DateOrder::MonthFirst, false));
    let both = order(["13/4/2022", "4/14/2022", "5/1/2022"]);
    assert!(!both.certain && both.reason.contains("no order reads them all"), "{}", both.reason);
    assert_eq!(order(["2022-04-13", "4 May 2022", "2022-05-01"]).order, DateOrder::YearFirst);
}

#[test]
fn decimals_with_a_comma_and_marks_of_the_unknown_are_found() {
    let guessed = guessed(&[
        "date | lat | lon | killed | country",
        "31.12.2018 | 31,5 | 34,25 | 1.200 | NA",
        "30.12.2018 | 31,51 | -34,4 | -99 | NA",
        "29.12.2018 | n/a | 34,4 | N/A | NA",
    ]);
    assert_eq!(guessed.decimal, ',');
    let missing: Vec<&str> = guessed.missing.iter().map(|text| &**text).collect();
    assert_eq!(missing, ["n/a", "-99", "N/A"], "a country NA is a word");
    assert_eq!(guessed.columns[1].meaning, Meaning::Latitude);
}

#[test]
fn running_totals_are_left_as_they_are() {
    let mut lines = vec!["day | killed | killed_cum | injured".to_owned()];
    let mut total = 0;
    for (day, injured) in
        (1..=20).zip([10, 14, 21, 22, 22, 30, 31, 40, 52, 60, 61, 70, 80, 81, 82, 90, 91, 93, 99, 120])
    {
        let killed = (day * 7) % 11;
        total += killed;
        lines.push(format!("2023-10-{day:02} | {killed} | {total} | {injured}"));
    }
    lines[1..].reverse();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let guessed = guessed(&lines);
    assert_eq!(guessed.columns[1].meaning, killed(Class::TOTAL, Part::Written));
    assert_eq!(guessed.columns[2].reason, "“killed_cum” is a running total, which is not summed");
    assert!(guessed.columns[2].doubtful && guessed.columns[2].meaning == Meaning::Kept);
    assert_eq!(guessed.columns[3].meaning, Meaning::Kept, "it never falls, whatever the order of the rows");
    assert!(guessed.columns[3].reason.starts_with("Never falls"), "{}", guessed.columns[3].reason);
}

#[test]
fn a_table_that_is_sorted_by_its_numbers_is_no_running_total() {
    let mut lines = vec!["date | killed".to_owned()];
    lines.extend((1..=20).map(|n| format!("2023-10-{:02} | {}", (n * 7) % 20 + 1, n * 3)));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(meanings(&lines)[1], killed(Class::TOTAL, Part::Written));
}

#[test]
fn the_date_may_stand_in_three_columns_and_a_last_day_alone_is_a_day() {
    assert_eq!(
        meanings(&["Year | Month | Day | deaths", "2014 | 0 | 0 | 2", "2015 | 12 | 31 | 0"]),
        [Meaning::Year, Meaning::Month, Meaning::Day, killed(Class::TOTAL, Part::Written)]
    );
    assert_eq!(
        meanings(&["Year | date", "2014 | 2014-05-01", "2015 | 2015-06-02"]),
        [Meaning::Kept, Meaning::DateStart]
    );
    assert_eq!(meanings(&["end date | x", "2014-05-01 | 1"])[0], Meaning::DateStart);
}

#[test]
fn ragged_and_empty_tables_are_no_trouble() {
    assert!(guess::<&str, &str>(&[], &[]).columns.is_empty());
    let guessed = guess(&["date", "killed", ""], &[vec!["2022-09-14"], vec![], vec!["2022-09-15", "3", "x", "y"]]);
    assert_eq!(guessed.columns.len(), 3);
    assert_eq!(guessed.columns[1].meaning, killed(Class::TOTAL, Part::Written));
    let mapping = guessed.mapping("mine", &["date", "killed", ""]);
    assert_eq!(mapping.columns.len(), 2, "what is kept needs no entry");
}

/// Rows of a file of the field; `None`, said aloud, where it is not there.
fn field_file(name: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/").to_owned() + name;
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        eprintln!("skipped: {name} is not beside the repository");
        return None;
    };
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    Some((header, rows))
}

#[test]
fn a_daily_series_of_the_field_keeps_its_running_totals() {
    let Some((header, rows)) = field_file("gaza-casualties-daily.csv") else { return };
    let guessed = guess(&header, &rows);
    let taken: Vec<(&str, &Meaning)> = header
        .iter()
        .zip(&guessed.columns)
        .filter(|(_, column)| column.meaning != Meaning::Kept)
        .map(|(name, column)| (name.as_str(), &column.meaning))
        .collect();
    let injured = Meaning::Number(Measure::Injured, Class::TOTAL, Part::Written);
    let expected = [
        ("report_date", &Meaning::DateStart),
        ("report_source", &Meaning::Speaker),
        ("killed", &killed(Class::TOTAL, Part::Written)),
        ("ext_injured", &injured),
    ];
    assert_eq!(taken, expected);
    for (name, column) in header.iter().zip(&guessed.columns).filter(|(name, _)| name.ends_with("killed_cum")) {
        assert!(column.reason.contains("running total"), "{name}: {}", column.reason);
    }
    assert!(guessed.columns[0].doubtful, "a day of reporting need not be the day of the event");
}

#[test]
fn a_list_of_battles_of_the_field_is_understood() {
    let Some((header, rows)) = field_file("acw-nps-battles.csv") else { return };
    let guessed = guess(&header, &rows);
    let of = |name: &str| {
        let at = header.iter().position(|column| column == name).expect("a column");
        &guessed.columns[at].meaning
    };
    assert_eq!(*of("cwsac_id"), Meaning::SourceId);
    assert_eq!(*of("battle_name"), Meaning::Title);
    assert_eq!(*of("start_date"), Meaning::DateStart);
    assert_eq!(*of("end_date"), Meaning::DateEnd);
    assert_eq!(*of("lat"), Meaning::Latitude);
    assert_eq!(*of("long"), Meaning::Longitude);
    assert_eq!(*of("state"), Meaning::Adm1);
    assert_eq!(*of("battle_type"), Meaning::Kind);
    assert_eq!(*of("casualties_kwm_mean"), Meaning::Number(Measure::Casualties, Class::TOTAL, Part::Best));
    for kept in ["casualties_text", "casualties_kwm_var", "interpretive_casualties", "strength_mean", "theater_code"] {
        assert_eq!(*of(kept), Meaning::Kept, "{kept}");
    }
}
