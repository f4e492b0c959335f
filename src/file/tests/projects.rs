//! Projects of every shape, for the laws.

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::project::ReleasedTotal;
use crate::model::*;

/// Texts that break careless writers: quotes, hashes, escapes, scripts, controls, marks of direction, line ends.
fn nasty() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        " ",
        "\"",
        "\\",
        "#",
        "\"#",
        "'",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\u{2028}",
        "\u{feff}",
        "שָׁלוֹם",
        "مقتل",
        "बच्चे",
        "🚑",
        "events: [",
        "(id:\"x\")",
        "//",
        "/*",
        "*/",
        "]",
        ")",
        ",",
        "r#\"",
        "é",
        "e\u{301}",
        "\u{a0}",
    ]);
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![Just(Text::default()), "[a-z ]{1,12}".prop_map(Text::from), nasty().prop_map(Text::from)]
}
fn texts() -> impl Strategy<Value = Vec<Text>> {
    vec(text(), 0..3)
}

fn day() -> impl Strategy<Value = Date> {
    (0..30_000_i32).prop_map(|days| date(1950, 1, 1).checked_add(jiff::Span::new().days(days)).expect("in range"))
}

fn moment() -> impl Strategy<Value = Moment> {
    let written = select(vec!["2022-09-16T14:05+06:00", "2022-09-16T08:05Z", "2022-09-16T14:05:30.25", "2022-09-16"]);
    prop_oneof![day().prop_map(Moment::new), written.prop_map(|text| Moment::parse(text).expect("good"))]
}

fn event_date() -> impl Strategy<Value = EventDate> {
    let written = select(vec![
        "2022-09-16",
        "2022-09",
        "2022",
        "2022-09-14/2022-09-17",
        "within 2022-09-14/2022-09-17",
        "2022-09-16~",
        "2022-09-16?",
        "2022-09-1X",
        "../2022-04-02",
        "2022-09-14/..",
        "2022-09-16T14:05+06:00",
        "202X",
        "20XX",
        "throughout 2022-09",
        "throughout ../2022-04-02",
        "within 2022-09-14/..",
        "2022-09-14~/2022-09",
    ]);
    written.prop_map(|text| EventDate::parse(text).expect("good"))
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let n = || 1..10_000_u64;
    prop_oneof![
        n().prop_map(Quantity::Exactly),
        n().prop_map(Quantity::AtLeast),
        n().prop_map(Quantity::MoreThan),
        n().prop_map(Quantity::AtMost),
        n().prop_map(Quantity::About),
        (n(), n()).prop_map(|(a, b)| Quantity::Between(a.min(b), a.max(b) + 1)),
        select(vec!["dozens", "several", "hundreds", "swathes", "a few", "large numbers"])
            .prop_map(|word| Quantity::Word(word.into())),
        Just(Quantity::Plural),
        Just(Quantity::NoneAsserted),
        Just(Quantity::Unknown),
        (option::of(n()), option::of(n()), option::of(n())).prop_map(|(a, b, c)| Quantity::estimate(a, b, c)),
    ]
}

fn measure() -> impl Strategy<Value = Measure> {
    select(vec!["killed", "injured", "missing", "captured", "displaced", "casualties", "evacuated_2"])
        .prop_map(|key| Measure::from_key(key).expect("a measure"))
}
fn class() -> impl Strategy<Value = Class> {
    select(vec!["total", "A", "B", "civilians", "unknown", "A all", "B all", "children in civilians", "medics"])
        .prop_map(|key| Class::from_key(key).expect("a class"))
}

fn id<T: std::str::FromStr<Err = id::IdError> + std::fmt::Debug>(prefix: char) -> impl Strategy<Value = T> {
    (0..12_u8).prop_map(move |n| format!("{prefix}-{n}").parse().expect("an id"))
}

fn quote() -> impl Strategy<Value = Quote> {
    (id('a'), 0..99_usize, 0..99_usize, text(), text(), text())
        // The sign stands in no article, so that no quote is found in one by chance.
        .prop_map(|(article, start, end, before, exact, after)| Quote {
            article,
            start,
            end,
            before,
            exact: format!("§{exact}").into(),
            after,
        })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Total),
        id('c').prop_map(Scope::AdditionalTo),
        option::of(id('c')).prop_map(Scope::PartOf),
        option::of(day()).prop_map(Scope::CumulativeSince),
    ]
}

