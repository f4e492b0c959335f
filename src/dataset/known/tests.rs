//! The mappings are recognised by headers as they are found in the field, and never change.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::*;
use crate::dataset::{RowReader, Shared};
use crate::model::{Claim, Dataset, Event, Layout, Point, Precision, SourceRow};

const GED: &str = "id,relid,year,type_of_violence,side_a,side_b,where_prec,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low";
const ACLED_NOW: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";
const ACLED_2022: &str = "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3";
const ACLED_2017: &str = "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,FATALITIES";
const GTD: &str = "eventid,iyear,imonth,iday,approxdate,extended,country,country_txt,region,region_txt,provstate,city,latitude,longitude,specificity,summary,attacktype1,attacktype1_txt,target1,gname,nkill,nkillus,nkillter,nwound,nwoundus,nwoundte";
const AIRWARS: &str = "post_id,unique_reference_code,permalink,country,date,grading,latitude,longitude,geolocation_accuracy,strike_status,civilian_harm_reported,civilians_killed_min,civilians_killed_max,children_killed_min,children_killed_max,women_killed_min,women_killed_max,men_killed_min,men_killed_max,civilians_injured_min,civilians_injured_max,militants_killed_min,militants_killed_max,num_victim_names,belligerent_list";
const IBC: &str = "IBC code,Start Date,End Date,Time,Location,Target,Weapons,Reported Minimum,Reported Maximum,Sources";

fn kind_of(header: &str) -> Option<&'static str> {
    let names: Vec<&str> = header.split(',').collect();
    recognise(&names).map(|known| known.name)
}

#[test]
fn data_sets_are_known_by_their_headers() {
    for header in [ACLED_NOW, ACLED_2022, ACLED_2017] {
        assert_eq!(kind_of(header), Some("acled"), "{header}");
    }
    assert_eq!(kind_of(GED), Some("ged"));
    assert_eq!(kind_of(GTD), Some("gtd"));
    assert_eq!(kind_of(AIRWARS), Some("airwars"));
    assert_eq!(kind_of(IBC), Some("ibc"));
    assert_eq!(kind_of(" Event_Date ,\u{feff}event_id_cnty,fatalities,time_precision,my remarks"), Some("acled"));
    assert_eq!(kind_of("date,country,killed,notes"), None);
    assert_eq!(kind_of(""), None);
}

#[test]
fn the_columns_that_a_mapping_names_are_those_of_its_header() {
    for (header, named) in [(ACLED_NOW, 15), (ACLED_2017, 13), (GTD, 17), (AIRWARS, 19), (IBC, 8)] {
        let columns: Vec<String> = header.split(',').map(plain).collect();
        let known = recognise(&columns).expect("a known header");
        let found = newest(known.name)
            .expect("its mapping")
            .columns
            .iter()
            .filter(|(name, _)| columns.iter().any(|column| **column == **name))
            .count();
        assert_eq!(found, named, "{}", known.name);
    }
}

/// Projects name the mapping that their rows are read by. A change here would change figures that are published: add
/// another version beside it instead, and leave these lines alone.
#[test]
fn released_mappings_never_change() {
    let frozen = [
        ("ged", 1, "80c321506e9d0983"),
        ("acled", 1, "07b36243b72ba94c"),
        ("gtd", 1, "e6bebcb90d8a642a"),
        ("airwars", 1, "3ae922ec35719442"),
        ("ibc", 1, "0ac095b3ce20ee27"),
        ("gtd", 2, "e709a9ad0bc52ad5"),
        ("airwars", 2, "6fe46165d3e0230c"),
    ];
    for (name, version, expected) in frozen {
        let released = |mapping: &&Mapping| *mapping.name == *name && mapping.version == version;
        let mapping = all().find(released).expect("a released mapping stays");
        let mut written =
            format!("{:?} {:?} {:?} {:?}", mapping.dates, mapping.decimal, mapping.missing, mapping.kinds);
        for (column, meaning) in &mapping.columns {
            let _ = write!(written, "\n{column} {meaning:?}");
        }
        let digest: String = Sha256::digest(&written).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, expected, "{name} {version} reads\n{written}");
    }
}

