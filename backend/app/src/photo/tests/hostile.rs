//! Files that were made to cost time or memory, or to make the reader stumble.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// The head of a PNG that claims a size, with next to nothing behind it.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut file = as_png(&GrayImage::new(1, 1).into());
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&sum);
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
    let add = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(u32::MAX, add)
}

#[test]
fn a_picture_that_claims_too_many_pixels_is_refused_without_opening_it() {
    for (width, height) in [
        (50_000, 50_000),
        (19_000, 19_000),
        (20_001, 300),
        (6_400, 6_400),
    ] {
        let begun = Instant::now();
        assert_eq!(
            fault(&claiming(width, height)),
            PhotoFault::TooManyPixels,
            "{width}×{height}"
        );
        assert!(begun.elapsed() < Duration::from_millis(200));
    }
    assert_eq!(
        fault(&claiming(6_000, 6_000)),
        PhotoFault::Broken,
        "allowed, but not there"
    );
}

#[test]
fn a_real_bomb_is_refused_quickly() {
    let bomb = as_png(&GrayImage::new(7_000, 7_000).into());
    assert!(
        bomb.len() < 1024 * 1024,
        "49 megapixels in {} bytes",
        bomb.len()
    );
    let begun = Instant::now();
    assert_eq!(fault(&bomb), PhotoFault::TooManyPixels);
    assert!(begun.elapsed() < Duration::from_millis(200));
}

#[test]
fn a_jpeg_with_layers_without_end_is_refused_without_opening_it() {
    let file = jpeg_of(quarters(600, 800));
    let layer = [0xFF, 0xDA, 0, 2, 1, 2, 3];
    let layers: Vec<u8> = layer.iter().copied().cycle().take(7 * 100_000).collect();
    let end = file.len() - 2;
    let bomb = [&file[..end], &layers, &file[end..]].concat();
    let begun = Instant::now();
    assert_eq!(fault(&bomb), PhotoFault::Broken);
    assert!(begun.elapsed() < Duration::from_millis(500));
}

#[test]
fn layers_count_as_memory() {
    let file = jpeg_of(quarters(600, 800));
    assert_eq!(jpeg::is_kept_whole(&file), Ok(false));
    let at = file
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    let mut progressive = file.clone();
    progressive[at + 1] = 0xC2;
    assert_eq!(jpeg::is_kept_whole(&progressive), Ok(true));
    // 36 megapixels: enough room for a plain file, too little for one with layers.
    let sized = |mut file: Vec<u8>| {
        file[at + 5..at + 9].copy_from_slice(&[0x17, 0x70, 0x17, 0x70]);
        file
    };
    assert_eq!(fault(&sized(progressive)), PhotoFault::TooManyPixels);
    assert_ne!(
        process(&sized(file), None).err(),
        Some(PhotoFault::TooManyPixels)
    );
}

/// A small file of each kind, to be damaged.
fn seeds() -> [Vec<u8>; 2] {
    let picture = quarters(300, 400);
    [
        with_exif(&jpeg_of(picture.clone()), 6),
        as_png(&picture.into()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_bytes_make_it_panic(
        begin in prop::sample::select(vec![
            &b""[..], b"\xFF\xD8\xFF", b"\xFF\xD8\xFF\xE1\0\x10Exif\0\0", b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        prop_assert!(process(&[begin, &rest].concat(), None).is_err());
    }

    #[test]
    fn no_damage_makes_it_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        (left, top) in (0.0..0.5, 0.0..0.5),
        (width, height) in (0.0..1.0, 0.0..1.0),
    ) {
        for mut file in seeds() {
            for (at, byte) in &damage {
                let at = at.index(file.len());
                file[at] = *byte;
            }
            let crop = Crop::of_fractions(left, top, width, height).ok();
            for crop in [None, crop] {
                if let Ok(photo) = process(&file, crop) {
                    prop_assert_eq!(opened(&photo.jpeg).dimensions(), (600, 800));
                }
            }
        }
    }
}
