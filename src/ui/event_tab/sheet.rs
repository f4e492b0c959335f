//! The project's rule at the foot of the event: which method and word table are in force, and what another would make
//! of this event.

use egui::{Align, ComboBox, Grid, Label, Layout, RichText, TextEdit, Ui};

use crate::derive::explain;
use crate::derive::figures::{Marks, Value};
use crate::derive::totals::{By, Query, totals};
use crate::edit::Edit;
use crate::model::{EventId, Measure, Method, Methodology, Project, WordTable};
use crate::ui::figures::sentence;
use crate::ui::theme;
use crate::ui::widgets;
use crate::ui::{Action, Actions, View, figures};

/// What every method makes of one event, for one snapshot.
#[derive(Debug)]
struct Compared {
    revision: u64,
    event: EventId,
    measure: Measure,
    rows: Vec<(Method, Value, Marks)>,
}

/// What the project's total of a measure is, and what it was before the rule was changed here.
#[derive(Debug)]
struct Effect {
    revision: u64,
    measure: Measure,
    now: String,
    before: Option<String>,
}

/// The sheet's own state.
#[derive(Debug, Default)]
pub struct Sheet {
    compared: Option<Compared>,
    effect: Option<Effect>,
    /// A change of the rule is under way: the total that is kept becomes the one before it.
    changing: bool,
    /// The revision that the typed texts below stem from.
    typed_at: Option<u64>,
    authority: String,
    ranks: String,
}

impl Sheet {
    /// Draws the sheet.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, event: EventId, measure: &Measure, actions: &mut Actions) {
        widgets::section_title(ui, "Method sheet");
        widgets::caption(ui, "For the whole project: a change here changes every figure, and can be undone");
        let before = &view.project.methodology;
        let mut sheet = Methodology::clone(before);
        let mut what = "method";
        self.method_ui(ui, &mut sheet, measure);
        if words_ui(ui, &mut sheet) {
            what = "word table";
        }
        self.speakers_ui(ui, view, &mut sheet, measure);
        if switches_ui(ui, &mut sheet) {
            what = "method switches";
        }
        self.effect_ui(ui, view, measure);
        if sheet != **before {
            self.changing = true;
            actions.push(Action::Edit(Edit::SetMethodology { methodology: Box::new(sheet), what: what.to_owned() }));
        }
        self.compare_ui(ui, view, event, measure);
    }

    fn method_ui(&self, ui: &mut Ui, sheet: &mut Methodology, measure: &Measure) {
        let mut own = sheet.methods.get(measure).copied();
        method_list(ui, "Rule for all measures", &mut sheet.method);
        if let Some(method) = &mut own {
            method_list(ui, &format!("Rule for {measure}"), method);
        }
        let mut has_own = own.is_some();
        if ui.checkbox(&mut has_own, format!("A rule of its own for {measure}")).changed() {
            own = has_own.then_some(sheet.method);
        }
        match own {
            Some(method) => sheet.methods.insert(measure.clone(), method),
            None => sheet.methods.remove(measure),
        };
        widgets::muted(ui, sheet.method_for(measure).help());
    }

    /// What two of the methods need to know: whom they hear first.
    fn speakers_ui(&mut self, ui: &mut Ui, view: &View<'_>, sheet: &mut Methodology, measure: &Measure) {
        if self.typed_at != Some(view.revision) {
            self.typed_at = Some(view.revision);
            self.authority = sheet.authority.to_string();
            self.ranks = sheet.ranks.join("\n");
        }
        match sheet.method_for(measure) {
            Method::LatestOfAuthority => {
                let field = widgets::field(ui, "Authority (a speaker)", &mut self.authority);
                if field.lost_focus() {
                    sheet.authority = self.authority.trim().into();
                }
            }
            Method::SourceHierarchy => {
                let field = widgets::field_with(ui, "Speakers, one a line, first rank first", |ui| {
                    ui.add(TextEdit::multiline(&mut self.ranks).desired_rows(3).desired_width(f32::INFINITY))
                });
                if field.lost_focus() {
                    let lines = self.ranks.lines().map(str::trim).filter(|line| !line.is_empty());
                    sheet.ranks = lines.map(Into::into).collect();
                }
            }
            _ => {}
        }
    }

    /// The total of the whole project, and what the last change of the rule made of it.
    fn effect_ui(&mut self, ui: &mut Ui, view: &View<'_>, measure: &Measure) {
        let known = self.effect.take().filter(|effect| effect.measure == *measure);
        let effect = match known {
            Some(effect) if effect.revision == view.revision => effect,
            known => {
                let changed = std::mem::take(&mut self.changing);
                let before = known.filter(|_| changed).map(|effect| effect.now);
                let now = project_total(view, measure);
                Effect { revision: view.revision, measure: measure.clone(), now, before }
            }
        };
        let text = match &effect.before {
            Some(before) if *before != effect.now => {
                format!("{} in the whole project: {}, before {before}", measure.title(), effect.now)
            }
            Some(_) => format!("{} in the whole project: {}, as before", measure.title(), effect.now),
            None => format!("{} in the whole project: {}", measure.title(), effect.now),
        };
        ui.add(Label::new(RichText::new(text).text_style(theme::LABEL.clone())).wrap());
        self.effect = Some(effect);
    }

    fn compare_ui(&mut self, ui: &mut Ui, view: &View<'_>, event: EventId, measure: &Measure) {
        let stale =
            self.compared.as_ref().is_none_or(|c| (c.revision, c.event, &c.measure) != (view.revision, event, measure));
        if stale {
            let rows = compare(view, event, measure);
            self.compared = Some(Compared { revision: view.revision, event, measure: measure.clone(), rows });
        }
        let Some(compared) = &self.compared else { return };
        ui.add_space(4.0);
        widgets::muted(ui, format!("This event's {measure} by every rule, from the claims alone"));
        let tokens = theme::tokens(ui);
        let in_force = view.project.methodology.method_for(measure);
        Grid::new("rules compared").num_columns(2).spacing([16.0, 2.0]).show(ui, |ui| {
            for (method, value, marks) in &compared.rows {
                let chosen = *method == in_force;
                let colour = if chosen { tokens.text } else { tokens.muted };
                let name = RichText::new(sentence(method.key())).color(colour);
                ui.add(Label::new(if chosen { name.text_style(theme::LABEL.clone()) } else { name }))
                    .on_hover_text(method.help());
                let text = figures::short(*value, *marks);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let text = RichText::new(text).color(colour);
                    ui.add(Label::new(if chosen { text.text_style(theme::LABEL.clone()) } else { text }));
                });
                ui.end_row();
            }
        });
    }
}

