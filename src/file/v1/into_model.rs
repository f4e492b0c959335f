//! From the records of the file to those of the model. Each function reads all of a record before it gives up, so that
//! all mistakes are told at once.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::model::article::SourceFile as ModelSourceFile;
use crate::model::date::DateError;
use crate::model::quantity::QuantityError;
use crate::model::{
    self, InformationGrade, Known, NoteKind, NoteState, Party, Point, Precision, Quantity, Reliability, Stance,
};
use crate::model::{Class, EventDate, Measure, Method, Moment, Reading, Status, Text};

use super::own;
use super::reader::Reader;
use super::{
    About, Article, ByHand, Claim, Codebook, Coverage, Event, LogEntry, NotFigure, Note, Origin, Quote, Release,
};
use super::{Degrees, Milestone, ReleasedTotal, Scope, SourceFile, Str, Subject, Term};

/// A day without a time.
fn day(text: &str) -> Result<Date, String> {
    match Moment::parse(text) {
        Ok(moment) if moment.time().is_none() => Ok(moment.day()),
        Err(error @ (DateError::NoSuchDay { .. } | DateError::NoSuchMonth(_))) => Err(error.to_string()),
        _ => Err(format!("\"{text}\" is not a day; write it as 2022-09-16")),
    }
}

pub(super) fn measure(text: &str) -> Result<Measure, String> {
    Measure::from_key(text).ok_or_else(|| {
        format!(
            "\"{text}\" is not a measure; write killed, injured, missing, captured, displaced, casualties, or a word \
             of the codebook in small letters without spaces"
        )
    })
}

fn class(text: &str) -> Result<Class, String> {
    Class::from_key(if text.is_empty() { "total" } else { text }).ok_or_else(|| {
        format!(
            "\"{text}\" is not a class; write total, A, B, civilians, unknown, A all, B all, or a group such as \
             children in civilians"
        )
    })
}

fn known_method(text: &str) -> Result<Text, String> {
    // A release keeps the name that was in force, also of a method that this Dateline does not have.
    if text.is_empty() { Err("Say by which method the total was made".to_owned()) } else { Ok(text.into()) }
}

pub(super) fn method(text: &str) -> Result<Method, String> {
    Method::from_key(text).ok_or_else(|| {
        let all: Vec<String> = Method::ALL.iter().map(|method| format!("\"{}\"", method.key())).collect();
        format!("\"{text}\" is not a method; write one of {}", all.join(", "))
    })
}

fn months(text: &str) -> Result<model::Months, String> {
    let all = model::Months::ALL.map(model::Months::key).join(", ");
    model::Months::from_key(text)
        .ok_or_else(|| format!("\"{text}\" is not a language that months are named in; write one of {all}"))
}

fn weeks(text: &str) -> Result<model::Weeks, String> {
    let all = model::Weeks::ALL.map(model::Weeks::key).join(", ");
    model::Weeks::from_key(text).ok_or_else(|| format!("Weeks do not begin on \"{text}\"; write one of {all}"))
}

pub(super) fn about(file: About<'_>, r: &mut Reader<'_>) -> Option<model::About> {
    let title = r.text("title", &file.title);
    let description = r.prose("description", &file.description);
    let licence = r.text("licence", &file.licence);
    let months = r.optional("months", &file.months, months);
    let weeks = r.optional("weeks_from", &file.weeks_from, weeks);
    let codebook = match file.codebook {
        None => Some(model::Codebook::default()),
        Some(book) => r.within("codebook", |r| codebook(book, r)),
    };
    let milestones = r.each("milestones", file.milestones, milestone);
    let coverage = r.each("coverage", file.coverage, coverage);
    let releases = r.each("releases", file.releases, release);
    Some(model::About {
        title,
        description,
        licence,
        almanac: model::Almanac { months: months?.unwrap_or_default(), weeks: weeks?.unwrap_or_default() },
        codebook: codebook?,
        milestones: milestones?,
        coverage: coverage?,
        releases: releases?,
    })
}

fn codebook(file: Codebook<'_>, r: &mut Reader<'_>) -> Option<model::Codebook> {
    let kinds = r.each("kinds", file.kinds, |r, t| Some(term(&t, r)));
    let measures = r.each("measures", file.measures, |r, t| {
        r.value("name", measure(&t.name))?;
        Some(term(&t, r))
    });
    let groups = r.each("groups", file.groups, |r, group| r.value_here(class(&group)));
    let columns = own::columns(file.columns, r);
    let retired = r.each("retired", file.retired, |r, id| r.value_here(id.parse()));
    let (columns, retired) = (columns?, retired?);
    own::used_again(&columns, &retired, r);
    Some(model::Codebook {
        version: file.version,
        kinds: kinds?,
        measures: measures?,
        groups: groups?,
        columns,
        retired,
    })
}

