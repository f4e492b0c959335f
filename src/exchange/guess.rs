//! What a text says of itself: who wrote it, when it was published, which agency it is from, in which language.
//!
//! All of it is a guess for a person to confirm, never a fact of the project, and is marked so in the article.

use jiff::civil::{Date, date};

use crate::model::date::DayOrder;
use crate::model::date::{Granularity, read_common};
use crate::model::{Article, EventDate, Known, Moment};

/// Lines at the beginning of a text in which it speaks of itself.
const LINES: usize = 14;
/// A longer line is a part of the report, in characters.
const LONGEST_LINE: usize = 120;
/// Where a dateline ends at the latest, in characters.
const LONGEST_DATELINE: usize = 90;

/// Fills an empty field with a guess; nothing and white space are no guess.
pub fn put(article: &mut Article, field: Known, guess: &str) {
    let guess = guess.split_whitespace().collect::<Vec<_>>().join(" ");
    if guess.is_empty() {
        return;
    }
    if matches!(field, Known::Published | Known::Retrieved) {
        put_moment(article, field, read_moment(&guess));
    } else if article.known(field).is_empty() && article.write(field, &guess).is_ok() {
        article.mark_guess(field);
    }
}

/// Fills an empty time with a guess.
pub fn put_moment(article: &mut Article, field: Known, guess: Option<Moment>) {
    let place = match field {
        Known::Published => &mut article.published,
        Known::Retrieved => &mut article.retrieved,
        _ => return,
    };
    if place.is_none() && guess.is_some() {
        *place = guess;
        article.mark_guess(field);
    }
}

/// Guesses from the words of the text what is not known yet.
pub fn from_text(article: &mut Article) {
    let text = article.text.clone();
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    if lines.first() == Some(&"---") {
        let end = lines.iter().skip(1).position(|line| *line == "---").map_or(1, |n| n + 1);
        lines[1..end].iter().for_each(|line| labelled(article, line, true));
        lines.drain(..end);
    }
    for (n, line) in lines.iter().enumerate() {
        if line.chars().count() <= LONGEST_LINE {
            labelled(article, line, false);
            if n > 0 {
                if let Some(name) = byline(line) {
                    put(article, Known::Byline, name);
                }
                put_moment(article, Known::Published, read_moment(line));
            }
        }
        dateline(article, line);
    }
    if let Some(language) = language(&text) {
        put(article, Known::Language, language);
    }
}

/// `Author: …`, `date: …`: a line that says which field it is. The front matter of Markdown may use more names.
fn labelled(article: &mut Article, line: &str, front_matter: bool) {
    let Some((name, value)) = line.split_once(':') else { return };
    let value = value.trim().trim_matches(['"', '\'']);
    let field = match name.trim().to_lowercase().as_str() {
        "title" | "headline" if front_matter => Known::Headline,
        "author" | "byline" => Known::Byline,
        "date" | "published" | "publication date" => Known::Published,
        "publisher" | "publication" | "newspaper" => Known::Publisher,
        "site" | "website" if front_matter => Known::Publisher,
        "agency" | "news agency" => Known::Agency,
        "url" | "link" => Known::Url,
        "source" if value.starts_with("http") => Known::Url,
        "source" => Known::Publisher,
        "archived" | "archived_url" | "archive" if value.starts_with("http") => Known::ArchivedUrl,
        "retrieved" | "accessed" | "saved" => Known::Retrieved,
        "lang" | "language" if front_matter => Known::Language,
        "http" | "https" if !front_matter && !line.contains(' ') => return put(article, Known::Url, line),
        _ => return,
    };
    put(article, field, value);
}

/// The name in a line such as `By A. Reporter`.
fn byline(line: &str) -> Option<&str> {
    const MOST_WORDS: usize = 8;
    let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?.trim();
    let is_name = name.starts_with(|c: char| c.is_uppercase()) && !name.ends_with('.');
    (is_name && name.split_whitespace().count() <= MOST_WORDS).then_some(name)
}

