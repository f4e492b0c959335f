//! Each problem is told, once, at its record; a sound project has none.

use std::sync::Arc;

use super::*;
use crate::model::{
    Article, ByHand, Claim, Class, Event, EventDate, Location, Measure, Note, Origin, Quantity, Quote, Reading, Scope,
    Status, Subject, WordTable,
};

const TEXT: &str = "At least three people were killed, the ministry said.";

fn event(n: u8) -> EventId {
    format!("e-{n}").parse().expect("an id")
}
fn article(n: u8) -> ArticleId {
    format!("a-{n}").parse().expect("an id")
}
fn claim(n: u8) -> ClaimId {
    format!("c-{n}").parse().expect("an id")
}

/// An event with date and place, an article, and a claim with its quote: nothing is wrong.
fn sound() -> Project {
    let mut project = Project::titled("Test");
    project.articles.push(Article::new(article(1), "Headline", TEXT)).expect("free");
    let location = Location { country: "Kyrgyzstan".into(), ..Location::default() };
    let when = EventDate::parse("2022-09-16").ok();
    project.events.push(Event { location, when, ..Event::new(event(1)) }).expect("free");
    project.claims.push(said(1, "3+")).expect("free");
    project
}

fn said(n: u8, quantity: &str) -> Claim {
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let quotes = vec![Quote::of(article(1), TEXT, 3, 14).expect("inside")];
    Claim { id: claim(n), quotes, ..Claim::new(event(1), Measure::Killed, Class::TOTAL, quantity) }
}

fn with_event(change: impl FnOnce(&mut Event)) -> Project {
    let mut project = sound();
    let mut changed = (**project.events.get(event(1)).expect("there")).clone();
    change(&mut changed);
    project.events.replace(changed).expect("there");
    project
}

fn with_claim(change: impl FnOnce(&mut Claim)) -> Project {
    let mut project = sound();
    let mut changed = said(1, "3+");
    change(&mut changed);
    project.claims.replace(changed).expect("there");
    project
}

fn told(project: &Project) -> Vec<Problem> {
    problems(project, &Derived::from_scratch(project), jiff::civil::date(2024, 3, 1))
}

/// The only problem of a project, as "severity place: message".
fn only(project: &Project) -> String {
    let told = told(project);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(!told[0].remedy.is_empty());
    format!("{} {}: {}", told[0].severity.key(), told[0].subject, told[0].message)
}

#[test]
fn a_sound_project_has_no_problem() {
    assert_eq!(told(&sound()), []);
}

#[test]
fn a_quote_that_left_its_place_is_told() {
    let mut project = sound();
    project.articles.replace(Article::new(article(1), "Headline", &format!("On Friday, {TEXT}"))).expect("there");
    let message = "error claim c-1: The quote “least three” is not at characters 3 to 14 of the article a-1 any more.";
    assert_eq!(only(&project), message);
}

#[test]
fn values_that_no_column_has_or_can_read_are_told() {
    let beds = crate::model::OwnColumn {
        id: "beds".parse().expect("an id"),
        title: "Beds".into(),
        meaning: "".into(),
        kind: crate::model::OwnKind::Number,
    };
    let with_beds = |text: &str| {
        let mut project = with_event(|event| event.own.set(beds.id, text.into()));
        Arc::make_mut(&mut project.about).codebook.columns.push(beds.clone());
        project
    };
    for fine in ["12", "-0.5", "?", ""] {
        assert_eq!(told(&with_beds(fine)), [], "{fine}");
    }
    let message = "warning event e-1: Beds: “a dozen” is no number. Type a number with a point before its decimals: \
                   1200, 3.5, -2.";
    assert_eq!(only(&with_beds("a dozen")), message);
    let unknown = with_event(|event| event.own.set(beds.id, "12".into()));
    assert!(only(&unknown).contains("“12” in the column beds, which the codebook does not have"));
}

