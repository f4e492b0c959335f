//! How the number became known, over the claims table: claims at their days, the lines of their voices, and the figure
//! as it ran. It can be folded away.
//!
//! It has the keyboard as a whole: Left and Right go from claim to claim in the order in which they became known, Home
//! and End to the first and the last, Enter to the words. It says which claim is chosen and changes nothing.

use egui::accesskit::Role;
use egui::{EventFilter, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, UiBuilder, vec2};

use crate::dataset;
use crate::derive::reports::{Standing, Timeline, Told, timeline};
use crate::model::{ClaimId, Class, EventId, Measure};
use crate::scene::claims_timeline::{Picture, account, key as signs, moment, voice};
use crate::scene::{BROKEN, Laid, Point, Room, Shape, Stands, nearest};
use crate::ui::eye::Hand;
use crate::ui::picture::{ScreenRuler, paint, place};
use crate::ui::theme::icons;
use crate::ui::{View, figures, widgets};

use super::words;

/// How far from its sign a claim is still meant, in points.
const REACH: f32 = 7.0;

/// What is asked of the tab.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To make a claim the current one.
    Claim(ClaimId),
    /// To see its words.
    Quote(ClaimId),
}

/// What was worked out for one number of one snapshot.
#[derive(Debug)]
struct Made {
    key: (u64, EventId, Measure, Class),
    timeline: Timeline,
    /// The picture, with its room and the current claim.
    laid: Option<(Room, Option<ClaimId>, Laid)>,
    account: String,
    signs: String,
}

/// The timeline's own state.
#[derive(Debug, Default)]
pub struct ClaimsTimeline {
    /// Whether it was opened or folded by hand; otherwise it is open where something became known by and by.
    open: Option<bool>,
    made: Option<Made>,
    hand: Hand,
}

impl ClaimsTimeline {
    /// Whether anything was said of the number that was drawn last.
    pub fn has_claims(&self) -> bool {
        self.made.as_ref().is_some_and(|made| !made.timeline.claims.is_empty())
    }

    /// Draws it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        number: (EventId, &Measure, &Class),
        current: Option<ClaimId>,
    ) -> Option<Asked> {
        self.work_out(view, number);
        let Self { open, made, hand } = self;
        let made = made.as_mut().filter(|made| !made.timeline.claims.is_empty())?;
        let moments = made.timeline.course.iter().filter(|step| step.known.day().is_some()).count();
        let shown = open.unwrap_or(moments > 1);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let (icon, label) = if shown {
                (icons::CARET_DOWN, "Hide how it became known")
            } else {
                (icons::CARET_RIGHT, "Show how it became known")
            };
            if widgets::icon_button(ui, icon, label).clicked() {
                *open = Some(!shown);
            }
            widgets::section_title(ui, "How it became known");
            if shown {
                hand.reset_button(ui);
            }
        });
        if !shown {
            return None;
        }
        let asked = made.picture(ui, view, current, hand);
        widgets::caption(ui, &made.account);
        let broken = made.laid.as_ref().is_some_and(|(_, _, laid)| laid.is_broken());
        widgets::caption(ui, if broken { format!("{}; {BROKEN}", made.signs) } else { made.signs.clone() });
        asked
    }

    fn work_out(&mut self, view: &View<'_>, (event, measure, class): (EventId, &Measure, &Class)) {
        let key = (view.revision, event, measure.clone(), class.clone());
        if self.made.as_ref().is_some_and(|made| made.key == key) {
            return;
        }
        if self.made.as_ref().is_none_or(|made| (&made.key.1, &made.key.2, &made.key.3) != (&key.1, &key.2, &key.3)) {
            self.hand = Hand::default();
        }
        self.made = timeline(view.project, view.derived, event, measure, class).map(|timeline| {
            let picture = Picture { project: view.project, timeline: &timeline, measure, class, current: None };
            let (account, signs) = (account(&picture), signs(&picture));
            Made { key, timeline, laid: None, account, signs }
        });
    }
}

