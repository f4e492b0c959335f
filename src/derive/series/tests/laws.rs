//! The laws that charts keep against `derive::totals`, whatever the project and the question.

use proptest::prelude::*;

use super::*;

fn units() -> impl Strategy<Value = BinSize> {
    let units = Unit::ALL.into_iter().map(BinSize::Fixed);
    prop::sample::select(units.chain([BinSize::Auto]).collect::<Vec<_>>())
}

fn placings() -> impl Strategy<Value = Placing> {
    prop::sample::select(&Placing::ALL[..])
}

/// Splits that do not overlap.
const PARTITIONS: [Facet; 5] = [Facet::Country, Facet::Kind, Facet::SideA, Facet::SideB, Facet::Status];

/// Projects as those of totals, some with sides and with something said of civilians.
fn with_classes() -> impl Strategy<Value = Project> {
    (projects(), 0_usize..12, 0_u64..9).prop_map(|(mut project, n, number)| {
        if project.events.len() > n {
            say(&mut project, n, "civilians", &number.to_string());
        }
        let ids: Vec<EventId> = project.events.iter().map(|event| event.id).collect();
        for id in ids.iter().step_by(2) {
            let mut event = Event::clone(project.events.get(*id).expect("there"));
            event.side_b = if event.kind.starts_with('b') { "army".into() } else { " militia ".into() };
            project.events.replace(event).expect("there");
        }
        project
    })
}

/// The same, with two voices for some events: claims have a speaker, a publisher, or nobody who is named.
fn spoken() -> impl Strategy<Value = Project> {
    (with_classes(), prop::collection::vec((0_usize..12, 0_u64..5), 0..8), 0_usize..4).prop_map(
        |(mut project, more, first)| {
            for (n, number) in more {
                if project.events.contains(id(n)) {
                    say(&mut project, n, "total", &number.to_string());
                }
            }
            let ids: Vec<_> = project.claims.iter().map(|claim| claim.id).collect();
            for (at, of) in ids.into_iter().enumerate() {
                let mut claim = Claim::clone(project.claims.get(of).expect("there"));
                match (first + at) % 4 {
                    0 => claim.speaker = "ministry".into(),
                    1 => claim.speaker = " hospital ".into(),
                    2 => claim.origin = Some(Origin::Document("register".into())),
                    _ => {}
                }
                project.claims.replace(claim).expect("there");
            }
            project
        },
    )
}