fn claim() -> impl Strategy<Value = Claim> {
    let said = (id('c'), id('e'), measure(), class(), quantity(), scope());
    let origin = prop_oneof![
        Just(None),
        text().prop_map(|t| Some(Origin::Dataset(t))),
        text().prop_map(|t| Some(Origin::Interview(t))),
        text().prop_map(|t| Some(Origin::Document(t))),
    ];
    let voice =
        (texts(), option::of(select(vec![Party::A, Party::B])), option::of(day()), select(Stance::ALL.to_vec()));
    let rest = (0..3_u64, any::<bool>(), option::of(1..=6_u8), option::of(text()), vec(quote(), 0..3), text());
    (said, origin, voice, rest).prop_map(|(said, origin, voice, rest)| {
        let (id, event, measure, class, quantity, scope) = said;
        let mut claim = Claim::new(event, measure, class, quantity);
        let mut texts = voice.0.into_iter();
        claim.id = id;
        claim.scope = scope;
        claim.origin = origin;
        claim.speaker = texts.next().unwrap_or_default();
        claim.via = texts.next().unwrap_or_default();
        (claim.party, claim.reported, claim.stance) = (voice.1, voice.2, voice.3);
        claim.attackers = rest.0;
        claim.counts_names = rest.1;
        claim.grade = rest.2.and_then(InformationGrade::new);
        claim.aside = rest.3;
        claim.quotes = rest.4;
        claim.words = rest.5.clone();
        claim.group = rest.5.clone();
        claim.coder = rest.5.clone();
        claim.comment = rest.5;
        claim
    })
}

fn article() -> impl Strategy<Value = Article> {
    let reading = (select(Reading::KEYS.to_vec()), nasty())
        .prop_map(|(key, reason)| Reading::from_key(key, &reason).expect("a key"));
    let times = (option::of(moment()), option::of(moment()));
    let rest = (option::of((text(), text())), option::of(id('a')), option::of(select(Reliability::ALL.to_vec())));
    let marks = (proptest::sample::subsequence(Known::ALL.to_vec(), 0..=9), vec(id('a'), 0..3));
    let rejected = (0..99_usize, 0..99_usize, text())
        // The sign stands in no article, so that no words are found in one by chance.
        .prop_map(|(start, end, exact)| crate::model::article::NotFigure {
            start,
            end,
            exact: format!("§{exact}").into(),
        });
    let lists = (texts(), vec(rejected, 0..3));
    (id('a'), text(), text(), nasty(), times, rest, reading, any::<bool>(), lists, marks).prop_map(
        |(id, headline, publisher, body, times, rest, reading, sensitive, (tags, not_figures), (guesses, unlike))| {
            let mut article = Article::new(id, &headline, &body);
            article.publisher = publisher.clone();
            article.agency = publisher.clone();
            article.byline = headline.clone();
            article.url = headline.clone();
            article.archived_url = headline;
            article.language = publisher;
            (article.published, article.retrieved) = times;
            article.file = rest.0.map(|(name, sha256)| SourceFile { name, remarks: sha256.clone(), sha256 });
            article.guesses = guesses;
            article.unlike = unlike;
            (article.corrects, article.reliability) = (rest.1, rest.2);
            article.reading = reading;
            article.sensitive = sensitive;
            article.tags = tags;
            article.not_figures = not_figures;
            article
        },
    )
}

fn note() -> impl Strategy<Value = Note> {
    let subject = prop_oneof![
        id('a').prop_map(Subject::Article),
        id('e').prop_map(Subject::Event),
        id('c').prop_map(Subject::Claim),
    ];
    let what = (select(NoteKind::ALL.to_vec()), select(NoteState::ALL.to_vec()), vec(subject, 0..3));
    let when = (option::of(moment()), option::of(moment()));
    (id('n'), text(), nasty(), what, when, texts(), any::<bool>(), text()).prop_map(
        |(id, title, body, (kind, state, about), (created, edited), tags, sensitive, author)| Note {
            id,
            title,
            body: body.into(),
            kind,
            state,
            about,
            tags,
            sensitive,
            created,
            edited,
            author,
        },
    )
}

