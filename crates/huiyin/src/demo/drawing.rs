//! The photos of the demonstration, drawn by code: what is broken, as a telephone would see it. Nothing here was
//! photographed, so nothing here can show anybody.

use image::{Rgb, RgbImage};
use serde::Deserialize;

const WIDTH: u32 = 400;
const HEIGHT: u32 = 300;

/// What a photo shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// A tap that drips into its basin.
    Tap,
    /// A screen full of stripes.
    Screen,
    /// A path by night, some lamps out.
    Street,
    /// A cupboard with its door hanging down.
    Cupboard,
    /// A ceiling with a stain, and a bucket under it.
    Ceiling,
    /// A water dispenser with a red light.
    Dispenser,
}

impl Scene {
    /// All of them.
    pub const ALL: [Scene; 6] =
        [Scene::Tap, Scene::Screen, Scene::Street, Scene::Cupboard, Scene::Ceiling, Scene::Dispenser];
}

type Colour = [f32; 3];

/// Draws a scene; each take is a little lighter or darker, and every second one stands the other way round.
pub fn draw(scene: Scene, take: u32) -> RgbImage {
    let light = 0.86 + 0.09 * (take % 4) as f32;
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let u = (x as f32 + 0.5) / WIDTH as f32;
        let u = if take % 2 == 1 { 1.0 - u } else { u };
        let v = (y as f32 + 0.5) / HEIGHT as f32;
        let colour = match scene {
            Scene::Tap => tap(u, v),
            Scene::Screen => screen(u, v),
            Scene::Street => street(u, v),
            Scene::Cupboard => cupboard(u, v),
            Scene::Ceiling => ceiling(u, v),
            Scene::Dispenser => dispenser(u, v),
        };
        let grain = grain(x, y, take);
        Rgb(colour.map(|channel| (channel * light + grain).clamp(0.0, 255.0) as u8))
    })
}

/// The unrest of a small lens: up to four steps up or down.
fn grain(x: u32, y: u32, take: u32) -> f32 {
    let mixed = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b) ^ take).wrapping_mul(0xc2b2_ae35);
    (mixed >> 24) as f32 / 32.0 - 4.0
}

fn is_in(u: f32, v: f32, [left, top, right, bottom]: [f32; 4]) -> bool {
    (left..right).contains(&u) && (top..bottom).contains(&v)
}

/// How far from a point, in parts of the height; 0 in the middle.
fn far(u: f32, v: f32, middle: (f32, f32)) -> f32 {
    ((u - middle.0) * 4.0 / 3.0).hypot(v - middle.1)
}

fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

fn tap(u: f32, v: f32) -> Colour {
    let steel = mix([120.0, 128.0, 134.0], [226.0, 230.0, 232.0], (u * 40.0).sin() * 0.5 + 0.5);
    if is_in(u, v, [0.47, 0.12, 0.53, 0.42])
        || is_in(u, v, [0.38, 0.16, 0.62, 0.21])
        || is_in(u, v, [0.3, 0.36, 0.53, 0.43])
        || is_in(u, v, [0.3, 0.36, 0.35, 0.52])
    {
        return steel;
    }
    if [0.58, 0.66, 0.735].iter().any(|&drop| far(u, v, (0.325, drop)) < 0.016) {
        return [96.0, 158.0, 202.0];
    }
    if v > 0.74 && far(u, (v - 0.8) * 2.6 + 0.8, (0.42, 0.8)) < 0.42 {
        return mix([168.0, 204.0, 224.0], [232.0, 240.0, 244.0], far(u, v, (0.34, 0.8)) * 4.0);
    }
    if v > 0.7 {
        return mix([236.0, 238.0, 238.0], [202.0, 206.0, 208.0], (v - 0.7) * 3.0);
    }
    let is_joint = (u * 8.0).fract() < 0.03 || (v * 6.0).fract() < 0.04;
    if is_joint { [176.0, 186.0, 190.0] } else { mix([214.0, 224.0, 228.0], [190.0, 204.0, 212.0], u) }
}

fn screen(u: f32, v: f32) -> Colour {
    if is_in(u, v, [0.2, 0.14, 0.82, 0.66]) {
        let stripe = ((u * 71.0).sin() * 3.0 + (v * 9.0).floor() * 0.7).sin();
        if stripe > 0.75 {
            return [214.0, 72.0, 186.0];
        }
        if stripe < -0.7 {
            return [72.0, 206.0, 122.0];
        }
        let is_written = (v * 26.0).fract() < 0.3 && (0.28..0.28 + (v * 37.0).sin().abs() * 0.4).contains(&u);
        return if is_written { [70.0, 82.0, 120.0] } else { [198.0, 210.0, 238.0] };
    }
    if v > 0.84 {
        return mix([96.0, 70.0, 48.0], [60.0, 44.0, 32.0], (v - 0.84) * 6.0);
    }
    mix([92.0, 98.0, 110.0], [38.0, 42.0, 52.0], far(u, v, (0.51, 0.4)) * 1.3)
}