#[test]
fn bases_that_are_gone_or_foreign_or_a_ring_are_told() {
    let gone = with_claim(|claim| claim.scope = Scope::AdditionalTo(super::tests::claim(9)));
    assert_eq!(
        only(&gone),
        "warning claim c-1: It comes on top of the claim c-9, which is gone: it is read as a floor."
    );
    let mut foreign = with_claim(|claim| claim.scope = Scope::AdditionalTo(super::tests::claim(2)));
    foreign.claims.push(Claim { measure: Measure::Injured, ..said(2, "4") }).expect("free");
    assert!(
        only(&foreign).starts_with("error claim c-1: It comes on top of the claim c-2, which counts something else")
    );
    let mut ring = with_claim(|claim| claim.scope = Scope::AdditionalTo(super::tests::claim(2)));
    ring.claims.push(Claim { scope: Scope::AdditionalTo(claim(1)), ..said(2, "4") }).expect("free");
    ring.claims.push(Claim { scope: Scope::AdditionalTo(claim(1)), ..said(3, "4") }).expect("free");
    let places: Vec<Place> = told(&ring).into_iter().map(|problem| problem.subject).collect();
    assert_eq!(places, [Place::Claim(claim(1)), Place::Claim(claim(2))], "the third leads into the ring, and is fine");
}

#[test]
fn hidden_characters_are_told_with_their_code_point() {
    let title = with_event(|event| event.title = "Bat\u{202E}ken".into());
    let message = "warning event e-1: U+202E at character 4 of the title changes the direction of writing.";
    assert_eq!(only(&title), message);
    let speaker = with_claim(|claim| claim.speaker = "a\u{7}b\u{7}".into());
    assert!(only(&speaker).ends_with("U+0007 at character 2 of the speaker is a control character, and 1 more."));
    let persian = with_event(|event| event.title = "می\u{200C}خواهم \u{200F}".into());
    assert_eq!(told(&persian), [], "joiners and marks belong to the writing");
}

#[test]
fn figures_by_hand_need_an_order_a_reason_and_a_name() {
    let hand =
        |low, reason: &str, name: &str| ByHand::new(Measure::Killed, Class::TOTAL, (low, Some(3), None), reason, name);
    let with = |hands: Vec<ByHand>| with_event(|event| event.by_hand = hands.into());
    assert!(
        only(&with(vec![hand(4, "why", "who")])).starts_with("error event e-1: The figure by hand of killed (total)")
    );
    assert!(only(&with(vec![hand(1, " ", "who")])).ends_with("has no reason."));
    assert!(only(&with(vec![hand(1, "why", "")])).ends_with("has no name."));
    assert!(only(&with(vec![hand(1, "why", "who"), hand(2, "why", "who")])).ends_with("stands twice."));
}

#[test]
fn references_to_what_is_not_there_are_told() {
    assert_eq!(
        only(&with_event(|e| e.covers = [event(9)].into())),
        "error event e-1: It covers the event e-9, which is not in the project."
    );
    assert!(
        only(&with_claim(|claim| claim.event = event(9))).starts_with("error claim c-1: It speaks of the event e-9")
    );
    assert!(only(&with_claim(|claim| claim.quotes[0].article = article(9))).contains("quotes the article a-9"));
    let mut project = sound();
    let note = Note::new("n-1".parse().expect("an id"), Some(Subject::Claim(claim(9))), None);
    project.notes.push(note).expect("free");
    assert_eq!(only(&project), "error note n-1: It is about the claim c-9, which is not in the project.");
    let mut project = sound();
    let later = Article { corrects: Some(article(9)), ..Article::new(article(1), "Headline", TEXT) };
    project.articles.replace(later).expect("there");
    assert!(only(&project).starts_with("error article a-1: It corrects the article a-9"));
}

#[test]
fn summaries_in_a_ring_or_side_by_side_are_told() {
    assert!(only(&with_event(|e| e.covers = [event(1)].into())).starts_with("error event e-1: It covers itself"));
    let mut project = sound();
    let base = (**project.events.get(event(1)).expect("there")).clone();
    for n in [2, 3] {
        project.events.push(Event { id: event(n), covers: [event(1)].into(), ..base.clone() }).expect("free");
    }
    assert!(only(&project).starts_with("warning event e-1: Two summaries cover it, e-2 and e-3"));
    project.events.replace(Event { id: event(3), covers: [event(1), event(2)].into(), ..base }).expect("there");
    assert_eq!(told(&project), []);
}