/// Whether a series says what totals say.
fn same(series: &Series, chart: &Chart, totals: &Totals) -> Result<(), TestCaseError> {
    let wanted: Vec<Point> = totals.groups.iter().map(|group| group.sums).collect();
    prop_assert_eq!(&series.points, &wanted);
    let apart = |strip: Strip| -> &Group {
        match strip {
            Strip::NotPlaced => &totals.not_placed,
            Strip::Undated => &totals.undated,
            Strip::Summaries => &totals.in_summaries,
        }
    };
    for (strip, point) in chart.strips.iter().zip(&series.apart) {
        prop_assert_eq!(point, &apart(*strip).sums, "{:?}", strip);
    }
    prop_assert_eq!(series.total, totals.total);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_chart_says_what_totals_say(
        project in with_classes(), size in units(), placing in placings(), gone in 0_usize..12, class in any::<bool>(),
        low in any::<bool>(),
    ) {
        let derived = Derived::from_scratch(&project);
        let class = if class { Class::from_key("civilians").expect("a class") } else { Class::TOTAL };
        let filter = marks(&derived, |event| event != id(gone));
        let basis = Basis { filter: Some(&filter), ..basis(&project, &derived) };
        let chart = Chart::of(&basis, &Question {
            size, placing, class: class.clone(), missing_best_is_low: low, ..Question::default()
        });
        let sheet = Methodology { missing_best_is_low: low || project.methodology.missing_best_is_low, ..Methodology::default() };
        let lenient = Project { methodology: Arc::new(sheet), ..project.clone() };
        let among = Among::Slots(&filter);
        let totals = totals(&lenient, &derived, &Query { placing, class, among, ..Query::new(Measure::Killed, By::Time(size)) });
        same(&chart.panels[0].series[0], &chart, &totals)?;
        prop_assert_eq!(chart.compared[0].account, totals.account);
        prop_assert_eq!(Some(chart.unit), totals.unit);
        let bins: Vec<Option<Bin>> = totals.groups.iter().map(|group| group.bin).collect();
        let columns: Vec<Option<Bin>> = chart.columns.iter().map(|column| Some(column.bin)).collect();
        prop_assert_eq!(columns, bins);
    }

    #[test]
    fn every_event_has_one_source_and_sources_add_up_to_the_whole(
        project in spoken(), size in units(), placing in placings(), filtered in any::<bool>(), gone in 0_usize..12,
    ) {
        let derived = Derived::from_scratch(&project);
        let filter = marks(&derived, |event| event != id(gone));
        let filter = filtered.then_some(&filter[..]);
        let basis = Basis { filter, ..basis(&project, &derived) };
        let question = Question { size, placing, split: Split::Of(Facet::Source), ..Question::default() };
        let chart = Chart::of(&basis, &question);
        let panel = &chart.panels[0];
        let lenient = project.methodology.missing_best_is_low;
        for (column, whole) in panel.whole[0].points.iter().enumerate() {
            let sum = together(panel.series.iter().map(|series| &series.points[column]), lenient);
            prop_assert_eq!(&sum, whole, "column {}", column);
        }
        for (strip, whole) in panel.whole[0].apart.iter().enumerate() {
            let sum = together(panel.series.iter().map(|series| &series.apart[strip]), lenient);
            prop_assert_eq!(&sum, whole, "strip {}", strip);
        }
        let among = filter.map_or(Among::All, Among::Slots);
        let all = totals(&project, &derived, &Query { placing, among, ..Query::new(Measure::Killed, By::Of(Facet::Source)) });
        prop_assert_eq!(panel.whole[0].total, all.total);
        if !all.groups.is_empty() {
            let sum = together(all.groups.iter().map(|group| &group.sums), lenient);
            prop_assert_eq!(sum, all.total);
        }
        let counted: usize = all.groups.iter().map(|group| group.slots.len()).sum();
        prop_assert_eq!(counted, all.account.placed + all.account.in_summaries, "each event once");
        for series in panel.series.iter().filter(|series| matches!(series.role, Role::Group(_))) {
            let group = all.groups.iter().find(|group| group.key == series.key);
            prop_assert_eq!(group.map(|group| group.sums), Some(series.total), "{}", series.key);
        }
        for series in panel.series.iter().filter(|series| series.role != Role::Whole) {
            let all = (0..chart.columns.len()).flat_map(|at| chart.slots(&basis, Place::Columns(at, at), Some(series)));
            let of = derived.sources_by_slot(&project, &Measure::Killed, &Class::TOTAL);
            let named = |slot: u32| of.names()[of.by_slot()[slot as usize] as usize].as_str();
            let other = series.role == Role::Other;
            prop_assert!(all.into_iter().all(|slot| other || named(slot) == series.key));
        }
    }

    #[test]
    fn sources_follow_edits(before in spoken(), after in spoken()) {
        let mut derived = Derived::from_scratch(&before);
        // What is asked before an edit is kept and brought forward.
        drop(derived.sources_by_slot(&before, &Measure::Killed, &Class::TOTAL));
        derived.advance(&before, &after);
        let names = |derived: &Derived| {
            let sources = derived.sources_by_slot(&after, &Measure::Killed, &Class::TOTAL);
            let table = derived.columnar();
            let name = |event: &Arc<Event>| {
                let slot = table.slot(event.id).expect("there") as usize;
                (event.id, sources.names()[sources.by_slot()[slot] as usize].clone())
            };
            after.events.iter().map(name).collect::<Vec<_>>()
        };
        prop_assert_eq!(names(&derived), names(&Derived::from_scratch(&after)));
    }

    #[test]
    fn every_group_is_the_totals_of_its_events_and_the_groups_add_up(
        project in with_classes(), size in units(), placing in placings(), at in 0..PARTITIONS.len(),
    ) {
        let facet = PARTITIONS[at];
        let split = Split::Of(facet);
        let derived = Derived::from_scratch(&project);
        let chart = Chart::of(&basis(&project, &derived), &Question { size, placing, split, ..Question::default() });
        let panel = &chart.panels[0];
        let lenient = project.methodology.missing_best_is_low;
        let all = totals(&project, &derived, &Query { placing, ..Query::new(Measure::Killed, By::Time(BinSize::Fixed(chart.unit))) });
        same(&panel.whole[0], &chart, &all)?;
        for (column, whole) in panel.whole[0].points.iter().enumerate() {
            let sum = together(panel.series.iter().map(|series| &series.points[column]), lenient);
            prop_assert_eq!(&sum, whole, "column {}", column);
        }
        let sum = together(panel.series.iter().map(|series| &series.total), lenient);
        prop_assert_eq!(sum, all.total);
        for series in panel.series.iter().filter(|series| series.role != Role::Other) {
            let of_group = |event: &Event| keys_of(event, facet).any(|key| *key == *series.key);
            let query = Query { among: Among::Matching(&of_group), ..Query::new(Measure::Killed, By::None) };
            prop_assert_eq!(totals(&project, &derived, &query).total, series.total, "{}", series.key);
        }
    }

    #[test]
    fn parties_overlap_and_each_is_the_totals_of_its_events(project in with_classes(), size in units()) {
        let derived = Derived::from_scratch(&project);
        let chart = Chart::of(&basis(&project, &derived), &Question { size, split: Split::Of(Facet::Side), ..Question::default() });
        let groups = totals(&project, &derived, &Query::new(Measure::Killed, By::Of(Facet::Side))).groups;
        let series = || chart.panels[0].series.iter().filter(|series| series.role != Role::Whole);
        prop_assert_eq!(series().count(), groups.len());
        for series in series() {
            let group = groups.iter().find(|group| group.key == series.key).expect("the same groups");
            prop_assert_eq!(group.sums, series.total, "{}", &series.key);
        }
    }

    #[test]
    fn every_class_is_the_totals_of_it(project in with_classes()) {
        let derived = Derived::from_scratch(&project);
        let chart = Chart::of(&basis(&project, &derived), &Question { split: Split::Of(Facet::Class), ..Question::default() });
        for series in chart.panels[0].series.iter().filter(|series| series.role != Role::Whole) {
            let class = Class::from_key(&series.key).expect("a class");
            let query = Query { class, ..Query::new(Measure::Killed, By::Time(BinSize::Fixed(chart.unit))) };
            same(series, &chart, &totals(&project, &derived, &query))?;
        }
    }

    #[test]
    fn what_was_reported_up_to_the_end_is_all_that_was_placed(
        project in with_classes(), size in units(), placing in placings(),
    ) {
        let derived = Derived::from_scratch(&project);
        let question = Question { size, placing, cumulative: true, ..Question::default() };
        let chart = Chart::of(&basis(&project, &derived), &question);
        let series = &chart.panels[0].series[0];
        for pair in series.points.windows(2) {
            prop_assert!(pair[0].low <= pair[1].low && pair[0].high_at_least <= pair[1].high_at_least);
            prop_assert!(pair[0].events <= pair[1].events);
        }
        let summaries = totals(&project, &derived, &Query::new(Measure::Killed, By::None)).in_summaries.sums;
        let apart = chart.strips.iter().zip(&series.apart).filter(|(strip, _)| **strip != Strip::Summaries);
        let parts: Vec<Point> = series.points.last().into_iter().chain(apart.map(|(_, point)| point)).copied().collect();
        let sum = together(parts.iter().chain([&summaries]), project.methodology.missing_best_is_low);
        prop_assert_eq!(sum, series.total);
    }

    #[test]
    fn a_selection_and_the_rest_make_up_the_chart(
        project in with_classes(), size in units(), placing in placings(), bits in any::<u16>(), at in 0..PARTITIONS.len(),
    ) {
        let derived = Derived::from_scratch(&project);
        let basis = basis(&project, &derived);
        let chart = Chart::of(&basis, &Question { size, placing, split: Split::Of(PARTITIONS[at]), ..Question::default() });
        let (mut one, mut rest) = (vec![false; derived.columnar().slots()], vec![false; derived.columnar().slots()]);
        for slot in 0..one.len() {
            one[slot] = bits >> (slot % 16) & 1 == 1;
            rest[slot] = !one[slot];
        }
        let (one, rest) = (chart.share(&basis, &one), chart.share(&basis, &rest));
        let lenient = project.methodology.missing_best_is_low;
        let all = chart.panels[0].series.iter().zip(&one.panels[0].series).zip(&rest.panels[0].series);
        for ((whole, one), rest) in all {
            prop_assert_eq!(together([&one.total, &rest.total].into_iter(), lenient), whole.total);
            for column in 0..chart.columns.len() {
                let both = together([&one.points[column], &rest.points[column]].into_iter(), lenient);
                prop_assert_eq!(both, whole.points[column]);
            }
        }
    }

    #[test]
    fn every_event_stands_somewhere(
        project in with_classes(), size in units(), placing in placings(), at in 0..PARTITIONS.len(),
    ) {
        let derived = Derived::from_scratch(&project);
        let basis = basis(&project, &derived);
        let chart = Chart::of(&basis, &Question { size, placing, split: Split::Of(PARTITIONS[at]), ..Question::default() });
        let slots = |place| chart.slots(&basis, place, None);
        let last = chart.columns.len().saturating_sub(1);
        let placed = slots(Place::Columns(0, last));
        let account = chart.compared[0].account;
        prop_assert_eq!(placed.len(), account.placed);
        let strips = chart.strips.iter().enumerate();
        let apart: usize = strips.map(|(at, _)| slots(Place::Strip(at)).len()).sum();
        let summaries = if chart.strips.contains(&Strip::Summaries) { account.in_summaries } else { 0 };
        prop_assert_eq!(apart, account.not_placed + account.undated + summaries);
        for column in 0..chart.columns.len() {
            let place = Place::Columns(column, column);
            let of_series: usize =
                chart.panels[0].series.iter().map(|series| chart.slots(&basis, place, Some(series)).len()).sum();
            prop_assert_eq!(of_series, slots(place).len());
            prop_assert_eq!(of_series, chart.panels[0].whole[0].points[column].events);
        }
        let counts = project.events.iter().filter(|event| !matches!(event.status, Status::Excluded(_))).count();
        prop_assert_eq!(counts, account.placed + account.not_placed + account.undated + account.in_summaries);
    }
}