pub(super) fn term(file: &Term<'_>, r: &mut Reader<'_>) -> model::Term {
    model::Term { name: r.text("name", &file.name), meaning: r.text("meaning", &file.meaning) }
}

fn milestone(r: &mut Reader<'_>, file: Milestone<'_>) -> Option<model::Milestone> {
    let when = r.value("when", day(&file.when));
    let label = r.text("label", &file.label);
    Some(model::Milestone { when: when?, label })
}

fn coverage(r: &mut Reader<'_>, file: Coverage<'_>) -> Option<model::Coverage> {
    let from = r.value("from", day(&file.from));
    let to = if file.to == "open" { Some(None) } else { r.value("to", day(&file.to)).map(Some) };
    let what = r.text("what", &file.what);
    let (from, to) = (from?, to?);
    if to.is_some_and(|to| to < from) {
        r.warn("to", "These days end before they begin; exchange the two, or correct one of them");
    }
    Some(model::Coverage { from, to, what })
}

fn release(r: &mut Reader<'_>, file: Release<'_>) -> Option<model::Release> {
    let name = r.text("name", &file.name);
    let day = r.value("day", day(&file.day));
    let totals = r.each("totals", file.totals, released_total);
    let words = r.text("words", &file.words);
    let hash = r.text("hash", &file.hash);
    Some(model::Release { name, day: day?, totals: totals?, words, hash })
}

fn released_total(r: &mut Reader<'_>, file: ReleasedTotal<'_>) -> Option<model::project::ReleasedTotal> {
    let measure = r.value("measure", measure(&file.measure));
    let method = r.value("method", known_method(&file.method));
    Some(model::project::ReleasedTotal {
        measure: measure?,
        method: method?,
        low: file.low,
        best: file.best.0,
        high: file.high.0,
        events: file.events,
    })
}

/// The reason that goes with the key `excluded`, and with no other.
fn reason(file: Option<&str>, field: &'static str, key: &str, r: &mut Reader<'_>) -> Option<String> {
    match (file, key == "excluded") {
        (None, false) => Some(String::new()),
        (Some(reason), true) => {
            if reason.trim().is_empty() {
                r.warn("reason", "The reason of the exclusion is blank; say why it is excluded");
            }
            Some(reason.to_owned())
        }
        (None, true) => {
            r.refuse(field, "It is excluded without a reason; add reason:\"why\"");
            None
        }
        (Some(_), false) => {
            r.refuse("reason", "A reason goes with \"excluded\" only; remove it, or write it as a note");
            None
        }
    }
}

pub(super) fn article(file: Article<'_>, r: &mut Reader<'_>) -> Option<model::Article> {
    let id = r.value("id", file.id.parse());
    let published = r.optional("published", &file.published, Moment::parse);
    let retrieved = r.optional("retrieved", &file.retrieved, Moment::parse);
    let corrects = r.optional("corrects", &file.corrects, str::parse);
    let reliability = if file.reliability.is_empty() {
        Some(None)
    } else {
        r.key("reliability", &file.reliability, &Reliability::ALL.map(|grade| (grade.key(), Some(grade))))
    };
    let key = if file.reading.is_empty() { "unread" } else { &*file.reading };
    let why = reason(file.reason.as_deref(), "reading", key, r);
    let reading = Reading::from_key(key, why.as_deref().unwrap_or_default());
    if reading.is_none() {
        r.no_such_key("reading", key, Reading::KEYS.into_iter());
    }
    let source = file.file.map(|source| r.within("file", |r| source_file(&source, r)));
    let headline = r.prose("headline", &file.headline);
    let publisher = r.text("publisher", &file.publisher);
    let agency = r.text("agency", &file.agency);
    let byline = r.text("byline", &file.byline);
    let url = r.prose("url", &file.url);
    let archived_url = r.prose("archived_url", &file.archived_url);
    let language = r.text("language", &file.language);
    let tags = r.texts("tags", &file.tags);
    let guesses = r.each("guesses", file.guesses, |r, name| {
        let known = Known::ALL.into_iter().find(|field| field.key() == name);
        let names = || Known::ALL.map(|field| format!("\"{}\"", field.key())).join(", ");
        r.value_here(known.ok_or_else(|| format!("\"{name}\" cannot be a guess; write one of {}", names())))
    });
    let unlike = r.each("unlike", file.unlike, |r, id| r.value_here(id.parse()));
    let not_figures = file.not_figures.iter().map(not_figure).collect();
    let text = r.prose("text", &file.text);
    why?;
    let mut guesses = guesses?;
    guesses.sort_unstable();
    guesses.dedup();
    Some(model::Article {
        id: id?,
        headline,
        publisher,
        agency,
        byline,
        url,
        archived_url,
        language,
        published: published?,
        retrieved: retrieved?,
        file: source,
        corrects: corrects?,
        reliability: reliability?,
        reading: reading?,
        sensitive: file.sensitive,
        tags,
        guesses,
        unlike: unlike?,
        not_figures,
        text,
    })
}

