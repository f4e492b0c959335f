//! How figures became known, as a file: the toll of all events, what each speaker had said, or the claims on one event.
//! A picture with what is said around it, and the numbers behind it as a table.

mod table;
#[cfg(test)]
mod tests;

use super::{Output, Size, Written};
use crate::derive::Derived;
use crate::derive::credits::Credits;
use crate::derive::reports::{Speaker, Timeline, Toll};
use crate::derive::wording::{count, sentence};
use crate::exchange::picture::{self, NotWritten};
use crate::model::{Class, EventId, Measure, Project};
use crate::scene::chart::{Imprint, words};
use crate::scene::claims_timeline::{self, Picture};
use crate::scene::letters::Letters;
use crate::scene::toll_timeline::{self, Said, Shown};
use crate::scene::{
    BROKEN, EndLabel, Laid, Line, Point, Role, Room, Ruler, Scene, Shape, Stands, Stroke, Text, Weight,
};

/// Room around everything, in points.
const MARGIN: f32 = 16.0;
/// Height of a line of the foot.
const FOOT: f32 = 14.0;
/// The least height of the plot.
const PLOT: f32 = 160.0;

/// What became known of which figure.
#[derive(Clone, Copy)]
pub struct BecameKnown<'a> {
    /// The project that it is of.
    pub project: &'a Project,
    /// What is counted.
    pub measure: &'a Measure,
    /// Among whom.
    pub class: &'a Class,
    /// The line of the filter, where only some events are meant.
    pub filter: &'a str,
    /// What is shown of it.
    pub what: What<'a>,
}