#[test]
fn what_is_not_known_of_an_event_is_a_hint() {
    assert_eq!(only(&with_event(|event| event.when = None)), "hint event e-1: It has no date.");
    assert_eq!(only(&with_event(|event| event.location = Location::default())), "hint event e-1: It has no place.");
}

#[test]
fn words_without_a_reading_are_told_unless_the_claim_is_set_aside() {
    let word = |claim: &mut Claim| claim.quantity = Quantity::Word("myriads".into());
    let message = "warning claim c-1: The word table “plain 1” has no entry for “myriads”: it reads as no number.";
    assert_eq!(only(&with_claim(word)), message);
    let aside = with_claim(|claim| {
        word(claim);
        claim.aside = Some("double".into());
    });
    assert_eq!(told(&aside), []);
    let mut plural = with_claim(|claim| claim.quantity = Quantity::Plural);
    assert_eq!(told(&plural), []);
    let mut sheet = (*plural.methodology).clone();
    sheet.words = WordTable::preset("ucdp-like (inferred) 1").expect("a preset");
    plural.methodology = Arc::new(sheet);
    assert!(only(&plural).contains("no entry for “plural”"));
}

#[test]
fn an_estimate_out_of_order_is_told_with_its_numbers() {
    let project = with_claim(|claim| claim.quantity = Quantity::estimate(Some(5), Some(3), Some(4)));
    assert!(only(&project).ends_with("of killed (total) is out of order (low 5, best 3, high 4)."));
}

#[test]
fn exclusions_are_explained_and_their_claims_told() {
    let project = with_event(|event| event.status = Status::Excluded("double".into()));
    assert_eq!(only(&project), "hint event e-1: It is excluded, but 1 claim speaks of it: they count nowhere.");
    let mut project = sound();
    let excluded = Article { reading: Reading::Excluded(" ".into()), ..Article::new(article(1), "Headline", TEXT) };
    project.articles.replace(excluded).expect("there");
    assert_eq!(only(&project), "warning article a-1: It is excluded without a reason.");
    assert_eq!(
        only(&with_claim(|claim| claim.aside = Some("".into()))),
        "warning claim c-1: It is set aside without a reason."
    );
}

#[test]
fn a_claim_needs_a_source() {
    assert!(only(&with_claim(|claim| claim.quotes.clear())).contains("names no source"));
    let other = with_claim(|claim| {
        claim.quotes.clear();
        claim.origin = Some(Origin::Interview("i-12".into()));
    });
    assert_eq!(told(&other), []);
}

#[test]
fn an_article_that_stands_twice_is_told_and_a_reprint_is_a_hint() {
    let mut twice = sound();
    twice.articles.push(Article::new(article(2), "Headline", TEXT)).expect("free");
    assert_eq!(only(&twice), "warning article a-2: Headline and text are those of the article a-1.");
    let mut reprint = sound();
    reprint.articles.push(Article::new(article(2), "Other headline", TEXT)).expect("free");
    assert!(only(&reprint).starts_with("hint article a-2: The text is that of the article a-1"));
    let credited = |n, headline: &str| Article { agency: "AFP".into(), ..Article::new(article(n), headline, TEXT) };
    reprint.articles.replace(credited(1, "Headline")).expect("there");
    reprint.articles.replace(credited(2, "Other headline")).expect("there");
    assert_eq!(told(&reprint), []);
}

#[test]
fn errors_come_first_and_hints_last() {
    let project = with_event(|event| {
        event.when = None;
        event.title = "a\u{1}".into();
        event.covers = [super::tests::event(9)].into();
    });
    let severities: Vec<Severity> = told(&project).into_iter().map(|problem| problem.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning, Severity::Hint]);
}

