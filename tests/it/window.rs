//! Two million rows under the wheel, the bar and jumps: a table that paints nothing but numbers.

use dateline::ui::theme;
use dateline::ui::window::{Lines, Window};
use egui::accesskit::{self, Role};
use egui::{Event, MouseWheelUnit, Rect, TouchPhase, Ui, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate, TableState};

const COUNT: u64 = 2_000_000;
const HEIGHT: f32 = 26.0;
const HEADER: f32 = 28.0;

/// Notes where rows stand.
#[derive(Default)]
struct Numbers {
    rows: Vec<(u64, f32)>,
    prepared: std::ops::Range<u64>,
}

impl TableDelegate for Numbers {
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.prepared = info.visible_rows.clone();
    }

    fn header_cell_ui(&mut self, _: &mut Ui, _: &HeaderCellInfo) {}

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        ui.label(cell.row_nr.to_string());
        if cell.col_nr == 0 {
            self.rows.push((cell.row_nr, ui.max_rect().top()));
        }
    }
}

struct Bench {
    window: Window,
    count: u64,
    to: Option<u64>,
    seen: Numbers,
    area: Rect,
}

type Screen = Harness<'static, Bench>;

fn open(count: u64) -> Screen {
    let bench = Bench { window: Window::default(), count, to: None, seen: Numbers::default(), area: Rect::ZERO };
    let app = |ui: &mut Ui, bench: &mut Bench| {
        egui::CentralPanel::default().frame(egui::Frame::new()).show(ui, |ui| {
            let columns = vec![Column::new(120.0).range(120.0..=120.0).resizable(false); 4];
            let table = Table::new().id_salt("rows").columns(columns).headers([HeaderRow::new(HEADER)]);
            let id = table.get_id(ui);
            if TableState::load(ui.ctx(), id).is_none() {
                TableState::default().store(ui.ctx(), id);
            }
            bench.seen = Numbers::default();
            bench.area = ui.available_rect_before_wrap();
            let to = bench.to.take().map(|row| row..=row);
            let lines = Lines { count: bench.count, height: HEIGHT, header: HEADER };
            bench.window.show(ui, table, lines, to, &mut bench.seen);
        });
    };
    let mut screen = raster::builder([400.0, 548.0])
        .with_context_setup(theme::install)
        .with_max_steps(30)
        .build_ui_state(app, bench);
    screen.event(Event::PointerMoved(pos2(200.0, 300.0)));
    screen.run();
    screen
}

/// Points from the first row of all to the upper edge of the view, by what is painted; every row says the same.
fn top(screen: &Screen) -> f64 {
    let rows = &screen.state().seen.rows;
    let tops: Vec<f64> = rows
        .iter()
        .map(|(row, at)| *row as f64 * f64::from(HEIGHT) - f64::from(at - HEADER - screen.state().area.top()))
        .collect();
    assert!(tops.iter().all(|top| (top - tops[0]).abs() < 0.001), "rows stand one under the other: {tops:?}");
    let first = rows.iter().map(|(row, _)| *row).min().expect("a row");
    assert!((tops[0] / f64::from(HEIGHT)).floor() as u64 >= first, "the view is filled from its upper edge");
    tops[0]
}

/// How tall the view of the rows is.
fn view(screen: &Screen) -> f64 {
    f64::from(screen.state().area.height() - HEADER)
}

fn wheel(screen: &mut Screen, by: f32) {
    screen.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    screen.run();
}

fn go(screen: &mut Screen, row: u64) {
    screen.state_mut().to = Some(row);
    screen.run();
}

fn bar(screen: &Screen) -> (f64, f64) {
    let bar = screen.get_by_role_and_label(Role::ScrollBar, "Rows");
    let bar = bar.accesskit_node();
    (bar.numeric_value().expect("a value"), bar.max_numeric_value().expect("a most"))
}

#[test]
fn a_point_of_the_wheel_moves_the_rows_by_a_point_wherever_one_is() {
    let mut screen = open(COUNT);
    for row in [0, 5_000, 700_000, 1_999_000] {
        go(&mut screen, row);
        let start = top(&screen);
        for step in 1..=40 {
            wheel(&mut screen, -1.0);
            assert_eq!(top(&screen), start + f64::from(step), "near row {row}");
        }
        for step in (0..40).rev() {
            wheel(&mut screen, 1.0);
            assert_eq!(top(&screen), start + f64::from(step), "near row {row}, back");
        }
    }
}

#[test]
fn parts_of_a_point_add_up() {
    let mut screen = open(COUNT);
    go(&mut screen, 1_500_000);
    let start = top(&screen);
    for _ in 0..16 {
        wheel(&mut screen, -0.25);
    }
    assert_eq!(top(&screen), start + 4.0);
}

