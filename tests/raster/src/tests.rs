//! What a reader of a picture may rely on.

use egui::{Color32, Pos2, Rect, TextureOptions, Ui, pos2, vec2};
use image::RgbaImage;

const RED: [u8; 4] = [255, 0, 0, 255];
const WHITE: [u8; 4] = [255, 255, 255, 255];

/// A picture of 40 by 30 points with a white ground on which `paint` has drawn.
fn draw(scale: f32, mut paint: impl FnMut(&mut Ui)) -> RgbaImage {
    let mut harness = crate::builder([40.0, 30.0]).with_pixels_per_point(scale).build_ui(move |ui| {
        let everything = Rect::from_min_size(Pos2::ZERO, vec2(200.0, 200.0));
        ui.set_clip_rect(everything);
        ui.painter().rect_filled(everything, 0.0, Color32::WHITE);
        paint(ui);
    });
    harness.run();
    harness.render().unwrap()
}

fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(x, y), vec2(width, height))
}

fn count(picture: &RgbaImage, wanted: [u8; 4]) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == wanted).count()
}

#[test]
fn a_red_rectangle_fills_its_pixels_and_no_others() {
    let picture = draw(1.0, |ui| {
        ui.painter().rect_filled(rect(10.0, 5.0, 20.0, 10.0), 0.0, Color32::RED);
    });
    assert_eq!(picture.dimensions(), (40, 30));
    for (x, y, pixel) in picture.enumerate_pixels() {
        let inside = (10..30).contains(&x) && (5..15).contains(&y);
        assert_eq!(pixel.0, if inside { RED } else { WHITE }, "at {x}, {y}");
    }
}

#[test]
fn two_pixels_a_point_double_the_picture() {
    let picture = draw(2.0, |ui| {
        ui.painter().rect_filled(rect(10.0, 5.0, 20.0, 10.0), 0.0, Color32::RED);
    });
    assert_eq!(picture.dimensions(), (80, 60));
    assert_eq!(count(&picture, RED), 40 * 20);
}

#[test]
fn half_transparent_black_over_white_is_the_middle_grey_of_gamma_space() {
    let picture = draw(1.0, |ui| {
        ui.painter().rect_filled(rect(0.0, 0.0, 20.0, 30.0), 0.0, Color32::from_black_alpha(128));
    });
    assert_eq!(picture.get_pixel(5, 5).0, [127, 127, 127, 255]);
    assert_eq!(picture.get_pixel(30, 5).0, WHITE);
}

#[test]
fn triangles_with_a_common_edge_neither_overlap_nor_leave_a_gap() {
    let half = Color32::from_black_alpha(128);
    let picture = draw(1.0, |ui| {
        let mut mesh = egui::Mesh::default();
        for corner in [(1.3, 2.7), (38.1, 1.2), (36.4, 27.9), (3.8, 24.3)] {
            mesh.colored_vertex(pos2(corner.0, corner.1), half);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(2, 0, 3);
        ui.painter().add(mesh);
    });
    let grey = count(&picture, [127, 127, 127, 255]);
    assert_eq!(grey + count(&picture, WHITE), 40 * 30, "a pixel was drawn twice");
    for (x, y) in (6..34).flat_map(|x| (4..22).map(move |y| (x, y))) {
        assert_ne!(picture.get_pixel(x, y).0, WHITE, "gap at {x}, {y}");
    }
}

#[test]
fn nothing_is_drawn_outside_the_clip_rectangle() {
    let picture = draw(1.0, |ui| {
        let painter = ui.painter().with_clip_rect(rect(4.0, 4.0, 8.0, 6.0));
        painter.rect_filled(rect(0.0, 0.0, 40.0, 30.0), 0.0, Color32::RED);
    });
    assert_eq!(count(&picture, RED), 8 * 6);
    assert_eq!(picture.get_pixel(4, 4).0, RED);
    assert_eq!(picture.get_pixel(11, 9).0, RED);
    assert_eq!(picture.get_pixel(12, 9).0, WHITE);
}

#[test]
fn text_is_drawn_dark_on_white_with_soft_edges() {
    let picture = draw(1.0, |ui| {
        let font = egui::FontId::proportional(16.0);
        ui.painter().text(pos2(2.0, 2.0), egui::Align2::LEFT_TOP, "Hill", font, Color32::BLACK);
    });
    let dark = picture.pixels().filter(|pixel| pixel.0[0] < 60).count();
    let soft = picture.pixels().filter(|pixel| (60..240).contains(&pixel.0[0])).count();
    assert!(dark > 20, "only {dark} dark pixels");
    assert!(soft > 5, "only {soft} soft pixels");
    assert!(count(&picture, WHITE) > 600);
}

#[test]
fn images_are_sharp_with_nearest_and_smooth_with_linear_filtering() {
    let shown = |options: TextureOptions| {
        let mut texture = None;
        draw(1.0, move |ui| {
            let texture = texture.get_or_insert_with(|| {
                let two = egui::ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
                ui.ctx().load_texture("two texels", two, options)
            });
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect(0.0, 0.0, 40.0, 30.0), whole, Color32::WHITE);
        })
    };
    let sharp = shown(TextureOptions::NEAREST);
    assert_eq!(count(&sharp, [0, 0, 0, 255]), 20 * 30);
    assert_eq!(count(&sharp, WHITE), 20 * 30);
    let smooth = shown(TextureOptions::LINEAR);
    let row: Vec<u8> = (0..40).map(|x| smooth.get_pixel(x, 15).0[0]).collect();
    assert!(row.is_sorted() && row[0] == 0 && row[39] == 255);
    assert!((110..145).contains(&row[20]), "middle is {}", row[20]);
}

#[test]
fn a_part_of_a_texture_can_be_replaced() {
    let mut texture = None;
    let picture = draw(1.0, move |ui| {
        let texture = texture.get_or_insert_with(|| {
            let black = egui::ColorImage::filled([4, 3], Color32::BLACK);
            let mut handle = ui.ctx().load_texture("patched", black, TextureOptions::NEAREST);
            let patch = egui::ColorImage::filled([2, 1], Color32::RED);
            handle.set_partial([1, 2], patch, TextureOptions::NEAREST);
            handle
        });
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), rect(0.0, 0.0, 40.0, 30.0), whole, Color32::WHITE);
    });
    assert_eq!(count(&picture, RED), 20 * 10);
    assert_eq!(picture.get_pixel(10, 20).0, RED);
    assert_eq!(picture.get_pixel(29, 29).0, RED);
}

#[test]
fn two_renders_give_equal_bytes() {
    let once = || {
        draw(1.5, |ui| {
            ui.painter().circle_filled(pos2(18.3, 14.1), 9.7, Color32::DARK_GREEN);
            ui.label("Equal");
        })
    };
    assert_eq!(once(), once());
}

#[test]
fn a_saved_picture_reads_back_unchanged() {
    let folder = std::env::temp_dir().join(format!("raster-{}", std::process::id()));
    let path = folder.join("picture.png");
    let picture = draw(1.0, |ui| {
        ui.painter().circle_filled(pos2(20.0, 15.0), 9.0, Color32::RED);
    });
    crate::save_png(&picture, &path).unwrap();
    let read = image::open(&path).unwrap().to_rgba8();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(read, picture);
}