/// The words are those of the text, where hidden characters are told.
fn not_figure(file: &NotFigure<'_>) -> model::article::NotFigure {
    model::article::NotFigure { start: file.at.0, end: file.at.1, exact: (&*file.exact).into() }
}

fn source_file(file: &SourceFile<'_>, r: &mut Reader<'_>) -> ModelSourceFile {
    ModelSourceFile {
        name: r.prose("name", &file.name),
        sha256: r.prose("sha256", &file.sha256),
        remarks: r.prose("remarks", &file.remarks),
    }
}

pub(super) fn claim(file: Claim<'_>, r: &mut Reader<'_>) -> Option<model::Claim> {
    let id = r.value("id", file.id.parse());
    let event = r.value("event", file.event.parse());
    let measure = r.value("measure", measure(&file.measure));
    let class = r.value("class", class(&file.class));
    let quantity = quantity(&file.quantity, r);
    let party = if file.party.is_empty() {
        Some(None)
    } else {
        r.key("party", &file.party, &[Party::A, Party::B].map(|party| (party.key(), Some(party))))
    };
    let reported = r.optional("reported", &file.reported, day);
    let stance = r.key("stance", &file.stance, &Stance::ALL.map(|stance| (stance.key(), stance)));
    let scope = scope(file.scope.as_ref(), r);
    let grade = match file.grade {
        None => Some(None),
        Some(n) => {
            let grade = u8::try_from(n).ok().and_then(InformationGrade::new);
            r.value(
                "grade",
                grade.ok_or_else(|| format!("{n} is not a grade; write 1 (confirmed) to 6 (cannot be judged)")),
            )
            .map(Some)
        }
    };
    if file.aside.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        r.warn("aside", "The claim is set aside without a reason; say why, or leave the field out");
    }
    let origin = file.origin.and_then(|origin| match origin {
        Origin::Dataset(name) => Some(model::Origin::Dataset(r.text("origin", &name))),
        Origin::Interview(name) => Some(model::Origin::Interview(r.text("origin", &name))),
        Origin::Document(name) => Some(model::Origin::Document(r.text("origin", &name))),
        Origin::None => None,
    });
    let quotes = r.each("quotes", file.quotes, quote);
    let words = r.prose("words", &file.words);
    let speaker = r.text("speaker", &file.speaker);
    let via = r.text("via", &file.via);
    let group = r.text("group", &file.group);
    let aside = file.aside.map(|reason| r.text("aside", &reason));
    let coder = r.text("coder", &file.coder);
    let comment = r.prose("comment", &file.comment);
    Some(model::Claim {
        id: id?,
        event: event?,
        quotes: quotes?,
        origin,
        measure: measure?,
        class: class?,
        quantity: quantity?,
        words,
        speaker,
        via,
        party: party?,
        group,
        reported: reported?,
        stance: stance?,
        scope: scope?,
        attackers: file.attackers,
        counts_names: file.counts_names,
        grade: grade?,
        aside,
        coder,
        comment,
    })
}

/// The quantity as written. A number word that no table has is kept as a word: the table may have lost it.
fn quantity(text: &str, r: &mut Reader<'_>) -> Option<Quantity> {
    match Quantity::parse_with(text, r.knows_word) {
        Err(QuantityError::UnknownWord(_)) => {
            let kept = Quantity::parse_with(text, &|_| true);
            if kept.is_ok() {
                r.warn(
                    "quantity",
                    format!(
                        "No word table has \"{text}\", so it reads as no number; add it to the word list, or write ? \
                         or a number"
                    ),
                );
            }
            r.value("quantity", kept)
        }
        read => r.value("quantity", read),
    }
}