#[test]
fn a_long_way_by_the_wheel_never_jumps() {
    let mut screen = open(COUNT);
    go(&mut screen, 900_000);
    let mut last = top(&screen);
    let start = last;
    // Far enough for the window to move several times; each frame is looked at.
    for _ in 0..160 {
        screen.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -2_600.0),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        for _ in 0..12 {
            screen.step();
            let now = top(&screen);
            assert!(now >= last && now - last <= 5_200.0, "from {last} to {now}");
            last = now;
        }
    }
    screen.run();
    assert_eq!(top(&screen), start + 160.0 * 2_600.0);
}

#[test]
fn jumps_bring_rows_just_into_view() {
    let mut screen = open(COUNT);
    let view = view(&screen);
    let height = f64::from(HEIGHT);
    go(&mut screen, COUNT - 1);
    assert_eq!(top(&screen), COUNT as f64 * height - view, "the last row stands at the lower edge");
    assert!(screen.state().seen.prepared.contains(&(COUNT - 1)));
    go(&mut screen, 0);
    assert_eq!(top(&screen), 0.0);
    go(&mut screen, 1_234_567);
    assert_eq!(top(&screen), 1_234_568.0 * height - view);
    go(&mut screen, 1_234_560);
    assert_eq!(top(&screen), 1_234_568.0 * height - view, "what is in view stays");
    // Screen by screen, as Page Down goes.
    for page in 1..=30 {
        go(&mut screen, 1_234_567 + page * 19);
        assert_eq!(top(&screen), (1_234_568 + page * 19) as f64 * height - view);
    }
}

#[test]
fn the_bar_goes_anywhere_and_tells_where_one_is() {
    let mut screen = open(COUNT);
    assert_eq!(bar(&screen), (1.0, COUNT as f64));
    let lane = screen.get_by_role_and_label(Role::ScrollBar, "Rows").rect();
    let at = |y: f32| pos2(lane.center().x, y);
    screen.drag_at(at(lane.top() + 4.0));
    screen.run();
    screen.hover_at(at(lane.center().y));
    screen.run();
    let (row, _) = bar(&screen);
    assert!((row / COUNT as f64 - 0.5).abs() < 0.05, "{row}");
    assert_eq!((top(&screen) / f64::from(HEIGHT)).floor() + 1.0, row);
    screen.hover_at(at(lane.bottom() + 200.0));
    screen.run();
    screen.drop_at(at(lane.bottom() + 200.0));
    screen.run();
    assert!(screen.state().seen.prepared.contains(&(COUNT - 1)), "to the very end");
    // A press beside the handle brings it there.
    screen.hover_at(at(lane.top() + lane.height() / 4.0));
    screen.run();
    screen.drag_at(at(lane.top() + lane.height() / 4.0));
    screen.run();
    screen.drop_at(at(lane.top() + lane.height() / 4.0));
    screen.run();
    let (row, _) = bar(&screen);
    assert!((row / COUNT as f64 - 0.25).abs() < 0.05, "{row}");
}

#[test]
fn a_screen_reader_moves_the_bar() {
    let mut screen = open(COUNT);
    let ask = |screen: &mut Screen, action, data| {
        let bar = screen.get_by_role_and_label(Role::ScrollBar, "Rows");
        let (target_node, target_tree) = bar.accesskit_node().locate();
        let request = accesskit::ActionRequest { action, target_tree, target_node, data };
        screen.event(Event::AccessKitActionRequest(request));
        screen.run();
    };
    ask(&mut screen, accesskit::Action::SetValue, Some(accesskit::ActionData::NumericValue(1_000_001.0)));
    assert_eq!(top(&screen), 26_000_000.0);
    ask(&mut screen, accesskit::Action::Increment, None);
    assert_eq!(top(&screen), 26_000_000.0 + view(&screen) - f64::from(HEIGHT));
}

#[test]
fn rows_may_become_few_and_many_again() {
    let mut screen = open(COUNT);
    go(&mut screen, 1_999_999);
    for count in [1_500_000, 90_000, 50_000, 10, 1_000, 60_000, 400_000] {
        screen.state_mut().count = count;
        screen.run();
        let prepared = screen.state().seen.prepared.clone();
        assert!(prepared.end <= count && prepared.start < prepared.end, "{count}: {prepared:?}");
        let seen = screen.state().seen.rows.len();
        assert!(seen as u64 >= count.min(20), "{count}: {seen} rows");
        top(&screen);
        go(&mut screen, count - 1);
        assert!(screen.state().seen.prepared.contains(&(count - 1)), "{count}");
        let last = (count as f64 * f64::from(HEIGHT) - view(&screen)).max(0.0);
        // A short table is scrolled by the toolkit, which leaves a gap below.
        let gap = top(&screen) - last;
        assert!(gap == 0.0 || (count < 90_000 && (0.0..=8.0).contains(&gap)), "{count}: {gap}");
        wheel(&mut screen, 1.0);
    }
}
