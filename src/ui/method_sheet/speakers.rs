//! Whom two of the methods hear first: the ranked speakers, and the one authority.

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::completion::{Completion, Written};
use crate::dataset;
use crate::model::{Method, Methodology, Project, Text};
use crate::ui::theme::icons;
use crate::ui::{View, figures, theme, widgets};

/// Everybody who speaks in the project, for one revision.
#[derive(Debug, Default)]
struct Known {
    revision: Option<u64>,
    /// The most frequent first.
    names: Vec<Text>,
    /// How many claims each makes, by the name in lower case.
    claims: BTreeMap<String, usize>,
}

/// The section's own state.
#[derive(Debug, Default)]
pub struct Speakers {
    known: Known,
    add: Completion,
    authority: Completion,
    /// The authority that the field was filled with.
    shown: Option<Text>,
}

/// What was asked of a ranked speaker.
enum Move {
    Up(usize),
    Down(usize),
    Out(usize),
}

impl Speakers {
    /// Draws the section.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, sheet: &mut Methodology) {
        if self.known.revision != Some(view.revision) {
            self.known = Known::of(view.project, view.revision);
        }
        ui.add_space(8.0);
        widgets::section_title(ui, "Speakers");
        widgets::muted(ui, used_by(sheet, Method::SourceHierarchy, "The ranks"));
        self.ranks(ui, sheet);
        ui.add_space(4.0);
        self.authority(ui, sheet);
        widgets::muted(ui, used_by(sheet, Method::LatestOfAuthority, "The authority"));
    }

    fn ranks(&mut self, ui: &mut Ui, sheet: &mut Methodology) {
        let mut asked = None;
        let count = sheet.ranks.len();
        for (n, name) in sheet.ranks.iter().enumerate() {
            asked = self.rank(ui, n, count, name).or(asked);
        }
        match asked {
            Some(Move::Up(n)) if n > 0 => sheet.ranks.swap(n, n - 1),
            Some(Move::Down(n)) if n + 1 < count => sheet.ranks.swap(n, n + 1),
            Some(Move::Out(n)) if n < count => {
                sheet.ranks.remove(n);
            }
            _ => {}
        }
        let ranked: Vec<String> = sheet.ranks.iter().map(|name| name.to_lowercase()).collect();
        let free: Vec<Text> =
            self.known.names.iter().filter(|name| !ranked.contains(&name.to_lowercase())).cloned().collect();
        if let Written::Accepted(name) = self.add.ui(ui, "Add a speaker at the last rank", "Health ministry", &free) {
            self.add.text.clear();
            self.add.focus();
            if !ranked.contains(&name.to_lowercase()) {
                sheet.ranks.push(name);
            }
        }
    }

    fn rank(&self, ui: &mut Ui, n: usize, count: usize, name: &Text) -> Option<Move> {
        let mut asked = None;
        let row = vec2(ui.available_width(), theme::ROW);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if widgets::icon_button(ui, icons::X, &format!("Take {name} off the ranks")).clicked() {
                asked = Some(Move::Out(n));
            }
            let down = |ui: &mut Ui| widgets::icon_button(ui, icons::ARROW_DOWN, &format!("Move {name} down"));
            if ui.add_enabled_ui(n + 1 < count, down).inner.clicked() {
                asked = Some(Move::Down(n));
            }
            let up = |ui: &mut Ui| widgets::icon_button(ui, icons::ARROW_UP, &format!("Move {name} up"));
            if ui.add_enabled_ui(n > 0, up).inner.clicked() {
                asked = Some(Move::Up(n));
            }
            widgets::caption(ui, self.known.says(name));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let place = RichText::new(format!("{}", n + 1)).color(theme::tokens(ui).muted);
                ui.add(Label::new(place));
                ui.add(Label::new(&**name).truncate());
            });
        });
        asked
    }

    fn authority(&mut self, ui: &mut Ui, sheet: &mut Methodology) {
        if self.shown.as_ref() != Some(&sheet.authority) {
            self.shown = Some(sheet.authority.clone());
            self.authority.text = sheet.authority.to_string();
        }
        match self.authority.ui(ui, "Authority", "None", &self.known.names) {
            Written::Nothing => {}
            Written::Accepted(name) => {
                self.authority.text = name.to_string();
                sheet.authority = name;
            }
            Written::Left => sheet.authority = self.authority.text.trim().into(),
        }
        self.shown = Some(sheet.authority.clone());
    }
}

impl Known {
    fn of(project: &Project, revision: u64) -> Self {
        let mut by_name: BTreeMap<String, (usize, Text)> = BTreeMap::new();
        for claim in project.claims.iter().filter(|claim| !claim.speaker.is_empty()) {
            by_name.entry(claim.speaker.to_lowercase()).or_insert_with(|| (0, claim.speaker.clone())).0 += 1;
        }
        let readers = dataset::readers(project);
        if readers.name_speakers() {
            let claims = project.events.iter().flat_map(|event| readers.untouched(project, event));
            for claim in claims.filter(|claim| !claim.speaker.is_empty()) {
                by_name.entry(claim.speaker.to_lowercase()).or_insert_with(|| (0, claim.speaker.clone())).0 += 1;
            }
        }
        let mut names: Vec<(usize, Text)> = by_name.values().cloned().collect();
        names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let claims = by_name.into_iter().map(|(name, (count, _))| (name, count)).collect();
        Self { revision: Some(revision), names: names.into_iter().map(|(_, name)| name).collect(), claims }
    }

    fn says(&self, name: &str) -> String {
        let count = self.claims.get(&name.to_lowercase()).copied().unwrap_or(0);
        figures::count(count, "claim", "claims")
    }
}

/// Which measures ask for the ranks or the authority.
fn used_by(sheet: &Methodology, method: Method, what: &str) -> String {
    if sheet.method == method || sheet.methods.values().any(|own| *own == method) {
        format!("{what} decide by the rule “{}”, which is chosen above", method.title())
            .replace("The authority decide", "The authority decides")
    } else {
        format!("{what} matter only to the rule “{}”", method.title())
            .replace("The authority matter", "The authority matters")
    }
}
