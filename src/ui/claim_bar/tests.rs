//! From words to a draft, and from a draft to a claim, without a window.

use jiff::civil::Date;

use super::doubts;
use super::draft::{Draft, Field, Goal, Making, Relation};
use crate::edit::Edit;
use crate::model::{
    Article, ArticleId, Class, Event, EventDate, EventId, Measure, Moment, Party, Project, Quantity, Scope, Stance,
};

const TODAY: Date = jiff::civil::date(2031, 5, 8);

fn of_project(project: &Project, marked: &str, measure: Measure) -> Draft {
    let start = marked.chars().position(|c| c == '[').expect("a mark");
    let end = marked.chars().position(|c| c == ']').expect("a mark") - 1;
    let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let mut article = Article::new(ArticleId::random(), "A headline", &text);
    article.published = Some(Moment::parse("2031-05-07").expect("a day"));
    Draft::from_words(project, &article, start..end, measure, Making::Claim, &[]).expect("words")
}

fn draft(marked: &str) -> (Draft, Project) {
    let project = Project::default();
    (of_project(&project, marked, Measure::Injured), project)
}

#[test]
fn a_draft_becomes_a_claim_with_its_words_and_a_new_event() {
    let (draft, project) = draft("On Tuesday [42 people were injured] in Osh, the ministry said.");
    let (claim, event) = draft.claim(&project, TODAY).expect("a claim");
    let event = event.expect("a new event");
    assert_eq!(claim.quantity, Quantity::Exactly(42));
    assert_eq!((&*claim.words, &*claim.speaker), ("42", "ministry"));
    assert_eq!(&*claim.quotes[0].exact, "42 people were injured");
    assert_eq!((claim.quotes[0].start, claim.quotes[0].end), (11, 33));
    assert_eq!(claim.reported.map(|d| d.to_string()).as_deref(), Some("2031-05-07"));
    assert_eq!(event.when.map(|d| d.to_string()).as_deref(), Some("2031-05-06"));
    assert_eq!((&*event.location.name, event.name()), ("Osh", "Osh"));
    assert_eq!(claim.event, event.id);
}

#[test]
fn words_are_read_aloud_with_the_table_in_force() {
    let (mut draft, project) = draft("[Dozens were hurt].");
    assert_eq!(draft.reading(&project).as_deref(), Some("“dozens” reads as 24 or more (word table plain 1)"));
    assert_eq!(draft.short_reading(&project).as_deref(), Some("24+"));
    for (typed, expected, short) in [
        ("42", "reads as 42", None),
        ("3+", "reads as 3 or more", None),
        (">3", "reads as 4 or more", Some("4+")),
        ("<=5", "reads as at most 5", Some("≤5")),
        ("~40", "reads as about 40", None),
        ("40-50", "reads as 40 to 50", None),
        ("?", "reads as no number", None),
    ] {
        typed.clone_into(&mut draft.quantity);
        assert_eq!(draft.reading(&project).as_deref(), Some(expected));
        assert_eq!(draft.short_reading(&project).as_deref(), short, "{typed}");
    }
    "1.5".clone_into(&mut draft.quantity);
    assert_eq!(draft.reading(&project), None);
}

#[test]
fn each_mistake_names_its_field() {
    let (good, project) = draft("[42 people were injured] on Monday.");
    let broken = |change: fn(&mut Draft)| {
        let mut draft = good.clone();
        change(&mut draft);
        draft.claim(&project, TODAY).map(|_| ()).map_err(|mistake| mistake.field)
    };
    assert_eq!(broken(|_| ()), Ok(()));
    assert_eq!(broken(|d| d.quantity = "many of".into()), Ok(()), "a word of the table");
    assert_eq!(broken(|d| d.quantity = "-3".into()), Err(Field::Quantity));
    assert_eq!(broken(|d| d.class = " ".into()), Err(Field::Class));
    assert_eq!(broken(|d| d.reported = "2031-05".into()), Err(Field::Reported));
    assert_eq!(broken(|d| d.reported = String::new()), Ok(()));
    assert_eq!(broken(|d| d.when = "31 April 2031".into()), Err(Field::When));
    assert_eq!(broken(|d| d.attackers = "some".into()), Err(Field::Attackers));
    assert_eq!(broken(|d| d.relation = Relation::Additional), Err(Field::Base));
    assert_eq!(broken(|d| d.relation = Relation::Part), Ok(()), "part of the whole");
    let month = |d: &mut Draft| (d.relation, d.since) = (Relation::Since, "2031-04".into());
    assert_eq!(broken(month), Err(Field::Since));
}

