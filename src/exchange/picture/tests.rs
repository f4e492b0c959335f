//! Files of a small scene with every kind of shape.

use super::*;
use crate::scene::{
    Anchor, Area, Dash, Fill, Hue, Item, Line, Marker, MarkerKind, Point, Role, Shape, Stands, Stroke, Text, Weight,
};

fn scene() -> Scene {
    let mut scene =
        Scene { title: "Deaths & “more”".into(), description: "Two < three.".into(), ..Scene::sized(96.0, 48.0) };
    let killed = Role::Measure(Hue::Killed);
    let area = Area { left: 8.0, top: 8.0, right: 40.0, bottom: 40.0 };
    let bar = Shape::Rect { area, fill: Some(Fill::of(killed)), stroke: None };
    let wide = Area { right: 96.0, ..area };
    let inside = vec![Item::new(Stands::Bin { panel: 0, bin: 3 }, bar)];
    scene.put(Stands::Nothing, Shape::Clip { area: wide, items: inside });
    let dashed = Stroke::of(Role::Text, 2.0).dashed(Dash::Short);
    scene.put(
        Stands::Axis,
        Shape::Line(Line { points: vec![Point::new(4.0, 44.0), Point::new(92.0, 44.0)], stroke: dashed }),
    );
    let hatched = Area { left: 48.0, top: 8.0, right: 64.0, bottom: 40.0 };
    scene.put(Stands::Unsearched, Shape::Hatch { area: hatched, gap: 5.0, stroke: Stroke::of(Role::Muted, 1.0) });
    let points = [(66.0, 8.0), (80.0, 8.0), (73.0, 20.0)].map(|(x, y)| Point::new(x, y)).to_vec();
    scene.put(Stands::Nothing, Shape::Polygon { points, fill: Some(Fill::faint(killed, 0.22)), stroke: None });
    for (kind, x) in MarkerKind::ALL.into_iter().zip([70.0, 75.0, 80.0, 85.0, 90.0]) {
        let (fill, stroke) = (Some(Fill::of(Role::Group(1))), Some(Stroke::of(Role::Text, 0.5)));
        scene.put(Stands::Nothing, Shape::Marker(Marker { at: Point::new(x, 30.0), kind, radius: 2.0, fill, stroke }));
    }
    let text = Text::new(Point::new(92.0, 40.0), "24 (12–30)", 9.0, Role::Text).anchored(Anchor::Right);
    scene.put(Stands::Words, Shape::Text(text.weighing(Weight::SemiBold)));
    let turned = Text { turned: -90.0, ..Text::new(Point::new(6.0, 40.0), "غزة", 6.0, Role::Muted) };
    scene.put(Stands::Words, Shape::Text(turned));
    scene
}

fn pixel(png: &[u8], x: u32, y: u32) -> [u8; 3] {
    let pixmap = resvg::tiny_skia::Pixmap::decode_png(png).expect("a PNG");
    let colour = pixmap.pixel(x, y).expect("within").demultiply();
    [colour.red(), colour.green(), colour.blue()]
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    for kind in Kind::ALL {
        let write = || write(&scene(), kind, Scale { millimetres: Some(89.0), pixels: 3.0 }).expect("written");
        assert_eq!(write(), write(), "{kind:?}");
    }
}

#[test]
fn svg_is_named_described_and_drawn_without_fonts() {
    let svg = String::from_utf8(write(&scene(), Kind::Svg, Scale::default()).expect("written")).expect("text");
    assert!(svg.contains("width=\"96\" height=\"48\" viewBox=\"0 0 96 48\" role=\"img\""), "{svg}");
    assert!(svg.contains("Deaths &amp; “more”</title>") && svg.contains("Two &lt; three.</desc>"), "{svg}");
    assert!(svg.contains("data-of=\"bin 0/3\" x=\"8\" y=\"8\" width=\"32\" height=\"32\" fill=\"#D55E00\""), "{svg}");
    assert!(svg.contains("aria-label=\"24 (12–30)\"") && !svg.contains("<text") && !svg.contains("font"), "{svg}");
    let on_paper = write(&scene(), Kind::Svg, Scale { millimetres: Some(89.0), pixels: 2.0 }).expect("written");
    assert!(String::from_utf8(on_paper).expect("text").contains("width=\"89mm\" height=\"44.5mm\""));
}

#[test]
fn png_has_the_pixels_that_were_asked_for() {
    let png = write(&scene(), Kind::Png, Scale::default()).expect("written");
    let pixmap = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a PNG");
    assert_eq!((pixmap.width(), pixmap.height()), (192, 96));
    assert_eq!(pixel(&png, 30, 30), [0xD5, 0x5E, 0x00], "the bar");
    assert_eq!(pixel(&png, 90, 4), [255, 255, 255], "the page");
    assert_eq!(pixel(&png, 10, 88), [0x1B, 0x1F, 0x27], "the line, where its dash begins");
    assert!(!png.windows(4).any(|four| four == b"pHYs"));
    let on_paper = write(&scene(), Kind::Png, Scale { millimetres: Some(25.4), pixels: 2.0 }).expect("written");
    let at = on_paper.windows(4).position(|four| four == b"pHYs").expect("a density");
    // 192 pixels on an inch: 7559 on a metre.
    assert_eq!(on_paper[at + 4..at + 8], 7_559_u32.to_be_bytes());
    assert_eq!(pixel(&on_paper, 30, 30), [0xD5, 0x5E, 0x00], "it is still read");
}

#[test]
fn pdf_holds_fonts_texts_and_the_description() {
    let pdf = write(&scene(), Kind::Pdf, Scale { millimetres: Some(25.4), pixels: 2.0 }).expect("written");
    let holds = |what: &str| pdf.windows(what.len()).any(|part| part == what.as_bytes());
    assert!(holds("%PDF-1.7") && holds("/MediaBox[0 0 72 36]"), "an inch is 72 points");
    assert!(holds("/FontFile") && holds("/ToUnicode"));
    assert!(holds("/Figure") && holds("Two < three."));
    assert!(!holds("/CreationDate"));
}

#[test]
fn a_picture_without_a_size_is_refused() {
    for kind in [Kind::Png, Kind::Pdf] {
        assert!(matches!(write(&Scene::default(), kind, Scale::default()), Err(NotWritten::Size(0, 0))), "{kind:?}");
    }
    let huge = Scene::sized(1e6, 10.0);
    assert!(matches!(write(&huge, Kind::Png, Scale::default()), Err(NotWritten::Size(..))));
}