/// What is shown.
#[derive(Clone, Copy)]
pub enum What<'a> {
    /// The total by the method in force.
    Toll(&'a Toll),
    /// What each speaker had said.
    Speakers(&'a [Speaker]),
    /// The claims on one event.
    Claims(EventId, &'a Timeline),
}

impl BecameKnown<'_> {
    /// What it is called where a person gave it no title.
    pub fn title(&self) -> String {
        match self.what {
            What::Toll(toll) => toll_timeline::title(Shown::Toll(toll), self.measure, self.class),
            What::Speakers(speakers) => toll_timeline::title(Shown::Speakers(speakers), self.measure, self.class),
            What::Claims(..) => claims_timeline::title(self.measure, self.class),
        }
    }

    /// What it says beside its numbers. `among` marks the slots of `derive::columnar` that are meant; `None` is all.
    pub fn imprint(&self, derived: &Derived, title: &str, hash: String, among: Option<&[bool]>) -> Imprint {
        let of_event: Option<Vec<bool>> = match self.what {
            What::Claims(event, _) => {
                let table = derived.columnar();
                let slot = table.slot(event).map(|slot| slot as usize);
                Some((0..table.len()).map(|at| slot == Some(at)).collect())
            }
            What::Toll(_) | What::Speakers(_) => None,
        };
        let among = of_event.as_deref().or(among);
        Imprint {
            title: title.to_owned(),
            credits: Credits::of(self.project, derived, &[self.measure], self.class, among),
            licence: self.project.about.licence.to_string(),
            hash,
            printed: false,
        }
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// If a library refuses what it was given.
    pub fn export(&self, imprint: &Imprint, size: Size, output: Output) -> Result<Written, NotWritten> {
        match output {
            Output::Picture(kind) => {
                let bytes = picture::write(&self.scene(imprint, size), kind, size.frame().2)?;
                Ok(Written { bytes, codebook: None })
            }
            Output::Numbers => Ok(Written { bytes: table::csv(self), codebook: Some(table::codebook(self, imprint)) }),
        }
    }

    /// The numbers for the clipboard: as text with tabs, and as a table.
    pub fn tsv(&self) -> (String, String) {
        table::tsv(self)
    }

    /// The picture, with title, what the signs mean and the sources.
    pub fn scene(&self, imprint: &Imprint, size: Size) -> Scene {
        let ruler = Letters::default();
        let (width, height, _) = size.frame();
        let height = height.unwrap_or(width * 0.66);
        let room = width - 2.0 * MARGIN;
        let named = imprint.title.trim();
        let heading = if named.is_empty() { self.title() } else { named.to_owned() };
        let mut page = Page { scene: Scene::sized(width, height), y: MARGIN };
        for line in ruler.wrapped(&heading, 16.0, Weight::SemiBold, room) {
            page.put(line, (16.0, 20.0), Role::Text, Weight::SemiBold);
        }
        for line in ruler.wrapped(&self.subtitle(&imprint.credits), 12.0, Weight::Regular, room) {
            page.put(line, (12.0, 16.0), Role::Muted, Weight::Regular);
        }
        page.y += 8.0;
        // Neither what is left out nor who is named depends on the height.
        let low = self.lay_out(Room::all(room, PLOT, self.project.about.almanac), &ruler);
        let foot = self.foot(imprint, low.is_broken());
        let foot: Vec<String> = foot.iter().flat_map(|text| ruler.wrapped(text, 11.0, Weight::Regular, room)).collect();
        let feet: f32 =
            foot.iter().chain(low.unnamed.iter().map(|label| &label.text)).map(|_| FOOT).sum::<f32>() + 10.0;
        let plot = (height - page.y - feet - MARGIN).max(PLOT);
        page.scene.height = height.max(page.y + plot + feet + MARGIN);
        let laid = self.lay_out(Room::all(room, plot, self.project.about.almanac), &ruler);
        let before = if named.is_empty() { String::new() } else { format!("{named}. ") };
        page.scene.description = format!("{before}{}{}", self.of_event(), laid.scene.description);
        page.scene.title = heading;
        page.scene.items.extend(laid.scene.moved(MARGIN, page.y).items);
        page.y += plot + 10.0;
        for label in &laid.unnamed {
            page.name(label, &ruler, room);
        }
        for line in foot {
            page.put(line, (11.0, FOOT), Role::Muted, Weight::Regular);
        }
        if imprint.printed { page.scene.printed() } else { page.scene }
    }

    fn lay_out(&self, room: Room, ruler: &dyn Ruler) -> Laid {
        match self.what {
            What::Toll(toll) => self.toll(Shown::Toll(toll), room, ruler),
            What::Speakers(speakers) => self.toll(Shown::Speakers(speakers), room, ruler),
            What::Claims(_, timeline) => self.picture(timeline).lay_out(room, ruler),
        }
    }

    fn toll(&self, shown: Shown<'_>, room: Room, ruler: &dyn Ruler) -> Laid {
        toll_timeline::lay_out(shown, &Said::of(shown, self.measure, self.class), room, ruler)
    }

    fn picture<'b>(&'b self, timeline: &'b Timeline) -> Picture<'b> {
        Picture { project: self.project, timeline, measure: self.measure, class: self.class, current: None }
    }

    /// "Shelling of a village, 14 September 2022. ", where it is about one event.
    fn of_event(&self) -> String {
        let What::Claims(event, _) = self.what else { return String::new() };
        let Some(event) = self.project.events.get(event) else { return String::new() };
        let when = event.when.as_ref().map(|when| format!(", {}", when.describe())).unwrap_or_default();
        format!("{}{when}. ", event.name().trim_end_matches('.'))
    }

    /// The unit, and on how much it rests.
    fn subtitle(&self, credits: &Credits) -> String {
        let things = words::things(self.measure);
        let how = match self.what {
            What::Toll(_) => format!("{things} known by each day, low–best–high"),
            What::Speakers(_) => format!("{things} that each speaker had reported by each day"),
            What::Claims(_, timeline) => {
                let claims = count(timeline.claims.len(), "claim", "claims");
                format!("{things} by the day of report, {claims}")
            }
        };
        let mut said = format!("{}{how}", self.of_event());
        if !matches!(self.what, What::Claims(..)) {
            said.push_str(&format!(", {}", count(credits.counts.events, "event", "events")));
        }
        said.push_str(&words::from(&credits.counts));
        if !self.filter.trim().is_empty() {
            said.push_str(&format!("; only events that match {}", self.filter.trim()));
        }
        said
    }

    fn foot(&self, imprint: &Imprint, broken: bool) -> Vec<String> {
        let mut foot: Vec<String> = words::source_line(&imprint.credits).into_iter().collect();
        let mut notes = match self.what {
            What::Toll(toll) => toll_timeline::notes(Shown::Toll(toll)),
            What::Speakers(speakers) => toll_timeline::notes(Shown::Speakers(speakers)),
            What::Claims(_, timeline) => format!("{}.", claims_timeline::key(&self.picture(timeline))),
        };
        if broken {
            notes.push_str(&format!(" {}.", sentence(BROKEN)));
        }
        foot.push(notes);
        if let What::Claims(_, timeline) = self.what {
            foot.push(format!("{}.", claims_timeline::account(&self.picture(timeline))));
        }
        foot.push(words::last_line(imprint));
        foot
    }
}

/// A page that is filled from the top.
struct Page {
    scene: Scene,
    y: f32,
}

impl Page {
    /// Names a line that has no name at its end.
    fn name(&mut self, label: &EndLabel, ruler: &Letters, room: f32) {
        const SIGN: f32 = 18.0;
        let middle = self.y + 6.0;
        let points = vec![Point::new(MARGIN, middle), Point::new(MARGIN + SIGN - 6.0, middle)];
        self.scene.put(label.stands, Shape::Line(Line { points, stroke: Stroke::of(label.role, 2.5) }));
        let text = ruler.fitted(&label.text, 11.0, label.weight, room - SIGN);
        let text = Text::new(Point::new(MARGIN + SIGN, self.y + 10.0), text, 11.0, Role::Text).weighing(label.weight);
        self.scene.put(label.stands, Shape::Text(text));
        self.y += FOOT;
    }

    /// Puts a line of this size, and goes on below its height.
    fn put(&mut self, text: String, (size, height): (f32, f32), role: Role, weight: Weight) {
        let text = Text::new(Point::new(MARGIN, self.y + size - 1.0), text, size, role).weighing(weight);
        self.scene.put(Stands::Words, Shape::Text(text));
        self.y += height;
    }
}