#[test]
fn dates_that_cannot_be_are_told() {
    let ahead = with_event(|event| event.when = EventDate::parse("2024-03-02").ok());
    assert_eq!(only(&ahead), "warning event e-1: Its date, 2 March 2024, lies in the future.");
    assert_eq!(told(&with_event(|event| event.when = EventDate::parse("2024-03").ok())), [], "it may be today");
    let early = with_claim(|claim| claim.reported = Some(jiff::civil::date(2022, 9, 15)));
    assert!(only(&early).starts_with("warning event e-1: The claim c-1 about it was reported on 2022-09-15, before"));
    let known = with_claim(|claim| claim.reported = Some(jiff::civil::date(2022, 9, 16)));
    assert_eq!(told(&known), []);
}

#[test]
fn coordinates_are_held_against_their_precision() {
    let at = |latitude, longitude, precision| {
        with_event(|event| {
            event.location.point = crate::model::Point::new(latitude, longitude);
            event.location.precision = precision;
        })
    };
    assert!(only(&at(0.0, 0.0, None)).starts_with("warning event e-1: Its coordinates are 0, 0"));
    assert!(only(&at(40.0, 70.0, None)).starts_with("hint event e-1: It has coordinates, but not how exactly"));
    assert_eq!(told(&at(40.0, 70.0, Some(crate::model::Precision::Near))), []);
}

#[test]
fn kinds_that_the_codebook_does_not_have_are_told_until_it_has_them() {
    let mut project = with_event(|event| event.kind = "ambush".into());
    assert!(only(&project).starts_with("warning event e-1: Its kind, “ambush”, is not in the codebook"));
    let term = crate::model::Term { name: "ambush".into(), meaning: "From a hiding place".into() };
    Arc::make_mut(&mut project.about).codebook.kinds.push(term);
    assert_eq!(told(&project), []);
}

#[test]
fn events_that_look_alike_are_told_of_each_other() {
    let mut project = with_event(|event| event.title = "Bridge".into());
    let like = (**project.events.get(event(1)).expect("there")).clone();
    project.events.push(Event { id: event(2), ..like.clone() }).expect("free");
    let lines: Vec<String> = told(&project).iter().map(|one| format!("{}: {}", one.subject, one.message)).collect();
    let of = |n, other| format!("event e-{n}: Title, date and place are those of the event e-{other}.");
    assert_eq!(lines, [of(1, 2), of(2, 1)]);
    project.events.replace(Event { id: event(2), status: Status::Excluded("double".into()), ..like }).expect("there");
    assert_eq!(told(&project), [], "one that does not count is no twin");
}

#[test]
fn a_figure_by_hand_that_the_claims_left_behind_is_a_hint() {
    let hand = |low, high| ByHand::new(Measure::Killed, Class::TOTAL, (low, None, Some(high)), "why", "who");
    let apart = with_event(|event| event.by_hand = [hand(1, 2)].into());
    assert!(only(&apart).starts_with("hint event e-1: The figure by hand of killed (total) lies outside"));
    assert_eq!(told(&with_event(|event| event.by_hand = [hand(1, 3)].into())), [], "the claim says 3 or more");
}

#[test]
fn every_problem_points_at_its_field() {
    let spot = |project: &Project| told(project).pop().map(|problem| problem.spot);
    assert_eq!(spot(&with_event(|event| event.when = None)), Some(Spot::When));
    assert_eq!(spot(&with_event(|event| event.side_b = "a\u{1}".into())), Some(Spot::SideB));
    let estimate = with_claim(|claim| claim.quantity = Quantity::estimate(Some(5), Some(3), Some(4)));
    assert_eq!(spot(&estimate), Some(Spot::Figure(Measure::Killed)));
}

#[test]
fn lists_by_kind_are_in_the_order_of_the_file() {
    let mut project = with_event(|event| event.when = None);
    let like = (**project.events.get(event(1)).expect("there")).clone();
    for n in [9, 3] {
        project.events.push(Event { id: event(n), ..like.clone() }).expect("free");
    }
    let derived = Derived::from_scratch(&project);
    let list: Vec<_> = (0..4).map(|n| derived.problems().at(Kind::NoDate, n).map(|(place, _)| place)).collect();
    assert_eq!(list, [1, 9, 3].map(|n| Some(Place::Event(event(n)))).into_iter().chain([None]).collect::<Vec<_>>());
    assert_eq!((derived.problems().count(Kind::NoDate), derived.problems().count_of(Severity::Hint)), (3, 3));
}
