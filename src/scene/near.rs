//! What of a scene is nearest to a place: what a pointer means.

use super::shape::{Item, Point, Scene, Shape, Stands};

/// What stands nearest to a place, within `reach` points, of what is asked for. Of two equally near ones the one in
/// front.
pub fn nearest(scene: &Scene, at: Point, reach: f32, asked: impl Fn(Stands) -> bool) -> Option<Stands> {
    let mut best: Option<(f32, Stands)> = None;
    let mut look = |item: &Item| {
        if asked(item.stands)
            && let Some(distance) = distance(&item.shape, at)
            && distance <= reach
            && best.is_none_or(|(least, _)| distance <= least)
        {
            best = Some((distance, item.stands));
        }
    };
    each(&scene.items, &mut look);
    best.map(|(_, stands)| stands)
}

fn each(items: &[Item], look: &mut impl FnMut(&Item)) {
    for item in items {
        look(item);
        if let Shape::Clip { items, .. } = &item.shape {
            each(items, look);
        }
    }
}

/// How far a shape is from a place; of a text, its place alone is asked. `None` of what cannot be pointed at.
fn distance(shape: &Shape, at: Point) -> Option<f32> {
    let from = |to: Point| (to.x - at.x).hypot(to.y - at.y);
    match shape {
        Shape::Marker(marker) => Some((from(marker.at) - marker.radius).max(0.0)),
        Shape::Line(line) => line.points.windows(2).map(|ends| to_piece(at, ends)).reduce(f32::min),
        Shape::Text(text) => Some(from(Point::new(text.at.x, text.at.y - text.size / 3.0))),
        Shape::Rect { area, .. } | Shape::Hatch { area, .. } => {
            let (x, y) = (at.x.clamp(area.left, area.right), at.y.clamp(area.top, area.bottom));
            Some(from(Point::new(x, y)))
        }
        Shape::Polygon { .. } | Shape::Clip { .. } => None,
    }
}

fn to_piece(at: Point, ends: &[Point]) -> f32 {
    let [a, b] = ends else { return f32::INFINITY };
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a.x + share * dx - at.x).hypot(a.y + share * dy - at.y)
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Marker, MarkerKind, Role, Stroke};
    use super::*;

    #[test]
    fn a_dot_in_front_of_a_line_is_meant_before_the_line() {
        let mut scene = Scene::sized(100.0, 100.0);
        let points = vec![Point::new(0.0, 50.0), Point::new(100.0, 50.0)];
        let line = Line { points, stroke: Stroke::of(Role::Text, 1.0) };
        scene.put(Stands::Series { panel: 0, series: 2 }, Shape::Line(line));
        let dot =
            Marker { at: Point::new(40.0, 50.0), kind: MarkerKind::Circle, radius: 4.0, fill: None, stroke: None };
        scene.put(Stands::Claim(7), Shape::Marker(dot));
        let any = |x: f32, y: f32| nearest(&scene, Point::new(x, y), 4.0, |stands| stands != Stands::Nothing);
        assert_eq!(any(41.0, 51.0), Some(Stands::Claim(7)));
        assert_eq!(any(80.0, 52.0), Some(Stands::Series { panel: 0, series: 2 }));
        assert_eq!(any(80.0, 60.0), None);
        let series = nearest(&scene, Point::new(41.0, 51.0), 4.0, |stands| matches!(stands, Stands::Series { .. }));
        assert_eq!(series, Some(Stands::Series { panel: 0, series: 2 }));
    }
}
