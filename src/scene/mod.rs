//! Pictures as plain shapes and texts: laid out once, painted by the window, written by exports, printed by tests.
//!
//! A [`Scene`] says what stands where, and what it stands for. Its colours are roles, so that the window paints it light
//! or dark and a file always light. Lengths are points, from the left and from the top. It knows no window, no file
//! format and no disk; the widths of texts are asked of a [`Ruler`].

pub mod chart;
pub mod claims_timeline;
pub mod fonts;
pub mod letters;
pub mod months;
mod near;
mod plane;
mod print;
pub mod role;
mod ruler;
pub mod runs;
mod shape;
pub mod ticks;
pub mod toll_timeline;

pub use near::nearest;
pub use plane::{BROKEN, Days, EndLabel, Laid, Plane, Room};
pub use role::{Hue, Role};
pub use ruler::{EvenRuler, Ruler};
pub use shape::{
    Anchor, Area, Dash, Fill, Item, Line, Marker, MarkerKind, Point, Scene, Shape, Stands, Stroke, Text, Weight,
    hatch_lines,
};