fn by_hand() -> impl Strategy<Value = ByHand> {
    let number = || option::of(0..99_u64);
    let gave =
        option::of((number(), number(), number()).prop_map(|(low, best, high)| Quantity::estimate(low, best, high)));
    (measure(), class(), 0..99_u64, number(), number(), text(), text(), gave).prop_map(
        |(measure, class, low, best, high, reason, name, claims_gave)| ByHand {
            measure,
            class,
            low,
            best,
            high,
            reason,
            name,
            claims_gave,
        },
    )
}

fn column_id() -> impl Strategy<Value = ColumnId> {
    select(vec!["hospital", "beds", "seen_on", "severity", "column_2", "a"]).prop_map(|id| id.parse().expect("an id"))
}

/// Values that some kind can read, and others, also of columns that no codebook has.
fn own() -> impl Strategy<Value = Own> {
    let written = select(vec!["12", "-3.5", "3+", "dozens", "2022-09", "?", "minor", "about a dozen of them"]);
    vec((column_id(), prop_oneof![written.prop_map(Text::from), text()]), 0..4)
        .prop_map(|list| list.into_iter().collect())
}

fn own_columns() -> impl Strategy<Value = Vec<OwnColumn>> {
    let term = || (text(), text()).prop_map(|(name, meaning)| Term { name, meaning });
    let kind = (select(OwnKind::KEYS.to_vec()), vec(term(), 0..3))
        .prop_map(|(key, words)| OwnKind::from_key(key, words).expect("a kind"));
    let column = (column_id(), text(), text(), kind).prop_map(|(id, title, meaning, kind)| OwnColumn {
        id,
        title,
        meaning,
        kind,
    });
    vec(column, 0..4).prop_map(|list| {
        let mut seen = std::collections::BTreeSet::new();
        list.into_iter().filter(|column| seen.insert(column.id)).collect()
    })
}

fn event() -> impl Strategy<Value = Event> {
    let point = (-90_000_000_000_i64..=90_000_000_000, -180_000_000_000_i64..=180_000_000_000)
        .prop_map(|(north, east)| Point::new(north as f64 / 1e9, east as f64 / 1e9).expect("on the globe"));
    let place = (text(), text(), text(), option::of(point), option::of(select(Precision::ALL.to_vec())));
    let status = (select(Status::KEYS.to_vec()), nasty())
        .prop_map(|(key, reason)| Status::from_key(key, &reason).expect("a key"));
    let lists = (vec(id('e'), 0..3), texts(), texts(), vec(by_hand(), 0..3), own());
    (id('e'), text(), option::of(event_date()), place, (text(), text(), text()), status, lists, any::<bool>()).prop_map(
        |(id, title, when, place, words, status, lists, sensitive)| {
            let (name, adm1, country, point, precision) = place;
            Event {
                own: lists.4,
                id,
                title,
                when,
                location: Location { name, adm1, country, point, precision },
                kind: words.0,
                side_a: words.1,
                side_b: words.2,
                status,
                covers: lists.0.into(),
                tags: lists.1.into(),
                sensitive,
                source_ids: lists.2.into(),
                by_hand: lists.3.into(),
                source: None,
            }
        },
    )
}