fn scope(file: Option<&Scope<'_>>, r: &mut Reader<'_>) -> Option<model::Scope> {
    Some(match file {
        None => model::Scope::Total,
        Some(Scope::AdditionalTo(base)) => model::Scope::AdditionalTo(r.value("scope", base.parse())?),
        Some(Scope::PartOf(whole)) => model::Scope::PartOf(Some(r.value("scope", whole.parse())?)),
        Some(Scope::Part) => model::Scope::PartOf(None),
        Some(Scope::CumulativeSince(since)) => model::Scope::CumulativeSince(Some(r.value("scope", day(since))?)),
        Some(Scope::Cumulative) => model::Scope::CumulativeSince(None),
    })
}

fn quote(r: &mut Reader<'_>, file: Quote<'_>) -> Option<model::Quote> {
    let article = r.value("in", file.article.parse())?;
    // The words are those of the article, where hidden characters are told.
    let (before, exact, after) = ((&*file.before).into(), (&*file.exact).into(), (&*file.after).into());
    Some(model::Quote { article, start: file.at.0, end: file.at.1, before, exact, after })
}

pub(super) fn note(file: Note<'_>, r: &mut Reader<'_>) -> Option<model::Note> {
    let id = r.value("id", file.id.parse());
    let kind = r.key("kind", &file.kind, &NoteKind::ALL.map(|kind| (kind.key(), kind)));
    let state = r.key("state", &file.state, &NoteState::ALL.map(|state| (state.key(), state)));
    let created = r.optional("created", &file.created, Moment::parse);
    let edited = r.optional("edited", &file.edited, Moment::parse);
    let about = r.each("about", file.about, subject);
    let title = r.prose("title", &file.title);
    let body = r.prose("body", &file.body);
    let tags = r.texts("tags", &file.tags);
    let author = r.text("author", &file.author);
    Some(model::Note {
        id: id?,
        title,
        body,
        kind: kind?,
        state: state?,
        about: about?,
        tags,
        sensitive: file.sensitive,
        created: created?,
        edited: edited?,
        author,
    })
}

fn subject(r: &mut Reader<'_>, file: Subject<'_>) -> Option<model::Subject> {
    Some(match file {
        Subject::Article(id) => model::Subject::Article(r.value_here(id.parse())?),
        Subject::Event(id) => model::Subject::Event(r.value_here(id.parse())?),
        Subject::Claim(id) => model::Subject::Claim(r.value_here(id.parse())?),
    })
}

pub(super) fn event(file: Event<'_>, r: &mut Reader<'_>) -> Option<model::Event> {
    let id = r.value("id", file.id.parse());
    // What the row says, where there is one; the fields of the file are what differs from it.
    let stated = row(id, file.row.as_ref(), r);
    let row_is_read = stated.is_some();
    let blank = || model::Event::new(id.unwrap_or_else(model::EventId::random));
    let said = stated.flatten().unwrap_or_else(blank);
    let when = match &file.when {
        Some(text) => r.optional("when", text, EventDate::parse),
        None => Some(said.when),
    };
    let point = point(file.latitude, file.longitude, said.location.point, r);
    let precision = match &file.precision {
        None => Some(said.location.precision),
        Some(text) if text.is_empty() => Some(None),
        Some(text) => r.key("precision", text, &Precision::ALL.map(|precision| (precision.key(), Some(precision)))),
    };
    let key = file.status.as_deref().filter(|key| !key.is_empty()).unwrap_or(said.status.key());
    let why = reason(file.reason.as_deref(), "status", key, r);
    let status = Status::from_key(key, why.as_deref().unwrap_or_default());
    if status.is_none() {
        r.no_such_key("status", key, Status::KEYS.into_iter());
    }
    let covers = r.each("covers", file.covers, |r, id| r.value_here(id.parse()));
    let mut text = |field: &'static str, given: Option<&Str<'_>>, said: Text| match given {
        Some(given) => r.text(field, given),
        None => said,
    };
    let title = text("title", file.title.as_ref(), said.title);
    let name = text("place", file.place.as_ref(), said.location.name);
    let adm1 = text("adm1", file.adm1.as_ref(), said.location.adm1);
    let country = text("country", file.country.as_ref(), said.location.country);
    let kind = text("kind", file.kind.as_ref(), said.kind);
    let side_a = text("side_a", file.side_a.as_ref(), said.side_a);
    let side_b = text("side_b", file.side_b.as_ref(), said.side_b);
    let tags = file.tags.as_ref().map_or(said.tags, |tags| r.texts("tags", tags).into());
    let source_ids = file.source_ids.as_ref().map_or(said.source_ids, |ids| r.texts("source_ids", ids).into());
    let mut set = HashSet::new();
    let by_hand = r.each("by_hand", file.by_hand, |r, file| {
        let hand = by_hand(r, file)?;
        if !set.insert((hand.measure.clone(), hand.class.clone())) {
            r.warn_here(format!(
                "{} of {} is set by hand twice and the first counts; leave one",
                hand.measure, hand.class
            ));
        }
        Some(hand)
    });
    let own = match file.own {
        Some(values) => own::values(values, r),
        None => Some(said.own),
    };
    why?;
    if !row_is_read {
        return None;
    }
    Some(model::Event {
        id: id?,
        title,
        when: when?,
        location: model::Location { name, adm1, country, point: point?, precision: precision? },
        kind,
        side_a,
        side_b,
        status: status?,
        covers: covers?.into(),
        tags,
        sensitive: file.sensitive,
        source_ids,
        by_hand: by_hand?.into(),
        own: own?,
        source: said.source,
    })
}

