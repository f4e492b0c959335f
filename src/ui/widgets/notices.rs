//! What tells a state: badges, banners over a panel, and what stands in an empty panel.
//! Knows the theme; must not know which state it tells.

use egui::accesskit;
use egui::{
    Align, Color32, CornerRadius, Frame, Label, Layout, Margin, Response, RichText, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, vec2,
};

use super::{ICON, primary_button, section_title};
use crate::ui::theme::{self, Tokens, icons};

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Info,
    Ok,
    Warn,
    Error,
}

impl Tone {
    /// Colour of the icon or the word.
    fn front(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.muted,
            Self::Info => tokens.info.text,
            Self::Ok => tokens.ok.text,
            Self::Warn => tokens.warn.text,
            Self::Error => tokens.error.text,
        }
    }

    fn ground(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.header,
            Self::Info => tokens.info.fill,
            Self::Ok => tokens.ok.fill,
            Self::Warn => tokens.warn.fill,
            Self::Error => tokens.error.fill,
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Neutral | Self::Info => icons::INFO,
            Self::Ok => icons::CHECK_CIRCLE,
            Self::Warn => icons::WARNING,
            Self::Error => icons::WARNING_CIRCLE,
        }
    }

    /// What a screen reader should make of a banner: errors interrupt.
    const fn role(self) -> accesskit::Role {
        match self {
            Self::Error | Self::Warn => accesskit::Role::Alert,
            _ => accesskit::Role::Status,
        }
    }
}

/// A short word on a rounded ground. Colour is never its only meaning: the word says it.
pub fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let tokens = theme::tokens(ui);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::medium(11.0), tone.front(tokens));
    let size = vec2(galley.size().x + 14.0, (galley.size().y + 4.0).max(18.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), text));
    let painter = ui.painter();
    let outline = if tokens.border_width > 1.0 { Stroke::new(1.0, tone.front(tokens)) } else { Stroke::NONE };
    let radius = rect.height() / 2.0;
    painter.rect(rect, radius, tone.ground(tokens), outline, StrokeKind::Inside);
    let at = rect.center() - galley.size() / 2.0;
    painter.galley(at.round(), galley, tone.front(tokens));
    response
}

/// A lasting condition, told at the top of the panel that it concerns, with what can be done.
/// Returns the index of the button that was pressed.
pub fn banner(ui: &mut Ui, tone: Tone, text: &str, buttons: &[&str]) -> Option<usize> {
    let tokens = theme::tokens(ui);
    let mut frame = Frame::new()
        .fill(tone.ground(tokens))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 6));
    if tokens.border_width > 1.0 {
        frame = frame.stroke((tokens.border_width, tone.front(tokens)));
    }
    let builder = UiBuilder::new().accessibility_role(tone.role()).accessibility_label(text);
    ui.scope_builder(builder, |ui| frame.show(ui, |ui| banner_row(ui, tone, text, buttons)).inner).inner
}

fn banner_row(ui: &mut Ui, tone: Tone, text: &str, buttons: &[&str]) -> Option<usize> {
    let tokens = theme::tokens(ui);
    let mut pressed = None;
    ui.horizontal(|ui| {
        let icon = RichText::new(tone.icon()).size(ICON);
        ui.add(Label::new(icon.color(tone.front(tokens))));
        let row = vec2(ui.available_width(), ui.spacing().interact_size.y);
        // From the right, so that the text gets what the buttons leave, and wraps there.
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            if !tokens.dark {
                // The grey of a button at rest looks dirty on a tinted ground.
                ui.visuals_mut().widgets.inactive.weak_bg_fill = tokens.page;
            }
            for (index, label) in buttons.iter().enumerate().rev() {
                if ui.button(*label).clicked() {
                    pressed = Some(index);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(text).color(tokens.text)).wrap());
            });
        });
    });
    pressed
}

/// What stands in a panel that has nothing to show: why, and the one act that fills it.
/// Returns whether that act's button was pressed.
pub fn empty_state(ui: &mut Ui, icon: &str, title: &str, line: &str, button: Option<&str>) -> bool {
    /// Height in points of what is drawn, without the button.
    const HEIGHT: f32 = 96.0;
    const WIDTH: f32 = 320.0;
    let tokens = theme::tokens(ui);
    let tall = HEIGHT + button.map_or(0.0, |_| 38.0);
    // A little above the middle: the eye takes that for the middle.
    ui.add_space(((ui.available_height() - tall) * 0.42).max(8.0));
    let width = ui.available_width();
    let mut pressed = false;
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Center), |ui| {
        ui.set_max_width(WIDTH.min(width));
        let icon = RichText::new(icon).size(28.0).color(tokens.muted);
        ui.add(Label::new(icon));
        let title = RichText::new(title).text_style(theme::SECTION.clone());
        ui.add(Label::new(title.color(tokens.text)));
        ui.add(Label::new(RichText::new(line).color(tokens.muted)).wrap());
        if let Some(text) = button {
            ui.add_space(6.0);
            pressed = primary_button(ui, text).clicked();
        }
        ui.allocate_space(Vec2::ZERO);
    });
    pressed
}

/// What became of something that was asked for: a bar that stays until it is closed and can be copied, with details under
/// its title. `good` where nothing has to be looked at. Answers whether it was closed.
pub fn report(
    ui: &mut Ui,
    title: &str,
    good: bool,
    buttons: ReportButtons<'_>,
    text: impl FnOnce() -> String,
    details: impl FnOnce(&mut Ui),
) -> bool {
    let tokens = theme::tokens(ui);
    let frame = Frame::new()
        .fill(if good { tokens.header } else { tokens.warn.fill })
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 6));
    let builder = UiBuilder::new().accessibility_role(accesskit::Role::Alert).accessibility_label(title);
    let mut closed = false;
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    closed = ui.button("Close").accessible_name(buttons.close).clicked();
                    if ui.button(buttons.copy).clicked() {
                        ui.ctx().copy_text(text());
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| section_title(ui, title));
                });
            });
            details(ui);
        });
    });
    closed
}

/// The words of a report's buttons.
#[derive(Clone, Copy, Debug)]
pub struct ReportButtons<'a> {
    /// The name of the button that closes it, for screen readers.
    pub close: &'a str,
    /// What stands on the button that copies it.
    pub copy: &'a str,
}