fn about() -> impl Strategy<Value = About> {
    let term = || (text(), text()).prop_map(|(name, meaning)| Term { name, meaning });
    let own = Just(Term { name: "evacuated_2".into(), meaning: "Taken out".into() });
    let codebook = prop_oneof![
        Just(Codebook::default()),
        (0..9_u32, vec(term(), 0..3), vec(own, 0..2), vec(class(), 0..3), own_columns(), vec(column_id(), 0..2))
            .prop_map(|(version, kinds, measures, groups, columns, retired)| Codebook {
                version,
                kinds,
                measures,
                groups,
                columns,
                retired
            }),
    ];
    let milestone = (day(), text()).prop_map(|(when, label)| Milestone { when, label });
    let coverage = (day(), option::of(day()), text()).prop_map(|(from, to, what)| Coverage { from, to, what });
    let total =
        (measure(), 0..9_u64, option::of(0..9_u64), option::of(0..9_u64)).prop_map(|(measure, low, best, high)| {
            ReleasedTotal { measure, method: "range of claims 1".into(), low, best, high, events: low }
        });
    let release = (text(), day(), vec(total, 0..3), text(), text())
        .prop_map(|(name, day, totals, words, hash)| Release { name, day, totals, words, hash });
    let almanac = (select(Months::ALL.to_vec()), select(Weeks::ALL.to_vec()))
        .prop_map(|(months, weeks)| Almanac { months, weeks });
    (text(), nasty(), (text(), almanac), codebook, vec(milestone, 0..3), vec(coverage, 0..3), vec(release, 0..3))
        .prop_map(|(title, description, (licence, almanac), codebook, milestones, coverage, releases)| About {
            title,
            description: description.into(),
            licence,
            almanac,
            codebook,
            milestones,
            coverage,
            releases,
        })
}

fn methodology() -> impl Strategy<Value = Methodology> {
    let method = || select(Method::ALL.to_vec());
    let meaning = (0..99_u64, option::of(0..99_u64)).prop_map(|(low, high)| Meaning { low, high });
    let table = prop_oneof![
        select(WordTable::preset_names().collect::<Vec<_>>())
            .prop_map(|name| WordTable::preset(name).expect("a preset")),
        (select(vec!["mine 1", "plain 1", ""]), proptest::collection::btree_map(text(), meaning, 0..4))
            .prop_map(|(name, entries)| WordTable { name: name.into(), entries }),
    ];
    let methods = proptest::collection::btree_map(measure(), method(), 0..3);
    (method(), methods, texts(), text(), table, any::<[bool; 3]>()).prop_map(
        |(method, methods, ranks, authority, words, switches)| Methodology {
            method,
            methods,
            ranks,
            authority,
            words,
            count_attackers: switches[0],
            enemy_counts_high_only: switches[1],
            missing_best_is_low: switches[2],
        },
    )
}

fn saved_view() -> impl Strategy<Value = SavedView> {
    let column = (text(), 0..900_u32, any::<bool>(), any::<bool>())
        .prop_map(|(id, width, hidden, wrapped)| ViewColumn { id, width, hidden, wrapped });
    let sort = (text(), any::<bool>()).prop_map(|(column, descending)| ViewSort { column, descending });
    (text(), vec(column, 0..4), 0..5_u32, text(), vec(sort, 0..3), text()).prop_map(
        |(name, columns, frozen, filter, sort, group)| SavedView {
            name: format!("View {name}").into(),
            columns,
            frozen,
            filter,
            sort,
            group,
        },
    )
}

/// An event whose fields others may take over.
pub(super) fn event_like() -> impl Strategy<Value = Event> {
    event()
}

/// A claim that others may take over.
pub(super) fn claim_about() -> impl Strategy<Value = Claim> {
    claim()
}

/// A project in which references may lead nowhere, as in a file that was merged by hand.
pub(super) fn project() -> impl Strategy<Value = Project> {
    let log = (moment(), text()).prop_map(|(when, what)| LogEntry { when, what });
    let head = (about(), methodology(), vec(log, 0..3), vec(saved_view(), 0..3));
    (head, vec(article(), 0..4), vec(claim(), 0..6), vec(note(), 0..4), vec(event(), 0..5)).prop_map(
        |((about, methodology, log, views), articles, claims, notes, events)| Project {
            about: about.into(),
            methodology: methodology.into(),
            articles: Records::from_list(articles).0,
            claims: Records::from_list(claims).0,
            notes: Records::from_list(notes).0,
            events: Records::from_list(events).0,
            log: log.into(),
            views: views.into(),
            datasets: std::sync::Arc::default(),
            mappings: std::sync::Arc::default(),
        },
    )
}
