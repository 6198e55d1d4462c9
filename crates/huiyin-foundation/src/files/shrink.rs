//! Making pictures smaller: each new pixel is the mean of the area it covers, so that small print stays readable.
//! Works row by row and needs no memory besides the smaller picture.

use image::{DynamicImage, ImageBuffer, Pixel};

/// The picture with no edge longer than this; a smaller one stays as it is.
pub(super) fn shrunk(picture: DynamicImage, edge_max: u32) -> DynamicImage {
    let (width, height) = fitting(picture.width(), picture.height(), edge_max);
    if (width, height) == (picture.width(), picture.height()) {
        return picture;
    }
    match picture {
        DynamicImage::ImageRgb8(picture) => DynamicImage::ImageRgb8(averaged(&picture, width, height)),
        DynamicImage::ImageLuma8(picture) => DynamicImage::ImageLuma8(averaged(&picture, width, height)),
        DynamicImage::ImageRgba8(picture) => DynamicImage::ImageRgba8(averaged(&picture, width, height)),
        // Rare kinds (16 bits a channel, grey with transparency) take the library's coarser road.
        other => other.thumbnail_exact(width, height),
    }
}

/// Width and height scaled so that the longer edge fits; never less than one pixel.
fn fitting(width: u32, height: u32, edge_max: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= edge_max {
        return (width, height);
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(edge_max) / u64::from(longer)).max(1) as u32;
    (scaled(width), scaled(height))
}

fn averaged<P>(source: &ImageBuffer<P, Vec<u8>>, width: u32, height: u32) -> ImageBuffer<P, Vec<u8>>
where
    P: Pixel<Subpixel = u8>,
{
    let channels = usize::from(P::CHANNEL_COUNT);
    let columns = shares(source.width(), width);
    let row_len = width as usize * channels;
    let (mut across, mut sum) = (vec![0.0_f32; row_len], vec![0.0_f32; row_len]);
    let mut out = Vec::with_capacity(row_len * height as usize);
    let per_pixel = width as f32 / source.width() as f32 * (height as f32 / source.height() as f32);
    let finished = |sum: &mut [f32], out: &mut Vec<u8>| {
        out.extend(sum.iter().map(|total| (total * per_pixel + 0.5) as u8));
        sum.fill(0.0);
    };

    let rows = shares(source.height(), height);
    let source_rows = source.as_raw().chunks_exact(source.width() as usize * channels);
    for (row, share) in source_rows.zip(&rows) {
        across.fill(0.0);
        for (pixel, column) in row.chunks_exact(channels).zip(&columns) {
            let at = column.target * channels;
            for (channel, value) in pixel.iter().enumerate() {
                across[at + channel] += f32::from(*value) * column.here;
                if column.next > 0.0 {
                    across[at + channels + channel] += f32::from(*value) * column.next;
                }
            }
        }
        add_scaled(&mut sum, &across, share.here);
        if share.ends {
            finished(&mut sum, &mut out);
            add_scaled(&mut sum, &across, share.next);
        }
    }
    ImageBuffer::from_raw(width, height, out).expect("every new row was finished once")
}

fn add_scaled(sum: &mut [f32], row: &[f32], share: f32) {
    for (total, value) in sum.iter_mut().zip(row) {
        *total += value * share;
    }
}

/// How one old row or column is shared among the new ones.
struct Share {
    target: usize,
    /// Part that falls on `target`.
    here: f32,
    /// Part that falls on the one after it.
    next: f32,
    /// Nothing more falls on `target` after this one.
    ends: bool,
}

fn shares(old: u32, new: u32) -> Vec<Share> {
    let (old, new) = (u64::from(old), u64::from(new));
    (0..old)
        .map(|at| {
            // In units of 1/old of a new row, an old one covers `new` units from `at * new` on.
            let (from, until) = (at * new, (at + 1) * new);
            let target = from / old;
            let border = (target + 1) * old;
            let over = until.saturating_sub(border);
            Share {
                target: target as usize,
                here: (new - over) as f32 / new as f32,
                next: over as f32 / new as f32,
                ends: until >= border,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Luma, Rgb, RgbImage};

    #[test]
    fn the_longer_edge_fits_and_the_shape_stays() {
        assert_eq!(fitting(4032, 3024, 2560), (2560, 1920));
        assert_eq!(fitting(3024, 4032, 2560), (1920, 2560));
        assert_eq!(fitting(800, 600, 2560), (800, 600));
        assert_eq!(fitting(20_000, 1, 320), (320, 1));
    }

    #[test]
    fn an_even_colour_stays_even_at_every_size() {
        let even = RgbImage::from_pixel(101, 67, Rgb([200, 3, 255]));
        for edge in [100, 99, 73, 50, 33, 7, 1] {
            let small = shrunk(even.clone().into(), edge).into_rgb8();
            assert!(small.pixels().all(|pixel| *pixel == Rgb([200, 3, 255])), "edge {edge}");
        }
    }

    #[test]
    fn each_new_pixel_is_the_mean_of_the_area_it_covers() {
        let stripes = ImageBuffer::from_fn(6, 1, |x, _| Luma([[0_u8, 90, 30, 60, 255, 45][x as usize]]));
        let small = averaged(&stripes, 2, 1);
        assert_eq!(small.into_raw(), [40, 120]);
        let uneven = averaged(&ImageBuffer::from_fn(3, 1, |x, _| Luma([[0_u8, 90, 255][x as usize]])), 2, 1);
        assert_eq!(uneven.into_raw(), [30, 200]);
    }
}
