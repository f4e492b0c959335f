//! Which of two sides a name belongs to: "Kyrgyz health ministry" to "Kyrgyz forces", "Dushanbe" to "Tajikistan".
//!
//! By the words of the names alone, with a small table of peoples, countries and capitals. Where the words fit both
//! sides or none, there is no answer. It knows no project.

use std::collections::BTreeSet;

use crate::model::Party;

/// Countries with the words that stand for them in news: the people, and the seat of government. Only such as have been
/// in or near the conflicts that are recorded; a side with another name is known by its own words.
const COUNTRIES: [(&str, &[&str]); 52] = [
    ("afghanistan", &["afghan", "afghans", "kabul"]),
    ("armenia", &["armenian", "armenians", "yerevan"]),
    ("azerbaijan", &["azerbaijani", "azerbaijanis", "azeri", "azeris", "baku"]),
    ("belarus", &["belarusian", "belarusians", "minsk"]),
    ("burkina faso", &["burkinabe", "burkinabè", "ouagadougou"]),
    ("cambodia", &["cambodian", "cambodians", "phnom penh"]),
    ("cameroon", &["cameroonian", "cameroonians", "yaounde"]),
    ("central african republic", &["central african", "bangui"]),
    ("chad", &["chadian", "chadians", "ndjamena", "n'djamena"]),
    ("china", &["chinese", "beijing"]),
    ("colombia", &["colombian", "colombians", "bogota"]),
    ("congo", &["congolese", "kinshasa"]),
    ("egypt", &["egyptian", "egyptians", "cairo"]),
    ("eritrea", &["eritrean", "eritreans", "asmara"]),
    ("ethiopia", &["ethiopian", "ethiopians", "addis ababa"]),
    ("france", &["french", "paris"]),
    ("georgia", &["georgian", "georgians", "tbilisi"]),
    ("haiti", &["haitian", "haitians", "port-au-prince"]),
    ("india", &["indian", "indians", "new delhi"]),
    ("iran", &["iranian", "iranians", "tehran"]),
    ("iraq", &["iraqi", "iraqis", "baghdad"]),
    ("israel", &["israeli", "israelis"]),
    ("jordan", &["jordanian", "jordanians", "amman"]),
    ("kenya", &["kenyan", "kenyans", "nairobi"]),
    ("kyrgyzstan", &["kyrgyz", "bishkek"]),
    ("lebanon", &["lebanese", "beirut"]),
    ("libya", &["libyan", "libyans", "tripoli"]),
    ("mali", &["malian", "malians", "bamako"]),
    ("mexico", &["mexican", "mexicans"]),
    ("moldova", &["moldovan", "moldovans", "chisinau"]),
    ("mozambique", &["mozambican", "mozambicans", "maputo"]),
    ("myanmar", &["burmese", "burma", "naypyidaw"]),
    ("niger", &["nigerien", "nigeriens", "niamey"]),
    ("nigeria", &["nigerian", "nigerians", "abuja"]),
    ("pakistan", &["pakistani", "pakistanis", "islamabad"]),
    ("palestine", &["palestinian", "palestinians"]),
    ("philippines", &["philippine", "filipino", "filipinos", "manila"]),
    ("russia", &["russian", "russians", "moscow", "kremlin"]),
    ("rwanda", &["rwandan", "rwandans", "kigali"]),
    ("saudi arabia", &["saudi", "saudis", "riyadh"]),
    ("serbia", &["serbian", "serbians", "belgrade"]),
    ("somalia", &["somali", "somalis", "mogadishu"]),
    ("south sudan", &["south sudanese", "juba"]),
    ("sudan", &["sudanese", "khartoum"]),
    ("syria", &["syrian", "syrians", "damascus"]),
    ("tajikistan", &["tajik", "tajiks", "dushanbe"]),
    ("thailand", &["thai", "thais", "bangkok"]),
    ("turkey", &["turkish", "turks", "türkiye", "ankara"]),
    ("uganda", &["ugandan", "ugandans", "kampala"]),
    ("ukraine", &["ukrainian", "ukrainians", "kyiv", "kiev"]),
    ("united states", &["american", "americans", "u.s", "us", "usa", "washington", "pentagon"]),
    ("yemen", &["yemeni", "yemenis", "sanaa"]),
];

/// Words that many sides have in their names, and that therefore tell none apart.
const COMMON: [&str; 44] = [
    "affairs",
    "and",
    "armed",
    "army",
    "authorities",
    "border",
    "command",
    "committee",
    "council",
    "defence",
    "defense",
    "fighters",
    "for",
    "force",
    "forces",
    "foreign",
    "front",
    "government",
    "group",
    "groups",
    "guard",
    "guards",
    "health",
    "interior",
    "liberation",
    "military",
    "militia",
    "militias",
    "minister",
    "ministry",
    "movement",
    "national",
    "police",
    "president",
    "rebels",
    "republic",
    "security",
    "service",
    "spokesman",
    "state",
    "the",
    "troops",
    "union",
    "united",
];