/// An event and its claims, of a row by the mapping of its header.
fn read(header: &str, row: &str) -> (Event, Vec<String>, Vec<String>) {
    let columns: Vec<&str> = header.split(',').collect();
    let known = recognise(&columns).expect("a known header");
    let dataset = Dataset {
        id: "set".parse().expect("an id"),
        name: known.title.into(),
        version: "".into(),
        mapping: known.name.into(),
        mapping_version: 1,
        columns: columns.iter().map(|name| (*name).into()).collect(),
        layout: Layout::default(),
        file: "rows.csv".into(),
        sha256: "".into(),
        imported: None,
    };
    let reader = RowReader::new(&dataset, newest(known.name).expect("its mapping"));
    let id = "e-1".parse().expect("an id");
    let event = reader.event(id, SourceRow::new(dataset.id, row), &mut Shared::default(), &mut Vec::new());
    let said = |claim: Claim| {
        let graded = claim.grade.map_or_else(String::new, |grade| format!(", grade {}", grade.number()));
        let attackers = if claim.attackers == 0 { String::new() } else { format!(", {} attackers", claim.attackers) };
        format!("{} {} {}{attackers}{graded}", claim.measure, claim.class, claim.quantity)
    };
    let claims = reader.claims(id, row).into_iter().map(said).collect();
    let flaws = reader.flaws(row).into_iter().map(|flaw| flaw.wrong.to_string()).collect();
    (event, claims, flaws)
}

fn when(event: &Event) -> String {
    event.when.map_or_else(|| "no date".to_owned(), |date| date.to_string())
}

#[test]
fn acled_says_at_least_and_nothing_where_it_has_a_nought() {
    let row = "QRM12,2022-09-16,2022,1,Political violence,Battles,Armed clash,Military Forces of Qurmland (2010-),,State forces,League of the Quay,,Rebel group,State forces-Rebel group,,999,Region,Qurmland,Mill,Mill Town,,Old Quay,40.06,70.82,2,Morning Post; Radio One,National,On 16 September ...,4,crowd size=no report; local,1700000000";
    let (event, claims, flaws) = read(ACLED_NOW, row);
    assert_eq!(flaws, Vec::<String>::new());
    assert_eq!(claims, ["killed total 4+"]);
    assert_eq!((when(&event).as_str(), &*event.kind, &*event.title), ("2022-09-16", "Battles", "Armed clash"));
    assert_eq!((&*event.side_a, &*event.side_b), ("Military Forces of Qurmland (2010-)", "League of the Quay"));
    assert_eq!((&*event.location.name, &*event.location.adm1), ("Old Quay", "Mill"));
    assert_eq!(event.location.precision, Some(Precision::Near));
    assert_eq!(event.tags.len(), 2);
    assert_eq!(event.source_ids, ["QRM12".into()]);

    let (_, claims, _) = read(ACLED_NOW, &row.replace(",4,crowd", ",0,crowd"));
    assert_eq!(claims, Vec::<String>::new(), "0 is no claim");
}

#[test]
fn acled_days_stand_for_their_week_or_month() {
    let row = |precision: u8| {
        format!(
            "615,1416RTA,,18/04/2001,2001,{precision},Violence against civilians,Police,,1,Civilians,,7,17,Qurmland,Mill,Quay,,Old Quay,36.6,4.1,1,Wire,A student,1"
        )
    };
    let read = |precision| read(ACLED_2017, &row(precision));
    assert_eq!(when(&read(1).0), "2001-04-18", "old exports have the day first");
    assert_eq!(when(&read(2).0), "within 2001-04-15/2001-04-21");
    assert_eq!(when(&read(3).0), "2001-04");
    let (event, claims, flaws) = read(9);
    assert_eq!((when(&event).as_str(), claims.len()), ("2001-04-18", 1));
    assert_eq!(flaws, ["“9” is no code of a precision of a date"]);
}

