//! Files as cameras, strangers and accidents make them.

use image::{GrayImage, Luma, Rgb, RgbImage, RgbaImage};
use strum::IntoEnumIterator as _;

use super::*;

mod hostile;

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 180, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const WHITE: [u8; 3] = [250, 250, 250];
const CANARY: &[u8] = b"GPS-CANARY-59.3293N-18.0686E";

/// Upper left red, upper right green, lower left blue, lower right white.
fn quarter(x: u32, y: u32, width: u32, height: u32) -> Rgb<u8> {
    Rgb(match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    })
}

fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| quarter(x, y, width, height))
}

fn as_png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A JPEG with an Exif segment as cameras write it: orientation, and a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend(CANARY);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// The picture as a camera stores it when its Exif says `orientation`: where the standard has the
/// first row and the first column of what is stored.
fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let (w, h) = upright.dimensions();
    let is_sideways = orientation > 4;
    let (width, height) = if is_sideways { (h, w) } else { (w, h) };
    RgbImage::from_fn(width, height, |column, row| {
        let (x, y) = match orientation {
            1 => (column, row),
            2 => (w - 1 - column, row),
            3 => (w - 1 - column, h - 1 - row),
            4 => (column, h - 1 - row),
            5 => (row, column),
            6 => (w - 1 - row, column),
            7 => (w - 1 - row, h - 1 - column),
            8 => (row, h - 1 - column),
            _ => unreachable!(),
        };
        *upright.get_pixel(x, y)
    })
}

fn opened(jpeg: &[u8]) -> RgbImage {
    let format = ImageFormat::Jpeg;
    image::load_from_memory_with_format(jpeg, format)
        .unwrap()
        .into_rgb8()
}

fn is_near(seen: Rgb<u8>, meant: [u8; 3]) -> bool {
    seen.0.iter().zip(meant).all(|(a, b)| a.abs_diff(b) < 12)
}

/// The colours of the four quarters, in the middle of each.
#[track_caller]
fn assert_quarters(picture: &RgbImage, meant: [[u8; 3]; 4], what: &str) {
    let (w, h) = picture.dimensions();
    let places = [(1, 1), (3, 1), (1, 3), (3, 3)];
    for ((x, y), meant) in places.into_iter().zip(meant) {
        let seen = *picture.get_pixel(w * x / 4, h * y / 4);
        assert!(
            is_near(seen, meant),
            "{what} at {x},{y}: {seen:?}, not {meant:?}"
        );
    }
}

fn fault(bytes: &[u8]) -> PhotoFault {
    process(bytes, None).unwrap_err()
}

fn jpeg_of(picture: RgbImage) -> Vec<u8> {
    as_jpeg(&picture.into()).unwrap()
}

#[test]
fn each_of_the_eight_orientations_comes_out_upright() {
    for orientation in 1..=8 {
        let file = jpeg_of(stored(&quarters(900, 800), orientation));
        let photo = process(&with_exif(&file, orientation), None).unwrap();
        assert_eq!((photo.width, photo.height), (600, 800));
        let what = format!("orientation {orientation}");
        let (large, small) = (opened(&photo.jpeg), opened(&photo.thumbnail));
        assert_eq!(large.dimensions(), (600, 800));
        assert_eq!(small.dimensions(), (96, 128));
        assert_quarters(&large, [RED, GREEN, BLUE, WHITE], &what);
        assert_quarters(&small, [RED, GREEN, BLUE, WHITE], &what);
    }
}

#[test]
fn the_chosen_part_is_counted_in_the_upright_picture() {
    // The lower right half in each direction: the cross of the quarters lies in its upper left.
    let crop = Crop::of_fractions(0.4, 0.3, 0.6, 0.7).unwrap();
    for orientation in 1..=8 {
        let file = jpeg_of(stored(&quarters(1200, 1400), orientation));
        let photo = process(&with_exif(&file, orientation), Some(crop)).unwrap();
        let seen = opened(&photo.jpeg);
        let at = |x, y| *seen.get_pixel(x, y);
        let what = format!("orientation {orientation}");
        assert!(is_near(at(30, 30), RED), "{what}");
        assert!(is_near(at(300, 30), GREEN), "{what}");
        assert!(is_near(at(30, 500), BLUE), "{what}");
        assert!(is_near(at(590, 790), WHITE), "{what}");
    }
}

#[test]
fn without_a_choice_the_middle_is_taken() {
    // Three stripes: the outer ones, 200 wide each, are cut away.
    let picture = RgbImage::from_fn(1000, 800, |x, _| {
        Rgb(if (200..800).contains(&x) { GREEN } else { RED })
    });
    let seen = opened(&process(&jpeg_of(picture), None).unwrap().jpeg);
    assert_quarters(&seen, [GREEN; 4], "middle");
    assert!(is_near(*seen.get_pixel(8, 400), GREEN) && is_near(*seen.get_pixel(591, 400), GREEN));
}

#[test]
fn a_large_photo_is_scaled_down_and_a_small_one_up() {
    for (width, height) in [(4000, 3000), (3000, 4000), (300, 400), (1201, 1603)] {
        let photo = process(&jpeg_of(quarters(width, height)), None).unwrap();
        let what = format!("{width}×{height}");
        assert_quarters(&opened(&photo.jpeg), [RED, GREEN, BLUE, WHITE], &what);
    }
}