fn method_list(ui: &mut Ui, label: &str, method: &mut Method) {
    widgets::field_with(ui, label, |ui| {
        let width = ui.available_width();
        let list = ComboBox::from_id_salt(label).selected_text(sentence(method.key())).width(width);
        list.show_ui(ui, |ui| {
            for option in Method::ALL {
                ui.selectable_value(method, option, sentence(option.key())).on_hover_text(option.help());
            }
        })
        .response
    });
}

/// Whether another table was chosen.
fn words_ui(ui: &mut Ui, sheet: &mut Methodology) -> bool {
    let mut chosen = None;
    let tip = sheet
        .words
        .entries
        .iter()
        .map(|(word, meaning)| format!("{word}: {}", figures::span(meaning.low, meaning.high)));
    let tip = tip.collect::<Vec<_>>().join("\n");
    widgets::field_with(ui, "Number words", |ui| {
        let width = ui.available_width();
        let list = ComboBox::from_id_salt("words").selected_text(sentence(&sheet.words.name)).width(width);
        list.show_ui(ui, |ui| {
            for name in WordTable::preset_names() {
                if ui.selectable_label(*sheet.words.name == *name, sentence(name)).clicked() {
                    chosen = WordTable::preset(name);
                }
            }
        })
        .response
        .on_hover_text(tip)
    });
    let Some(table) = chosen.filter(|table| *table != sheet.words) else { return false };
    sheet.words = table;
    true
}

/// Whether a switch was turned.
fn switches_ui(ui: &mut Ui, sheet: &mut Methodology) -> bool {
    let attackers = ui.checkbox(&mut sheet.count_attackers, "Count attackers among the dead");
    let enemy =
        ui.checkbox(&mut sheet.enemy_counts_high_only, "A party's count of its enemy's dead only raises the high");
    let best = ui.checkbox(&mut sheet.missing_best_is_low, "In sums, take the low where an event has no best");
    attackers.changed() || enemy.changed() || best.changed()
}

/// The total of a measure over all events of the project: `138 (120–150)`.
fn project_total(view: &View<'_>, measure: &Measure) -> String {
    let sums = totals(view.project, view.derived, &Query::new(measure.clone(), By::None)).total;
    figures::of_sums(&sums)
}

/// One event under every method, without what was set by hand.
fn compare(view: &View<'_>, event: EventId, measure: &Measure) -> Vec<(Method, Value, Marks)> {
    let Some(plain) = without_hands(view.project, event) else { return Vec::new() };
    let rows = Method::ALL.into_iter().map(|method| {
        let mut project = plain.clone();
        let mut sheet = Methodology::clone(&project.methodology);
        sheet.method = method;
        sheet.methods.clear();
        project.methodology = sheet.into();
        let figures = explain(&project, view.derived, event);
        let total = figures.get(measure).map(|figures| &figures.total);
        (method, total.map_or(Value::NoClaim, |f| f.value), total.map_or_else(Marks::default, |f| f.marks))
    });
    rows.collect()
}

fn without_hands(project: &Project, event: EventId) -> Option<Project> {
    let mut event = (**project.events.get(event)?).clone();
    let mut project = project.clone();
    if !event.by_hand.is_empty() {
        event.by_hand.clear();
        project.events.replace(event).ok()?;
    }
    Some(project)
}
