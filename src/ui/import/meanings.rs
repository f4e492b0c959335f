//! What a column can mean, in the words of the screen.

use crate::model::mapping::{Codes, Meaning, Part};
use crate::model::{BaseClass, Class, Project};

/// A meaning to choose.
pub(super) struct Offer {
    /// The heading under which it stands.
    pub group: &'static str,
    /// The word.
    pub title: String,
    /// What it says, in a sentence.
    pub help: String,
    /// The meaning. A number stands for the total as written; class and part are chosen beside it.
    pub meaning: Meaning,
}

/// The meanings that are no numbers: heading, word, help.
const PLAIN: [(&str, &str, &str, Meaning); 24] = [
    ("", "Kept", "Not read; it stays in the row, and goes out again with it", Meaning::Kept),
    ("Event", "Id", "The record's id in its data set: by it a newer release finds its events", Meaning::SourceId),
    ("Event", "Title", "A few words that tell the event from others", Meaning::Title),
    ("Event", "Kind", "The kind of event, in the words of the data set", Meaning::Kind),
    ("Event", "Side A", "The first party: a party, not a culprit", Meaning::SideA),
    ("Event", "Side B", "The second party", Meaning::SideB),
    ("Event", "Tags", "Marks, separated by semicolons", Meaning::Tags),
    ("Event", "Speaker", "Who says so: the speaker of the row's numbers", Meaning::Speaker),
    (
        "Event",
        "Information grade",
        "How well its numbers are supported: 1 to 6, or confirmed, fair, weak, contested, discounted as in Airwars",
        Meaning::Grade,
    ),
    ("Date", "Date", "The day, or the first possible day", Meaning::DateStart),
    ("Date", "Last day", "The last possible day", Meaning::DateEnd),
    ("Date", "Year", "The year, where the date stands in three columns", Meaning::Year),
    ("Date", "Month", "The month, where the date stands in three columns; 0 is unknown", Meaning::Month),
    ("Date", "Day of the month", "The day, where the date stands in three columns; 0 is unknown", Meaning::Day),
    (
        "Date",
        "Date precision (UCDP)",
        "1 is a day, 2 to 4 some time within, 5 throughout",
        Meaning::DatePrecision(Codes::Ged),
    ),
    ("Date", "Date precision (ACLED)", "1 is a day, 2 its week, 3 its month", Meaning::DatePrecision(Codes::Acled)),
    ("Place", "Place", "The name of the place", Meaning::Place),
    ("Place", "Province (adm1)", "The first order division", Meaning::Adm1),
    ("Place", "Country", "The country", Meaning::Country),
    ("Place", "Latitude", "Degrees north", Meaning::Latitude),
    ("Place", "Longitude", "Degrees east", Meaning::Longitude),
    ("Place", "Place precision (UCDP)", "1 is exact, 7 is elsewhere", Meaning::PlacePrecision(Codes::Ged)),
    ("Place", "Place precision (ACLED)", "1 is a town, 2 near it, 3 a region", Meaning::PlacePrecision(Codes::Acled)),
    ("Place", "Place precision (GTD)", "1 is exact, 5 a country", Meaning::PlacePrecision(Codes::Gtd)),
];

/// Everything that a column can mean in this project, in the order of the list.
pub(super) fn offers(project: &Project) -> Vec<Offer> {
    let plain = PLAIN.into_iter().map(|(group, title, help, meaning)| Offer {
        group,
        title: title.to_owned(),
        help: help.to_owned(),
        meaning,
    });
    let numbers = project.measures().map(|measure| Offer {
        group: "Numbers of people",
        title: measure.title(),
        help: "A number of people; of whom and how it is meant is chosen below".to_owned(),
        meaning: Meaning::Number(measure, Class::TOTAL, Part::Written),
    });
    let own = project.about.codebook.columns.iter().map(|column| Offer {
        group: "Your own columns",
        title: column.title.to_string(),
        help: "A column of your own".to_owned(),
        meaning: Meaning::Own(column.id),
    });
    plain.chain(numbers).chain(own).collect()
}