#[test]
fn yesterday_is_the_day_before_publication() {
    let (mut draft, project) = draft("[42 people were injured] on Monday.");
    "yesterday".clone_into(&mut draft.when);
    let (_, event) = draft.claim(&project, TODAY).expect("a claim");
    assert_eq!(event.and_then(|event| event.when), EventDate::parse("2031-05-06").ok());
}

#[test]
fn no_claim_comes_of_a_draft_with_a_guess_that_nobody_confirmed() {
    for marked in [
        "[42 people were injured].",
        "[Dozens were injured] on Monday.",
        "[Soldiers were injured] on Monday.",
        "[42 people were injured] on Monday, he said.",
        "[42 people were killed] on Monday.",
        "[three more were injured] on Monday.",
        "[42 people were injured] since 3 May, officials said.",
        "[42 people were injured], including two gunmen, on Monday.",
        "Shells fell in Osh. [42 people were injured] on Monday.",
        "The army denied that [42 people were injured] on Monday.",
    ] {
        let (mut draft, project) = draft(marked);
        let waiting = draft.waiting();
        assert!(!waiting.is_empty(), "{marked}");
        for (n, field) in waiting.iter().enumerate() {
            let mistake = draft.claim(&project, TODAY).expect_err("a guess is left");
            assert_eq!(mistake.field, *field, "{marked}, guess {n}");
            assert!(mistake.why.contains("is a guess"), "{}", mistake.why);
            draft.guesses.settle(*field);
        }
        draft.claim(&project, TODAY).expect("every guess is confirmed");
    }
}

#[test]
fn what_describes_a_new_event_waits_only_for_a_new_event() {
    let (mut draft, _) = draft("[42 people were injured].");
    assert_eq!(draft.waiting(), [Field::When]);
    draft.goal = Goal::Event(EventId::random());
    assert_eq!(draft.waiting(), []);
}

fn with_sides(side_a: &str, side_b: &str) -> (Project, EventId) {
    let mut event = Event::new(EventId::random());
    (event.side_a, event.side_b) = (side_a.into(), side_b.into());
    let id = event.id;
    (Edit::AddEvents { events: vec![event], after: None }.apply(&Project::default()).expect("an event"), id)
}

#[test]
fn an_organ_of_a_side_that_speaks_of_people_counts_its_own_side() {
    let (project, event) = with_sides("Kyrgyz forces", "Tajik forces");
    for (marked, class, party, waiting) in [
        (
            "[42 people were injured], the Kyrgyz health ministry said.",
            "A all",
            Some(Party::A),
            vec![Field::Class, Field::Party],
        ),
        (
            "[42 people were injured], Tajikistan's border guards said.",
            "B all",
            Some(Party::B),
            vec![Field::Class, Field::Party],
        ),
        ("[42 people were injured], the health ministry said.", "total", None, vec![Field::Class]),
        ("[42 people were injured], the Red Crescent said.", "total", None, vec![]),
        ("[42 civilians were injured], the Kyrgyz army said.", "civilians", Some(Party::A), vec![Field::Party]),
        (
            "The Kyrgyz army said [one Tajik border guard was injured].",
            "B",
            Some(Party::A),
            vec![Field::Class, Field::Party],
        ),
        ("[42 people were injured] on the Tajik side, Riverwire said.", "B all", None, vec![Field::Class]),
        ("[three soldiers were injured], Riverwire said.", "total", None, vec![Field::Class]),
    ] {
        let mut draft = of_project(&project, marked, Measure::Injured);
        draft.goal = Goal::Event(event);
        doubts::by_sides(&mut draft, &project);
        if class == "civilians" {
            // The codebook of this project is empty; civilians are a class of every project.
            assert_eq!(draft.guess.class, Class::from_key("civilians").expect("a class"));
        }
        assert_eq!((&*draft.class, draft.party), (class, party), "{marked}");
        assert_eq!(draft.waiting(), waiting, "{marked}");
        assert!(waiting.iter().all(|field| draft.guesses.why(*field).is_some_and(|why| why.len() > 10)));
        // Without sides nothing is guessed from them.
        draft.goal = Goal::New;
        doubts::by_sides(&mut draft, &project);
        assert_eq!(draft.party, None, "{marked}");
    }
}

