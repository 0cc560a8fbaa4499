//! Photos for cards: what a person sends in becomes a portrait of one size without anything that
//! tells where or with what it was taken, or is refused with the reason. Nothing is stored here.
//!
//! Whoever calls puts it on a thread of its own: a large picture takes up to some seconds and
//! [`MOST_MEMORY`].

mod crop;
mod jpeg;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::error::ImageError;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, Rgba,
};

pub use crop::Crop;
use crop::Rectangle;

/// No larger file is read, in bytes.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// No larger picture is opened, in pixels.
pub const MOST_PIXELS: u64 = 40_000_000;
/// Opening a picture takes about this much memory at most, in bytes, whatever the file claims.
pub const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Width of the portrait in pixels; the height stands to it as four to three.
pub const WIDTH: u32 = 600;
/// Height of the portrait in pixels.
pub const HEIGHT: u32 = 800;
/// Width of the thumbnail in pixels.
pub const THUMBNAIL_WIDTH: u32 = 96;
/// Height of the thumbnail in pixels.
pub const THUMBNAIL_HEIGHT: u32 = 128;
/// A part of a picture that is narrower than this, in pixels, shows too little of a face.
pub const LEAST_WIDTH: u32 = 300;
/// As [`LEAST_WIDTH`], for the height.
pub const LEAST_HEIGHT: u32 = 400;

/// Of 100; from about here on nobody sees the difference.
const QUALITY: u8 = 88;
/// No side of a picture is longer, in pixels.
const LONGEST_SIDE: u32 = 20_000;

/// A photo that is ready for use.
#[derive(Clone, PartialEq, Eq)]
pub struct Processed {
    /// The portrait: JPEG without metadata, [`WIDTH`] × [`HEIGHT`].
    pub jpeg: Vec<u8>,
    /// The same, small: JPEG without metadata, [`THUMBNAIL_WIDTH`] × [`THUMBNAIL_HEIGHT`].
    pub thumbnail: Vec<u8>,
    /// Width of the portrait in pixels.
    pub width: u32,
    /// Height of the portrait in pixels.
    pub height: u32,
}

impl fmt::Debug for Processed {
    /// A face belongs in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Processed({}×{})", self.width, self.height)
    }
}

/// Why a file cannot become a photo.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
pub enum PhotoFault {
    /// Neither JPEG nor PNG.
    #[error("neither JPEG nor PNG")]
    OtherFormat,
    /// The file has more bytes than [`MOST_BYTES`].
    #[error("too many bytes")]
    TooLarge,
    /// The picture has more pixels than can be opened in [`MOST_MEMORY`], or than [`MOST_PIXELS`].
    #[error("too many pixels")]
    TooManyPixels,
    /// What would be left is smaller than [`LEAST_WIDTH`] × [`LEAST_HEIGHT`].
    #[error("too few pixels")]
    TooSmall,
    /// One side is more than three times the other, as of a panorama: no portrait.
    #[error("too narrow or too wide")]
    OddShape,
    /// The chosen part is not within the picture.
    #[error("the chosen part is not within the picture")]
    BadCrop,
    /// The file is broken or stops in the middle.
    #[error("the file cannot be read")]
    Broken,
}

/// Makes a portrait of a JPEG or PNG file: turned upright, cut to three by four around the middle
/// of `crop` (of the whole picture when there is none), on white where it was transparent, scaled
/// and written anew.
///
/// # Errors
/// Why not. Size and shape are judged before anything is unpacked.
pub fn process(bytes: &[u8], crop: Option<Crop>) -> Result<Processed, PhotoFault> {
    let mut decoder = open(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = decoder.dimensions();
    let part = if crop::is_sideways(orientation) {
        crop.unwrap_or_default().portrait_in(height, width)?
    } else {
        crop.unwrap_or_default().portrait_in(width, height)?
    };
    let stored = part.before(orientation, width, height);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| fault_of(&error))?;
    let portrait = cut(on_white(picture), stored, orientation);
    written(&portrait).map_err(|_| PhotoFault::Broken)
}

/// A picture of which only the head has been read, found small enough.
fn open(bytes: &[u8]) -> Result<impl ImageDecoder + '_, PhotoFault> {
    if bytes.len() > MOST_BYTES {
        return Err(PhotoFault::TooLarge);
    }
    let (format, is_kept_whole) = match image::guess_format(bytes) {
        Ok(ImageFormat::Png) => (ImageFormat::Png, false),
        Ok(ImageFormat::Jpeg) => (ImageFormat::Jpeg, jpeg::is_kept_whole(bytes)?),
        _ => return Err(PhotoFault::OtherFormat),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(|error| fault_of(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || memory(&decoder, pixels, is_kept_whole) > MOST_MEMORY {
        return Err(PhotoFault::TooManyPixels);
    }
    Ok(decoder)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Bytes needed at once to open a picture.
fn memory(decoder: &impl ImageDecoder, pixels: u64, is_kept_whole: bool) -> u64 {
    let unpacked = decoder.total_bytes();
    // A JPEG that comes in several layers is kept as numbers of two bytes until the last is read.
    let layers = if is_kept_whole { 2 * unpacked } else { 0 };
    let colors = decoder.color_type();
    let is_converted = colors.has_alpha() && colors != ColorType::Rgba8;
    let converted = if is_converted { 4 * pixels } else { 0 };
    unpacked.saturating_add(layers).saturating_add(converted)
}

fn fault_of(error: &ImageError) -> PhotoFault {
    match error {
        ImageError::Limits(_) => PhotoFault::TooManyPixels,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => PhotoFault::Broken,
    }
}

/// Before scaling, so that hidden colours do not bleed into what is seen.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut picture = picture.into_rgba8();
    for Rgba([red, green, blue, alpha]) in picture.pixels_mut() {
        for part in [red, green, blue] {
            *part = over_white(*part, *alpha);
        }
        *alpha = u8::MAX;
    }
    picture.into()
}

fn over_white(part: u8, alpha: u8) -> u8 {
    let seen = u32::from(part) * u32::from(alpha) + 255 * u32::from(u8::MAX - alpha);
    u8::try_from(seen / 255).unwrap_or(u8::MAX)
}

/// The part, upright and in the portrait's size. Cuts and scales before it turns, so that only one
/// picture of full size is ever there.
fn cut(picture: DynamicImage, part: Rectangle, orientation: Orientation) -> DynamicImage {
    let (width, height) = if crop::is_sideways(orientation) {
        (HEIGHT, WIDTH)
    } else {
        (WIDTH, HEIGHT)
    };
    let times = (part.width / (2 * width)).max(1);
    let part = part.divided(times);
    let picture = if times > 1 {
        picture.thumbnail_exact(picture.width() / times, picture.height() / times)
    } else {
        picture
    };
    let mut small = picture
        .crop_imm(part.left, part.top, part.width, part.height)
        .resize_exact(width, height, FilterType::CatmullRom);
    small.apply_orientation(orientation);
    small.into_rgb8().into()
}

fn written(portrait: &DynamicImage) -> ImageResult<Processed> {
    let (width, height) = (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
    let thumbnail = portrait.resize_exact(width, height, FilterType::CatmullRom);
    Ok(Processed {
        jpeg: as_jpeg(portrait)?,
        thumbnail: as_jpeg(&thumbnail)?,
        width: portrait.width(),
        height: portrait.height(),
    })
}

fn as_jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}