/// What a dateline says: `PORT TOWN, 5 May 2031 (AGENCY) – The council …`.
fn dateline(article: &mut Article, line: &str) {
    let head: String = line.chars().take(LONGEST_DATELINE).collect();
    let dashes = ["\u{2013}", "\u{2014}", " - ", " -- "];
    let Some(end) = dashes.iter().filter_map(|dash| head.find(dash)).min() else { return };
    let head = head[..end].trim();
    let place = head.split([',', '(']).next().unwrap_or_default().trim();
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    let shouted = letters().count() > 1 && letters().all(|c| !c.is_lowercase());
    let (before, inside) = match head.split_once('(').map(|(before, rest)| (before, rest.split_once(')'))) {
        Some((before, Some((inside, _)))) => (before, inside.trim()),
        _ => (head, ""),
    };
    let named = (2..=40).contains(&inside.chars().count()) && !inside.chars().any(|c| c.is_ascii_digit());
    // Where the place is not in capitals, it has to be a name, with an agency behind it.
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let name = place.split_whitespace().count() <= 4 && place.split_whitespace().all(capital);
    let with_agency = name && named && head.ends_with(')') && capital(inside);
    if !shouted && !with_agency {
        return;
    }
    if named {
        put(article, Known::Agency, inside);
    }
    if let Some((_, day)) = before.split_once(',') {
        put_moment(article, Known::Published, read_moment(day));
    }
}

/// A day with year, alone in a text or with its time, as pages, mails and people write it without doubt.
pub fn read_moment(text: &str) -> Option<Moment> {
    /// Words such as "today" are no guess that could be made: any day serves.
    const ANY_DAY: Date = date(2000, 1, 1);
    let text = text.trim();
    if !text.contains(|c: char| c.is_ascii_digit()) || text.len() > 80 || text.starts_with(['-', '+']) {
        return None;
    }
    if let Ok(moment) = Moment::parse(text) {
        return Some(moment);
    }
    if let Ok(mail) = jiff::fmt::rfc2822::parse(text) {
        return Moment::new(mail.date()).at(mail.time(), Some(mail.offset())).ok();
    }
    let is_day =
        |date: &EventDate| date.granularity() == Granularity::Day && !date.is_uncertain() && !date.is_approximate();
    let common = read_common(text, DayOrder::YearMonth, ANY_DAY).ok().filter(is_day);
    if let Some(day) = common.and_then(|date| (date.earliest() == date.latest()).then(|| date.earliest()).flatten()) {
        return Some(Moment::new(day));
    }
    // Whatever follows the day is not understood: the day itself is.
    Moment::parse(text.get(..10)?).ok().filter(|_| !text[10..].starts_with(|c: char| c.is_ascii_digit()))
}

/// The language of a text as a BCP 47 tag, where its letters leave little doubt.
pub fn language(text: &str) -> Option<&'static str> {
    /// More than this settles nothing more, in characters.
    const ENOUGH: usize = 4000;
    let end = text.char_indices().nth(ENOUGH).map_or(text.len(), |(at, _)| at);
    let found = whatlang::detect(&text[..end]).filter(whatlang::Info::is_reliable)?;
    let code = found.lang().code();
    TAGS.iter().find(|(long, _)| *long == code).map(|(_, short)| *short)
}