#[test]
fn gtd_counts_attackers_in_and_leaves_unknowns_unknown() {
    let row = |date: &str, numbers: &str| {
        format!(
            "200104180001,{date},,0,999,Qurmland,1,Region,Mill,Old Quay,40.06,70.82,1,Text,3,Bombing/Explosion,Quay gate,League,{numbers}"
        )
    };
    let (event, claims, flaws) = read(GTD, &row("2001,4,18", "12,0,2,30,0,1"));
    assert_eq!(flaws, Vec::<String>::new());
    assert_eq!(claims, ["killed total 12 (?-?), 2 attackers", "injured total 30 (?-?), 1 attackers"]);
    assert_eq!((when(&event).as_str(), &*event.side_a), ("2001-04-18", "League"));
    assert_eq!(&*event.location.country, "Qurmland", "the words and not the codes");
    for (specificity, precision) in [
        ("1", Precision::Exact),
        ("2", Precision::Adm2),
        ("3", Precision::Adm2),
        ("4", Precision::Adm1),
        ("5", Precision::Country),
    ] {
        let row = row("2001,4,18", "12,0,2,30,0,1").replace(",1,Text,", &format!(",{specificity},Text,"));
        assert_eq!(read(GTD, &row).0.location.precision, Some(precision), "{specificity}");
    }

    let (event, claims, flaws) = read(GTD, &row("2001,4,0", ",,,-99,,"));
    assert_eq!((when(&event).as_str(), flaws.len()), ("2001-04", 0));
    assert_eq!(claims, ["killed total ?", "injured total ?"], "blank and -99 are unknown, never none");
    assert_eq!(when(&read(GTD, &row("2001,0,0", "1,,,,,")).0), "2001");
}

#[test]
fn a_degree_that_looks_like_an_unknown_is_a_degree() {
    let row =
        "200104180001,2001,4,18,,0,999,Qurmland,1,Region,Mill,Old Quay,-9,-99,1,Text,3,Bombing,Quay gate,League,1,,,,,";
    let (event, _, flaws) = read(GTD, row);
    assert_eq!(event.location.point, Point::new(-9.0, -99.0));
    assert_eq!(flaws, Vec::<String>::new());
}

#[test]
fn airwars_has_a_minimum_and_a_maximum_and_no_best() {
    let row = "7,QS012,https://example.org/qs012,qurmland,2021-05-10 00:00:00,fair,40.06,70.82,Village,likely_strike,1,2,5,,,,,1,2,12,24,0,3,2,[]";
    let (event, claims, flaws) = read(AIRWARS, row);
    assert_eq!(flaws, Vec::<String>::new());
    assert_eq!(
        claims,
        [
            "killed civilians 2-5 (no best), grade 2",
            "injured civilians 12-24 (no best), grade 2",
            "killed children in civilians ?, grade 2",
            "killed women in civilians ?, grade 2",
            "killed men in civilians 1-2 (no best), grade 2",
            "killed B 0-3 (no best), grade 2",
        ]
    );
    assert_eq!((when(&event).as_str(), event.tags.len()), ("2021-05-10", 0));
    let graded = |grade: &str| {
        let (_, claims, flaws) = read(AIRWARS, &row.replace(",fair,", &format!(",{grade},")));
        (claims[0].rsplit_once(", ").map(|(_, grade)| grade.to_owned()), flaws)
    };
    for (grade, number) in [("Confirmed", 1), ("weak", 3), ("contested", 4), ("discounted", 5), ("6", 6)] {
        assert_eq!(graded(grade), (Some(format!("grade {number}")), Vec::new()));
    }
    assert_eq!(graded(""), (None, Vec::new()));
    assert_eq!(graded("splendid"), (None, vec!["“splendid” is no code of a grade of information".to_owned()]));
}

#[test]
fn iraq_body_count_reads_alike() {
    let row = "k1,17 Apr 2003,19 Apr 2003,PM,Old Quay,market,gunfire,3,4,Wire; Post";
    let (event, claims, flaws) = read(IBC, row);
    assert_eq!(flaws, Vec::<String>::new());
    assert_eq!(claims, ["killed civilians 3-4 (no best)"]);
    assert_eq!(when(&event), "2003-04-17/2003-04-19");
}