/// What a meaning is called, without class and part of a number.
pub(super) fn title(meaning: &Meaning, project: &Project) -> String {
    match meaning {
        Meaning::Number(measure, ..) => measure.title(),
        Meaning::Own(id) => {
            let column = project.about.codebook.columns.iter().find(|column| column.id == *id);
            column.map_or_else(|| "A column of your own".to_owned(), |column| column.title.to_string())
        }
        other => PLAIN.iter().find(|(.., known)| known == other).map_or("Kept", |(_, title, ..)| title).to_owned(),
    }
}

/// Whether two meanings are the same entry of the list.
pub(super) fn is_same_entry(one: &Meaning, other: &Meaning) -> bool {
    match (one, other) {
        (Meaning::Number(one, ..), Meaning::Number(other, ..)) => one == other,
        _ => one == other,
    }
}

/// Among whom a number counts, with the words of the list; `also` is in it, whatever it is.
pub(super) fn classes(also: &Class) -> Vec<(String, Class)> {
    let bases = BaseClass::ALL.map(Class::Base);
    let groups = ["children", "women", "men", "medics", "journalists", "fighters"];
    let groups = groups.iter().flat_map(|name| {
        [BaseClass::Total, BaseClass::Civilians].map(|within| Class::Sub { name: (*name).into(), within })
    });
    let mut all: Vec<Class> = bases.into_iter().chain(groups).collect();
    if !all.contains(also) {
        all.push(also.clone());
    }
    all.into_iter().map(|class| (class_in_words(&class), class)).collect()
}

/// A class as the list has it.
pub(super) fn class_in_words(class: &Class) -> String {
    let known = match class {
        Class::Base(BaseClass::Total) => "Everybody",
        Class::Base(BaseClass::A) => "Fighters of side A",
        Class::Base(BaseClass::B) => "Fighters of side B",
        Class::Base(BaseClass::Civilians) => "Civilians",
        Class::Base(BaseClass::Unknown) => "Status unknown",
        Class::Base(BaseClass::AllA) => "All of side A",
        Class::Base(BaseClass::AllB) => "All of side B",
        Class::Sub { .. } => return crate::ui::figures::sentence(&class.to_string()),
    };
    known.to_owned()
}

/// How a number is meant: word and help.
pub(super) const PARTS: [(Part, &str, &str); 6] = [
    (Part::Written, "As written", "A number as an analyst would type it: 12, 3+, 40-50, dozens"),
    (Part::Low, "Smallest", "The smallest of a range"),
    (Part::Best, "Best", "The most likely"),
    (Part::High, "Largest", "The largest of a range"),
    (Part::AtLeast, "At least", "A number n is at least n, and 0 says nothing, as in ACLED"),
    (Part::Attackers, "Attackers in it", "How many attackers the number of the same measure includes, as in GTD"),
];

/// How a number is meant, in a word.
pub(super) fn part_in_words(part: Part) -> &'static str {
    PARTS.iter().find(|(known, ..)| *known == part).map_or("", |(_, word, _)| word)
}

/// A meaning in full: "Killed, civilians, smallest".
pub(super) fn in_words(meaning: &Meaning, project: &Project) -> String {
    match meaning {
        Meaning::Number(measure, class, part) => {
            let class = class_in_words(class).to_lowercase();
            format!("{}, {class}, {}", measure.title(), part_in_words(*part).to_lowercase())
        }
        other => title(other, project),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    #[test]
    fn every_offer_has_a_word_of_its_own_that_it_is_found_by() {
        let project = Project::titled("Test");
        let offers = offers(&project);
        let mut words: Vec<&str> = offers.iter().map(|offer| offer.title.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), offers.len());
        for offer in &offers {
            assert_eq!(title(&offer.meaning, &project), offer.title);
            assert!(!offer.help.is_empty());
        }
    }

    #[test]
    fn a_number_is_told_in_full() {
        let children = Class::Sub { name: "children".into(), within: BaseClass::Civilians };
        let meaning = Meaning::Number(Measure::Killed, children.clone(), Part::Low);
        assert_eq!(in_words(&meaning, &Project::titled("Test")), "Killed, children in civilians, smallest");
        let odd = Class::Sub { name: "guards".into(), within: BaseClass::Total };
        assert!(classes(&odd).iter().any(|(words, class)| words == "Guards" && *class == odd));
        assert!(classes(&children).iter().filter(|(_, class)| *class == children).count() == 1);
    }
}