fn street(u: f32, v: f32) -> Colour {
    let sky = mix([12.0, 18.0, 40.0], [46.0, 54.0, 84.0], v * 1.3);
    let path = ((u - 0.5) / (v - 0.42).max(0.01)).abs() < 0.62 && v > 0.5;
    let ground = if path { [66.0, 64.0, 66.0] } else { [22.0, 34.0, 26.0] };
    let mut colour = if v > 0.56 { ground } else { sky };
    for (at, foot, is_lit) in [(0.16, 0.9, false), (0.32, 0.72, true), (0.41, 0.64, false)] {
        let head = foot - (foot - 0.46) * 1.55;
        if (u - at).abs() < (foot - 0.46) * 0.025 && (head..foot).contains(&v) {
            colour = [78.0, 80.0, 84.0];
        }
        let glow = far(u, v, (at, head));
        if glow < (foot - 0.46) * 0.1 {
            colour = if is_lit { [255.0, 240.0, 196.0] } else { [58.0, 60.0, 66.0] };
        } else if is_lit {
            colour = mix(colour, [236.0, 196.0, 120.0], 0.1 / (glow + 0.1) - 0.16);
        }
    }
    colour
}

fn cupboard(u: f32, v: f32) -> Colour {
    let grained = (v * 60.0 + (u * 22.0).sin() * 2.0).sin() * 6.0;
    let wood = |dark: f32| [176.0 - dark + grained, 132.0 - dark + grained, 88.0 - dark + grained];
    // The right door has slipped: its top edge falls away from the frame.
    let slipped = v - (u - 0.52) * 0.28;
    if is_in(u, slipped, [0.53, 0.17, 0.8, 0.9]) {
        let is_handle = is_in(u, slipped, [0.555, 0.5, 0.575, 0.6]);
        return if is_handle { [206.0, 208.0, 210.0] } else { wood(0.0) };
    }
    if is_in(u, v, [0.22, 0.12, 0.5, 0.9]) {
        let is_handle = is_in(u, v, [0.455, 0.48, 0.475, 0.58]);
        return if is_handle { [206.0, 208.0, 210.0] } else { wood(12.0) };
    }
    if is_in(u, v, [0.18, 0.07, 0.84, 0.95]) {
        return if is_in(u, v, [0.5, 0.12, 0.8, 0.9]) { [44.0, 34.0, 28.0] } else { wood(46.0) };
    }
    if v > 0.93 { [142.0, 138.0, 132.0] } else { mix([222.0, 220.0, 212.0], [196.0, 194.0, 188.0], u) }
}

fn ceiling(u: f32, v: f32) -> Colour {
    if is_in(u, v, [0.4, 0.78 - (u - 0.5).abs() * 0.1, 0.62, 0.98]) {
        let is_rim = v < 0.81;
        return if is_rim { [72.0, 130.0, 190.0] } else { mix([46.0, 96.0, 156.0], [30.0, 70.0, 120.0], u) };
    }
    if [0.5, 0.6, 0.69].iter().any(|&drop| far(u, v, (0.51, drop)) < 0.012) {
        return [142.0, 172.0, 190.0];
    }
    if v < 0.42 {
        let edge = far(u, v * 1.6, (0.5, 0.3)) + (u * 34.0).sin() * 0.012 + (v * 47.0).sin() * 0.01;
        let plaster = mix([236.0, 234.0, 228.0], [214.0, 212.0, 206.0], v * 2.0);
        let ring = if (0.25..0.29).contains(&edge) { 0.75 } else { (0.3 - edge) * 2.2 };
        return mix(plaster, [166.0, 134.0, 92.0], ring);
    }
    let is_door = is_in(u, v, [0.08, 0.5, 0.26, 0.92]) || is_in(u, v, [0.76, 0.5, 0.94, 0.92]);
    if is_door {
        return [128.0, 100.0, 78.0];
    }
    if v > 0.92 { [150.0, 152.0, 150.0] } else { mix([222.0, 222.0, 214.0], [188.0, 190.0, 186.0], v) }
}

fn dispenser(u: f32, v: f32) -> Colour {
    if far(u, v, (0.61, 0.3)) < 0.018 {
        return [226.0, 44.0, 36.0];
    }
    if is_in(u, v, [0.4, 0.25, 0.57, 0.35]) {
        let is_lettered = (u * 60.0).fract() < 0.5 && is_in(u, v, [0.43, 0.285, 0.53, 0.315]);
        return if is_lettered { [250.0, 120.0, 70.0] } else { [28.0, 34.0, 40.0] };
    }
    if is_in(u, v, [0.39, 0.46, 0.61, 0.72]) {
        let is_spout = is_in(u, v, [0.435, 0.46, 0.465, 0.53]) || is_in(u, v, [0.535, 0.46, 0.565, 0.53]);
        return if is_spout { [196.0, 200.0, 204.0] } else { mix([52.0, 58.0, 64.0], [30.0, 34.0, 38.0], v) };
    }
    if is_in(u, v, [0.34, 0.14, 0.66, 0.93]) {
        return mix([232.0, 236.0, 238.0], [196.0, 202.0, 206.0], (u - 0.34) * 3.0);
    }
    if v > 0.9 { [134.0, 128.0, 120.0] } else { mix([206.0, 214.0, 206.0], [172.0, 184.0, 176.0], u) }
}
