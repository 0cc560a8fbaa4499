//! Which part of a picture becomes the portrait.

use std::str::FromStr;

use image::metadata::Orientation;

use super::{HEIGHT, LEAST_HEIGHT, LEAST_WIDTH, PhotoFault, WIDTH};

const WHOLE: u32 = 1_000_000;

/// A part of an upright picture, in fractions of its width and height. The default is the whole.
/// As text: left edge, upper edge, width and height with commas between, `0.1,0.05,0.75,0.9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// All in millionths.
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Default for Crop {
    fn default() -> Self {
        Self {
            left: 0,
            top: 0,
            width: WHOLE,
            height: WHOLE,
        }
    }
}

impl Crop {
    /// A part from `left` and `top`, each as a fraction of 1.
    ///
    /// # Errors
    /// [`PhotoFault::BadCrop`] when it is empty or not within the picture.
    pub fn of_fractions(left: f64, top: f64, width: f64, height: f64) -> Result<Self, PhotoFault> {
        let (left, width) = side(left, width)?;
        let (top, height) = side(top, height)?;
        Ok(Self {
            left,
            top,
            width,
            height,
        })
    }

    /// The largest portrait around the middle of the part of an upright picture of that size.
    pub(super) fn portrait_in(self, width: u32, height: u32) -> Result<Rectangle, PhotoFault> {
        let part = Rectangle {
            left: share(width, self.left),
            top: share(height, self.top),
            width: share(width, self.width),
            height: share(height, self.height),
        };
        if part.width / 3 >= part.height.max(1) || part.height / 3 >= part.width.max(1) {
            return Err(PhotoFault::OddShape);
        }
        let portrait = part.portrait();
        if portrait.width < LEAST_WIDTH || portrait.height < LEAST_HEIGHT {
            return Err(PhotoFault::TooSmall);
        }
        Ok(portrait)
    }
}

impl FromStr for Crop {
    type Err = PhotoFault;

    fn from_str(text: &str) -> Result<Self, PhotoFault> {
        let numbers: Result<Vec<f64>, _> = text.split(',').map(|one| one.trim().parse()).collect();
        match numbers.as_deref() {
            Ok([left, top, width, height]) => Self::of_fractions(*left, *top, *width, *height),
            _ => Err(PhotoFault::BadCrop),
        }
    }
}

/// Begin and length of one side, in millionths. Rounding may carry the end beyond the edge.
fn side(begin: f64, length: f64) -> Result<(u32, u32), PhotoFault> {
    let (begin, length) = (millionths(begin)?, millionths(length)?);
    let room = WHOLE - begin;
    if length == 0 || room == 0 || length > room + 2 {
        return Err(PhotoFault::BadCrop);
    }
    Ok((begin, length.min(room)))
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and a million, as the line before says"
)]
fn millionths(fraction: f64) -> Result<u32, PhotoFault> {
    if !(0.0..=1.0).contains(&fraction) {
        return Err(PhotoFault::BadCrop);
    }
    Ok((fraction * f64::from(WHOLE)).round() as u32)
}

fn share(length: u32, millionths: u32) -> u32 {
    let share = u64::from(length) * u64::from(millionths) / u64::from(WHOLE);
    u32::try_from(share).unwrap_or(length)
}

/// A part of a picture in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Rectangle {
    fn portrait(self) -> Self {
        let width = self.width.min(self.height * WIDTH / HEIGHT);
        let height = self.height.min(width * HEIGHT / WIDTH);
        Self {
            left: self.left + (self.width - width) / 2,
            top: self.top + (self.height - height) / 2,
            width,
            height,
        }
    }

    pub(super) fn divided(self, by: u32) -> Self {
        Self {
            left: self.left / by,
            top: self.top / by,
            width: self.width / by,
            height: self.height / by,
        }
    }

    /// Where this part of the upright picture lies in the picture as the file has it, which is
    /// `width` × `height` and becomes upright by `orientation`.
    pub(super) fn before(self, orientation: Orientation, width: u32, height: u32) -> Self {
        let from_right = |left: u32, length: u32| width - left - length;
        let from_bottom = |top: u32, length: u32| height - top - length;
        let (left, top) = match orientation {
            Orientation::NoTransforms => (self.left, self.top),
            Orientation::FlipHorizontal => (from_right(self.left, self.width), self.top),
            Orientation::FlipVertical => (self.left, from_bottom(self.top, self.height)),
            Orientation::Rotate180 => (
                from_right(self.left, self.width),
                from_bottom(self.top, self.height),
            ),
            Orientation::Rotate90FlipH => (self.top, self.left),
            Orientation::Rotate90 => (self.top, from_bottom(self.left, self.width)),
            Orientation::Rotate270 => (from_right(self.top, self.height), self.left),
            Orientation::Rotate270FlipH => (
                from_right(self.top, self.height),
                from_bottom(self.left, self.width),
            ),
        };
        let (width, height) = if is_sideways(orientation) {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        Self {
            left,
            top,
            width,
            height,
        }
    }
}

/// Whether the file has the picture lying on its side.
pub(super) fn is_sideways(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}