/// What the row of an event says: `None` where it is in error, `Some(None)` where there is no row.
#[expect(clippy::option_option, reason = "an error and an absent value are two things")]
fn row(
    id: Option<model::EventId>,
    file: Option<&(Str<'_>, Str<'_>)>,
    r: &mut Reader<'_>,
) -> Option<Option<model::Event>> {
    let Some((dataset, row)) = file else { return Some(None) };
    let dataset = r.within("row", |r| r.value_here(dataset.parse()))?;
    let id = id?;
    if id.as_str().len() > model::EventId::LONGEST_WITH_ROW {
        let most = model::EventId::LONGEST_WITH_ROW;
        r.refuse("id", format!("The id of an event with a row has {most} characters at most, which leaves room for the ids of its claims"));
        return None;
    }
    let source = model::SourceRow::new(dataset, &**row);
    let Some(reader) = r.rows.get(dataset) else {
        r.warn("row", format!("There is no data set `{dataset}` with a mapping that is known, so the row says nothing; add it to `datasets`"));
        return Some(Some(model::Event { source: Some(source), ..model::Event::new(id) }));
    };
    let mut flaws = Vec::new();
    let event = reader.event(id, source, &mut r.shared, &mut flaws);
    for flaw in flaws {
        r.warn("row", flaw.describe(reader.column(flaw.column)));
    }
    Some(Some(event))
}

#[expect(clippy::option_option, reason = "an error and an absent value are two things")]
fn point(
    latitude: Option<Degrees>,
    longitude: Option<Degrees>,
    said: Option<Point>,
    r: &mut Reader<'_>,
) -> Option<Option<Point>> {
    if latitude.is_none() && longitude.is_none() {
        return Some(said);
    }
    match (latitude.and_then(|degrees| degrees.0), longitude.and_then(|degrees| degrees.0)) {
        (None, None) => Some(None),
        (Some(_), None) => {
            r.refuse("latitude", "A latitude needs a longitude; add it, or leave both out");
            None
        }
        (None, Some(_)) => {
            r.refuse("longitude", "A longitude needs a latitude; add it, or leave both out");
            None
        }
        (Some(north), Some(east)) => {
            let point = Point::new(north, east);
            if Point::new(north, 0.0).is_none() {
                r.refuse("latitude", format!("{north} is not a latitude; write degrees from -90 to 90"));
            }
            if Point::new(0.0, east).is_none() {
                r.refuse("longitude", format!("{east} is not a longitude; write degrees from -180 to 180"));
            }
            point.map(Some)
        }
    }
}

fn by_hand(r: &mut Reader<'_>, file: ByHand<'_>) -> Option<model::ByHand> {
    let measure = r.value("measure", measure(&file.measure));
    let class = r.value("class", class(&file.class));
    let reason = r.prose("reason", &file.reason);
    let name = r.text("name", &file.name);
    if reason.trim().is_empty() {
        r.warn("reason", "A figure by hand needs a reason; say why the claims do not decide");
    }
    let (best, high) = (file.best.0, file.high.0);
    let claims_gave = r.optional("claims_gave", &file.claims_gave, Quantity::parse);
    let claims_gave = claims_gave?.map(Quantity::normalised);
    let hand = model::ByHand { measure: measure?, class: class?, low: file.low, best, high, reason, name, claims_gave };
    if !hand.in_order() {
        r.warn("low", "A figure by hand needs low ≤ best ≤ high; correct one of the three");
    }
    Some(hand)
}

pub(super) fn log_entry(file: LogEntry<'_>, r: &mut Reader<'_>) -> Option<model::LogEntry> {
    let when = r.value("when", Moment::parse(&file.when));
    let what = r.text("what", &file.what);
    Some(model::LogEntry { when: when?, what })
}