#[test]
fn a_class_that_a_person_settled_stays_when_another_event_is_chosen() {
    let (project, event) = with_sides("Kyrgyz forces", "Tajik forces");
    let mut draft = of_project(&project, "[42 hurt], the Kyrgyz army said.", Measure::Injured);
    draft.guesses.settle(Field::Class);
    draft.goal = Goal::Event(event);
    doubts::by_sides(&mut draft, &project);
    assert_eq!(draft.class, "total");
}

#[test]
fn more_is_never_made_additional_by_itself() {
    let (mut draft, project) = draft("One was killed and [three more were injured] on Monday.");
    assert_eq!((draft.relation, draft.waiting()), (Relation::Total, vec![Field::Scope]));
    draft.guesses.settle(Field::Scope);
    let (claim, _) = draft.claim(&project, TODAY).expect("a claim");
    assert_eq!(claim.scope, Scope::Total);
}

#[test]
fn a_number_that_another_one_includes_is_proposed_as_a_part_and_waits() {
    let (mut draft, project) = draft("15 people died on Monday, including [three ministers].");
    assert_eq!((draft.relation, draft.waiting().contains(&Field::Scope)), (Relation::Part, true));
    for field in draft.waiting() {
        draft.guesses.settle(field);
    }
    let (claim, _) = draft.claim(&project, TODAY).expect("a claim");
    assert_eq!(claim.scope, Scope::PartOf(None));
    for whole in ["[15 people] died on Monday, including three ministers.", "[12 civilians] died on Monday."] {
        assert_eq!(self::draft(whole).0.relation, Relation::Total, "{whole}");
    }
}

#[test]
fn a_running_total_and_a_denial_are_proposed_and_wait() {
    let (draft, _) = draft("[42 people have been injured] since 3 May, officials said on Monday.");
    assert_eq!((draft.relation, &*draft.since), (Relation::Since, "2031-05-03"));
    assert!(draft.waiting().contains(&Field::Scope));
    let (draft, _) = self::draft("The army denied that [42 people were injured] on Monday.");
    assert_eq!((draft.stance, &*draft.speaker), (Stance::Denies, "army"));
    assert!(draft.waiting().contains(&Field::Stance));
}

#[test]
fn no_claim_is_made_before_every_event_was_looked_at() {
    use super::{ClaimBar, EVENTS_A_FRAME, Purpose};
    use crate::derive::Derived;
    use crate::ui::{Desk, View};

    let mut article = Article::new("a1".parse().expect("an id"), "", "In Osh on Monday 42 people were killed.");
    article.published = Moment::parse("2031-05-07").ok();
    let mut events: Vec<Event> = (0..EVENTS_A_FRAME).map(|_| Event::new(EventId::random())).collect();
    let mut like = Event::new("like".parse().expect("an id"));
    (like.when, like.location.name) = (EventDate::parse("2031-05-05").ok(), "Osh".into());
    events.push(like);
    let edits = [Edit::AddArticles(vec![article.clone()]), Edit::AddEvents { events, after: None }];
    let project = edits.iter().try_fold(Project::default(), |project, edit| edit.apply(&project)).expect("a project");
    let derived = Derived::from_scratch(&project);
    let now = Moment::new(TODAY);
    let view = View { project: &project, derived: &derived, revision: 0, today: TODAY, now, enter_edits: false };
    let purpose = Purpose::Count(Measure::Killed);
    let mut bar = ClaimBar::open(&view, &article, 17..38, &purpose, None).expect("words");
    let (mut desk, mut actions) = (Desk::default(), Vec::new());
    assert_eq!(bar.accept(&view, &mut desk, &mut actions), None);
    assert!(bar.search.is_some() && bar.accept_then && actions.is_empty());
    assert!(bar.search_on(&view), "the second step ends it");
    bar.guess_goal();
    assert_eq!(bar.accept(&view, &mut desk, &mut actions), None);
    assert!(bar.draft.waiting() == [Field::Event] && actions.is_empty(), "the one like it was found");
    bar.choose(&view, Goal::New);
    assert_eq!(bar.accept(&view, &mut desk, &mut actions), Some(super::Outcome::Made));
    assert_eq!(actions.len(), 2);
}