/// Words of the organs that speak for a state or an armed group.
const ORGANS: [&str; 22] = [
    "administration",
    "army",
    "authorities",
    "border",
    "command",
    "commander",
    "defence",
    "defense",
    "forces",
    "government",
    "guard",
    "guards",
    "military",
    "minister",
    "ministry",
    "police",
    "presidency",
    "president",
    "security",
    "committee",
    "emergency",
    "parliament",
];

/// Whether a name is that of an organ: a ministry, an army, a border service.
pub fn is_organ(name: &str) -> bool {
    words(name).any(|word| ORGANS.contains(&word.as_str()))
}

/// Whether a word names a people: "Kyrgyz", "Ukrainian". Such a word behind "in" is no place.
pub fn is_people(word: &str) -> bool {
    let word = word.to_lowercase();
    // The first word of an entry is the adjective; the seat of government stands behind it.
    COUNTRIES.iter().any(|(_, others)| others.first().is_some_and(|people| *people == word))
}

/// Whether a word stands for a country or its people.
pub fn says_country(word: &str) -> bool {
    country(&word.to_lowercase()).is_some()
}

/// The side that a name belongs to. `None` where its words fit none or both.
pub fn side_of(name: &str, side_a: &str, side_b: &str) -> Option<Party> {
    let wanted = marks(name);
    let fits = |side: &str| marks(side).intersection(&wanted).next().is_some();
    match (fits(side_a), fits(side_b)) {
        (true, false) => Some(Party::A),
        (false, true) => Some(Party::B),
        _ => None,
    }
}

/// Whether a name says whose it is at all: "Kyrgyz army" does, "the army" does not.
pub fn says_whose(name: &str) -> bool {
    !marks(name).is_empty()
}

/// What tells a name apart: its countries, and its words that few others have.
fn marks(name: &str) -> BTreeSet<String> {
    let mut words: Vec<String> = words(name).collect();
    let mut found = BTreeSet::new();
    for at in 0..words.len() {
        // The longest first: "South Sudanese" is not Sudanese.
        for length in [3, 2, 1] {
            let Some(phrase) = words.get(at..at + length).map(|few| few.join(" ")) else { continue };
            if let Some(country) = country(&phrase) {
                found.insert(country.to_owned());
                for word in &mut words[at..at + length] {
                    word.clear();
                }
                break;
            }
        }
    }
    let rare = |word: &String| {
        word.chars().count() > 3 && !COMMON.contains(&word.as_str()) && !ORGANS.contains(&word.as_str())
    };
    found.extend(words.into_iter().filter(rare));
    found
}

fn country(phrase: &str) -> Option<&'static str> {
    let known = |(country, others): &&(&'static str, &[&str])| *country == phrase || others.contains(&phrase);
    COUNTRIES.iter().find(known).map(|(country, _)| *country)
}

fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let cut = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '/' | '"' | '“' | '”');
    name.split(cut).filter_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word).to_owned();
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_belongs_to_the_side_whose_words_it_has() {
        use Party::{A, B};
        for (name, a, b, expected) in [
            ("Kyrgyz health ministry", "Kyrgyz forces", "Tajik forces", Some(A)),
            ("Kyrgyzstan's border guards", "Kyrgyz forces", "Tajik forces", Some(A)),
            ("Tajikistan’s State Committee for National Security", "Kyrgyzstan", "Tajikistan", Some(B)),
            ("Dushanbe", "Government of Kyrgyzstan", "Government of Tajikistan", Some(B)),
            ("ministry of health", "Kyrgyz forces", "Tajik forces", None),
            ("Kyrgyz and Tajik officials", "Kyrgyz forces", "Tajik forces", None),
            ("Russian foreign ministry", "Kyrgyz forces", "Tajik forces", None),
            ("Israeli army", "Hamas", "Israel", Some(B)),
            ("Hamas-run health ministry", "Hamas", "Israel", None),
            ("Hamas spokesman", "Hamas", "Israel", Some(A)),
            ("South Sudanese army", "Sudan", "South Sudan", Some(B)),
            ("Sudanese army", "Sudan", "South Sudan", Some(A)),
            ("US Central Command", "United States", "Yemen", Some(A)),
            ("border service", "Border forces of Kyrgyzstan", "Tajikistan", None),
            ("Al-Shabaab", "Al-Shabaab", "Somali government", Some(A)),
            ("Somali president", "Al-Shabaab", "Somali government", Some(B)),
            ("anything", "", "", None),
        ] {
            assert_eq!(side_of(name, a, b), expected, "{name}: {a} or {b}");
        }
    }

    #[test]
    fn organs_and_peoples_are_told_from_other_words() {
        assert!(is_organ("Kyrgyz Ministry of Health") && is_organ("the army") && !is_organ("two doctors"));
        assert!(is_people("Kyrgyz") && is_people("Russian") && !is_people("Batken") && !is_people("Kyrgyzstan"));
        assert!(says_whose("Kyrgyz army") && !says_whose("the army") && !says_whose("ministry of health"));
    }

    #[test]
    fn the_table_names_each_country_and_word_once() {
        let mut seen = BTreeSet::new();
        for (country, others) in COUNTRIES {
            assert!(seen.insert(country) && !others.is_empty(), "{country}");
            for word in others {
                assert!(seen.insert(word), "{word}");
                assert_eq!(*word, word.to_lowercase(), "{word}");
            }
        }
    }
}
