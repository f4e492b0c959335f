//! The question how a chart is exported: its title, its size, its format. It asks and does nothing else; where the file
//! goes is asked behind it.

use egui::{ComboBox, RadioButton, Ui};

use crate::exchange::chart::{Output, Size};

use super::widgets;

/// How a chart is to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartWish {
    /// The title that a person gave it; empty for one that says what is counted.
    pub title: String,
    /// How large.
    pub size: Size,
    /// As what.
    pub output: Output,
    /// Whether it has greys in the place of colours.
    pub printed: bool,
}

/// The question, while it is answered.
#[derive(Debug, Clone)]
pub struct ChartForm {
    wish: ChartWish,
    /// What is asked.
    asks: &'static str,
    /// What the chart is called without a title.
    counted: String,
    /// What the numbers behind it are.
    numbers: &'static str,
    fresh: bool,
}

impl ChartForm {
    /// A question about the chart of this name. `numbers` is what stands in the table behind it.
    pub fn new(asks: &'static str, counted: String, numbers: &'static str) -> Self {
        let (title, size, output) = (String::new(), Size::default(), Output::ALL[0]);
        let wish = ChartWish { title, size, output, printed: false };
        Self { wish, asks, counted, numbers, fresh: true }
    }

    /// The answer as it stands.
    pub fn wish(&self) -> ChartWish {
        self.wish.clone()
    }

    /// Draws the question. Returns whether Enter was pressed in the title.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        widgets::dialog_title(ui, self.asks);
        let field = widgets::field(ui, "Title, what was found", &mut self.wish.title);
        if std::mem::take(&mut self.fresh) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        widgets::caption(ui, format!("Without one the chart is called “{}”", self.counted));
        widgets::section_title(ui, "Format");
        for output in Output::ALL {
            let text = format!("{} (.{})", output.title(), output.ending());
            let help = if output == Output::Numbers { self.numbers } else { output.help() };
            let choice = ui.add(RadioButton::new(self.wish.output == output, text)).on_hover_text(help);
            if choice.clicked() {
                self.wish.output = output;
            }
        }
        let help = if self.wish.output == Output::Numbers { self.numbers } else { self.wish.output.help() };
        widgets::caption(ui, help);
        let drawn = matches!(self.wish.output, Output::Picture(_));
        ui.add_enabled_ui(drawn, |ui| {
            widgets::section_title(ui, "Size");
            let list = ComboBox::from_id_salt("size").width(240.0).selected_text(self.wish.size.title());
            let list = list.show_ui(ui, |ui| {
                for size in Size::NAMED {
                    widgets::choose(ui, &mut self.wish.size, size, size.title());
                }
            });
            list.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, drawn, "Size"));
            ui.checkbox(&mut self.wish.printed, "Greys in place of colours, for print");
        });
        entered
    }
}