impl Made {
    fn picture(&mut self, ui: &mut Ui, view: &View<'_>, current: Option<ClaimId>, hand: &mut Hand) -> Option<Asked> {
        let width = ui.available_width();
        let height = if width < 420.0 { 160.0 } else { 190.0 };
        self.lay_out(
            ui,
            view,
            Room { width, height, seen: hand.eye.seen, almanac: view.project.about.almanac },
            current,
        );
        let Some((_, _, laid)) = &self.laid else { return None };
        let builder = UiBuilder::new().accessibility_role(Role::Group).accessibility_label(&laid.scene.description);
        ui.scope_builder(builder, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let id = ui.scope_id().with("timeline of claims");
            let response = ui.interact(rect, id, Sense::click_and_drag());
            let chosen = current.and_then(|id| self.timeline.claims.iter().position(|told| told.claim == id));
            response.widget_info(|| {
                let said = chosen.map_or_else(|| laid.scene.title.clone(), |at| self.said(view, at));
                egui::WidgetInfo::labeled(egui::Role::Figure, ui.is_enabled(), said)
            });
            paint(ui.painter(), rect.min, &laid.scene);
            widgets::focus_ring(ui, &response);
            let pressed = self.claims(ui, view, rect.min, laid, current);
            self.hover(&response, view, rect.min, laid);
            hand.moves(ui, &response, laid, true);
            let day = |at: usize| self.timeline.claims.get(at).and_then(|told| told.known.day());
            if response.has_focus() {
                hand.keys(ui, laid, chosen.and_then(day));
            }
            let asked = keys(ui, &response, chosen, &self.timeline.claims);
            if let Some(Asked::Claim(claim)) = asked {
                let at = self.timeline.claims.iter().position(|told| told.claim == claim);
                hand.reveal(laid, at.and_then(day));
            }
            asked.or(pressed)
        })
        .inner
    }

    fn lay_out(&mut self, ui: &Ui, view: &View<'_>, room: Room, current: Option<ClaimId>) {
        let current = current.filter(|id| self.timeline.claims.iter().any(|told| told.claim == *id));
        if self.laid.as_ref().is_some_and(|(of, chosen, _)| (*of, *chosen) == (room, current)) {
            return;
        }
        let (_, _, measure, class) = &self.key;
        let picture = Picture { project: view.project, timeline: &self.timeline, measure, class, current };
        let laid = picture.lay_out(room, &ScreenRuler(ui.painter()));
        self.laid = Some((room, current, laid));
    }

    /// Every claim as something that can be pressed and heard.
    fn claims(&self, ui: &Ui, view: &View<'_>, at: Pos2, laid: &Laid, current: Option<ClaimId>) -> Option<Asked> {
        let mut asked = None;
        let mut before = None;
        for item in laid.scene.items.iter() {
            let Stands::Claim(n) = item.stands else { continue };
            let middle = match &item.shape {
                Shape::Marker(marker) => marker.at,
                Shape::Text(text) => Point::new(text.at.x, text.at.y - 4.0),
                _ => continue,
            };
            let Some(told) = self.timeline.claims.get(n).filter(|_| before != Some(n)) else { continue };
            before = Some(n);
            let rect = Rect::from_center_size(place(at, middle), vec2(2.0 * REACH, 2.0 * REACH));
            let response = ui.interact(rect, ui.scope_id().with(("said", told.claim.as_str())), Sense::CLICK);
            widgets::name_row(ui, &response, &self.said(view, n), current == Some(told.claim));
            if response.double_clicked() {
                asked = Some(Asked::Quote(told.claim));
            } else if response.clicked() {
                asked = Some(Asked::Claim(told.claim));
            }
            response.on_hover_text(self.tip(view, n)).on_hover_cursor(egui::CursorIcon::PointingHand);
        }
        asked
    }

    /// A claim as a screen reader says it: when, who, what, and whether it counts.
    fn said(&self, view: &View<'_>, at: usize) -> String {
        let Some(told) = self.timeline.claims.get(at) else { return String::new() };
        let of = self.timeline.claims.len();
        let name = words::name_of(view.project, told.claim);
        format!("Known {}: {name}. {}. Claim {} of {of}", when(told), standing(told), at + 1)
    }

    /// A claim under the pointer: who said what and when, with the words.
    fn tip(&self, view: &View<'_>, at: usize) -> String {
        let Some(told) = self.timeline.claims.get(at) else { return String::new() };
        let mut lines = vec![format!("{}, {}", words::name_of(view.project, told.claim), when(told))];
        let read = figures::reading(told.reading).unwrap_or_else(|| "no number".to_owned());
        lines.push(format!("Read as {read}, {}. {}", told.class, standing(told)));
        if let Some(claim) = dataset::claim(view.project, told.claim) {
            let quote = claim.quotes.first().map_or(&claim.words, |quote| &quote.exact);
            if !quote.is_empty() {
                lines.push(format!("“{quote}”"));
            }
        }
        lines.join("\n")
    }

    /// What is under the pointer beside the claims: a voice, else the figure of that day.
    fn hover(&self, response: &Response, view: &View<'_>, at: Pos2, laid: &Laid) {
        let Some(pointer) = response.hover_pos() else { return };
        let point = Point::new(pointer.x - at.x, pointer.y - at.y);
        let (_, _, measure, class) = &self.key;
        let picture = Picture { project: view.project, timeline: &self.timeline, measure, class, current: None };
        let series = nearest(&laid.scene, point, 5.0, |stands| matches!(stands, Stands::Series { .. }));
        let text = if let Some(Stands::Series { series, .. }) = series {
            self.timeline.lines.get(series).map(|line| {
                let steps = line.said.iter().map(|said| {
                    let interim = if said.interim { ", interim" } else { "" };
                    let feared = if said.high_only { ", feared or counted of an enemy" } else { "" };
                    format!("{} from {}{interim}{feared}", figures::grouped(said.number), figures::day(said.day))
                });
                let mut lines = vec![voice(&picture, line)];
                lines.extend(steps);
                lines.join("\n")
            })
        } else if laid.is_in_plane(point) {
            laid.moment_at(point.x).and_then(|at| self.timeline.course.get(at)).map(|step| {
                let value = figures::short(step.figure.value, step.figure.marks);
                let interim = if step.interim { ", interim reports alone" } else { "" };
                format!("Figure {}: {value}{interim}", moment(step.known))
            })
        } else {
            None
        };
        if let Some(text) = text {
            response.clone().on_hover_text_at_pointer(text);
        }
    }
}

/// From when a claim is known, in words.
fn when(told: &Told) -> String {
    match told.known.day() {
        Some(day) if told.by_article => format!("{} (the day of the article)", figures::day(day)),
        Some(day) => figures::day(day),
        None => "on no known day".to_owned(),
    }
}

fn standing(told: &Told) -> String {
    match &told.standing {
        Standing::Now => "Counted".to_owned(),
        Standing::Then => "Counted until later reports".to_owned(),
        Standing::Not(why) => format!("Not counted: {}", why.describe()),
    }
}

/// The keys that the timeline has while it has the keyboard.
fn keys(ui: &Ui, response: &Response, chosen: Option<usize>, claims: &[Told]) -> Option<Asked> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if let Some(to) = widgets::along(pressed, chosen, claims.len()) {
        return claims.get(to).map(|told| Asked::Claim(told.claim));
    }
    let told = claims.get(chosen?)?;
    pressed(Key::Enter).then_some(Asked::Quote(told.claim))
}