#[test]
fn nothing_remains_of_where_and_with_what_it_was_taken() {
    let file = with_exif(&jpeg_of(quarters(600, 800)), 6);
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(has(&file, CANARY) && has(&file, b"Exif"));
    let photo = process(&file, None).unwrap();
    for made in [&photo.jpeg, &photo.thumbnail] {
        for word in [
            CANARY,
            b"Exif",
            b"ICC_PROFILE",
            b"http://ns.adobe.com",
            b"GPS",
        ] {
            assert!(!has(made, word), "{}", String::from_utf8_lossy(word));
        }
        // No segment of an application but JFIF, and no comment.
        let is_segment = |pair: &[u8]| pair[0] == 0xFF && matches!(pair[1], 0xE1..=0xEF | 0xFE);
        assert!(!made.windows(2).any(is_segment));
    }
}

#[test]
fn what_is_transparent_becomes_white() {
    let picture = RgbaImage::from_fn(600, 800, |_, y| {
        image::Rgba(match y {
            0..400 => [0, 0, 0, 0],
            400..600 => [0, 0, 0, 255],
            _ => [0, 0, 0, 128],
        })
    });
    for picture in [
        DynamicImage::from(picture.clone()),
        DynamicImage::from(picture).into_luma_alpha16().into(),
    ] {
        let seen = opened(&process(&as_png(&picture), None).unwrap().jpeg);
        assert!(is_near(*seen.get_pixel(300, 100), [255; 3]));
        assert!(is_near(*seen.get_pixel(300, 500), [0; 3]));
        assert!(is_near(*seen.get_pixel(300, 700), [127; 3]));
    }
}

#[test]
fn a_grey_picture_is_a_photo_too() {
    let grey = GrayImage::from_pixel(600, 800, Luma([90]));
    for file in [
        as_png(&grey.clone().into()),
        as_jpeg(&grey.clone().into()).unwrap(),
    ] {
        let seen = opened(&process(&file, None).unwrap().jpeg);
        assert!(is_near(*seen.get_pixel(300, 400), [90; 3]));
    }
}

#[test]
fn a_file_that_stops_in_the_middle_is_broken() {
    for file in [
        jpeg_of(quarters(600, 800)),
        as_png(&quarters(600, 800).into()),
    ] {
        for length in [file.len() * 9 / 10, file.len() / 2, 60] {
            assert_eq!(
                fault(&file[..length]),
                PhotoFault::Broken,
                "{length} of {}",
                file.len()
            );
        }
    }
}

#[test]
fn a_jpeg_without_its_last_byte_is_broken() {
    let file = jpeg_of(quarters(600, 800));
    assert_eq!(fault(&file[..file.len() - 1]), PhotoFault::Broken);
}

#[test]
fn a_text_and_another_format_are_no_photo() {
    for file in [
        &b""[..],
        b"Hej! Detta \xC3\xA4r en text.",
        b"GIF89a\x01\0\x01\0",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"%PDF-1.7",
    ] {
        assert_eq!(
            fault(file),
            PhotoFault::OtherFormat,
            "{}",
            String::from_utf8_lossy(file)
        );
    }
}

#[test]
fn one_byte_too_many_is_too_large() {
    let mut file = jpeg_of(quarters(600, 800));
    file.resize(MOST_BYTES, 0);
    assert!(
        process(&file, None).is_ok(),
        "what follows the end is not read"
    );
    file.push(0);
    assert_eq!(fault(&file), PhotoFault::TooLarge);
}

#[test]
fn too_little_of_a_face_and_a_panorama_are_refused() {
    let of = |width, height| process(&jpeg_of(quarters(width, height)), None).err();
    assert_eq!(of(300, 400), None);
    assert_eq!(of(299, 400), Some(PhotoFault::TooSmall));
    assert_eq!(of(300, 399), Some(PhotoFault::TooSmall));
    assert_eq!(of(1600, 500), Some(PhotoFault::OddShape));
    assert_eq!(of(400, 1300), Some(PhotoFault::OddShape));
    assert_eq!(of(2, 900), Some(PhotoFault::OddShape));
    assert_eq!(of(1, 1), Some(PhotoFault::TooSmall));
    let corner = Crop::of_fractions(0.5, 0.5, 0.4, 0.4).unwrap();
    let photo = process(&jpeg_of(quarters(600, 800)), Some(corner));
    assert_eq!(photo, Err(PhotoFault::TooSmall));
}

#[test]
fn a_part_must_be_within_the_picture() {
    for text in [
        "",
        "0,0,1",
        "0,0,1,1,1",
        "a,b,c,d",
        "0.5,0,0.6,1",
        "0,0.5,1,0.6",
        "0,0,0,1",
        "0,0,1,0",
        "-0.1,0,1,1",
        "NaN,0,1,1",
        "0,0,inf,1",
        "1,0,0.1,1",
        "1e9,0,1,1",
    ] {
        assert_eq!(text.parse::<Crop>(), Err(PhotoFault::BadCrop), "{text}");
    }
    assert_eq!("0, 0, 1, 1".parse(), Ok(Crop::default()));
    assert_eq!(
        "0.25,0.1,0.5,0.9".parse(),
        Crop::of_fractions(0.25, 0.1, 0.5, 0.9)
    );
    // A third and two thirds, rounded upwards each.
    assert!("0.3333335,0,0.6666668,1".parse::<Crop>().is_ok());
}

#[test]
fn a_photo_is_not_shown_in_logs_and_every_fault_says_something_of_its_own() {
    let photo = process(&jpeg_of(quarters(600, 800)), None).unwrap();
    assert_eq!(format!("{photo:?}"), "Processed(600×800)");
    let said: std::collections::BTreeSet<String> =
        PhotoFault::iter().map(|fault| fault.to_string()).collect();
    assert_eq!(said.len(), PhotoFault::iter().count());
}

#[test]
fn the_same_file_gives_the_same_photo() {
    let file = jpeg_of(quarters(900, 800));
    assert_eq!(process(&file, None), process(&file, None));
}