/// ISO 639-3 codes of what is recognised, with the shorter tags that BCP 47 asks for.
const TAGS: [(&str, &str); 69] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleId;

    fn guessed(text: &str) -> Article {
        let mut article = Article::new(ArticleId::random(), "Quay flooded", text);
        from_text(&mut article);
        article
    }

    fn published(article: &Article) -> String {
        article.published.map(|moment| moment.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_dateline_tells_agency_and_day_but_never_a_day_without_its_year() {
        let article =
            guessed("Quay flooded\n\nPORT TOWN, 5 May 2031 (HARBOUR NEWS) – Two boats sank, the council said.");
        assert_eq!((&*article.agency, published(&article).as_str()), ("HARBOUR NEWS", "2031-05-05"));
        assert_eq!(article.guesses, [Known::Agency, Known::Published]);
        let article = guessed("Quay flooded\n\nPORT TOWN, May 5 (Harbour News) - Two boats sank.");
        assert_eq!((&*article.agency, article.published), ("Harbour News", None));
        let article =
            guessed("Two boats sank (the council says three) – and a bridge was closed.\n\nNo more is known.");
        assert_eq!(&*article.agency, "", "a remark in brackets is no agency");
    }

    #[test]
    fn lines_under_the_headline_tell_author_day_and_address() {
        let article = guessed(
            "Quay flooded\nBy A. Reporter and B. Writer\nMonday, 5 May 2031\nhttps://gazette.example/quay\n\nTwo boats sank.",
        );
        assert_eq!(&*article.byline, "A. Reporter and B. Writer");
        assert_eq!(published(&article), "2031-05-05");
        assert_eq!(&*article.url, "https://gazette.example/quay");
        let article = guessed("By the quay\n\nBy Monday the water had gone, the council said.");
        assert_eq!(&*article.byline, "", "a sentence is no byline");
    }

    #[test]
    fn front_matter_tells_what_it_names() {
        let article = guessed(
            "---\ntitle: \"Quay flooded again\"\nauthor: A. Reporter\ndate: 2031-05-05T07:30+02:00\nsource: River Gazette\n\
             lang: de-CH\n---\n\nZwei Boote sanken.",
        );
        assert_eq!(
            (&*article.byline, &*article.publisher, &*article.language),
            ("A. Reporter", "River Gazette", "de-CH")
        );
        assert_eq!(published(&article), "2031-05-05T07:30+02:00");
        assert_eq!(&*article.headline, "Quay flooded", "what is known is not overwritten");
        assert!(!article.is_guess(Known::Headline));
    }

    #[test]
    fn days_are_guessed_only_where_nothing_is_in_doubt() {
        for (written, read) in [
            ("2031-05-04T07:30:00+02:00", "2031-05-04T07:30+02:00"),
            ("Sun, 4 May 2031 07:30:00 GMT", "2031-05-04T07:30Z"),
            ("2031-05-04", "2031-05-04"),
            ("2031-05-04 at seven", "2031-05-04"),
            ("May 4, 2031", "2031-05-04"),
            ("Sunday, 4 May 2031", "2031-05-04"),
        ] {
            assert_eq!(read_moment(written).map(|m| m.to_string()).as_deref(), Some(read), "{written}");
        }
        for doubtful in
            ["last Sunday", "5/4/2031", "May 2031", "4 May", "Ünday 4 ä May", "2031-05-0412", "-3d", "today"]
        {
            assert_eq!(read_moment(doubtful), None, "{doubtful}");
        }
    }

    #[test]
    fn a_language_is_told_where_there_is_enough_to_tell_it_by() {
        let english = "The council said on Monday that two boats had sunk at their berths during the night, and that \
            nobody was on board when the water came over the quay of the small harbour.";
        assert_eq!(language(english), Some("en"));
        let ukrainian = "Рада повідомила в понеділок, що вночі біля причалу затонули два човни, і що на борту нікого не \
            було, коли вода піднялася над набережною невеликої гавані.";
        assert_eq!(language(ukrainian), Some("uk"));
        assert_eq!(language("Ok"), None);
        for lang in whatlang::Lang::all() {
            assert!(TAGS.iter().any(|(code, _)| *code == lang.code()) || lang.code() == "zul", "{}", lang.code());
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(---\n|By [A-Z]|[A-Z]{2,5}, |\\(|\\) |– |[0-9]{1,2} May |2031|\n|\\PC{0,4}){0,24}") {
            guessed(&text);
            let _ = read_moment(&text);
        }
    }
}
