//! From the bytes of an upload to the bytes that go out. Pure.

use std::{fmt, io::Cursor};

use image::{
    AnimationDecoder, DynamicImage, Frame, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{gif, jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};

/// Most pixels of an upload; more is refused from the header, before memory is taken.
pub const MOST_PIXELS: u64 = 60_000_000;
/// Longest side that goes out, in pixels.
const LONGEST_SIDE: u32 = 2_048;
/// Most bytes that go out: below the 1,000,000 of `app.bsky.embed.images`, the smallest of our networks.
const MOST_BYTES: usize = 950_000;
/// Memory a decoder may take, in bytes: [`MOST_PIXELS`] at four bytes each and some room.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;
/// Most frames of a moving picture.
const MOST_FRAMES: usize = 300;
/// Most pixels of all frames together.
const MOST_FRAME_PIXELS: u64 = 100_000_000;

/// A picture ready to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, `image/png` or `image/gif`.
    pub mime: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why a file cannot be used; each is a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not one of the four kinds.
    NotAPicture,
    /// A drawing in SVG: it can carry scripts.
    Svg,
    /// More pixels than we open.
    TooLarge {
        /// Megapixels, rounded.
        megapixels: u64,
    },
    /// A moving picture that is too long or too large.
    TooLong,
    /// Begins like a picture and is none.
    Damaged,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPicture => f.write_str("This file is not a picture we can use. Choose a JPEG, PNG, WebP or GIF."),
            Self::Svg => f.write_str("A drawing in SVG can carry hidden programs, so it is not taken. Save it as PNG and choose that."),
            Self::TooLarge { megapixels } => {
                write!(f, "This picture has {megapixels} megapixels; up to 60 can be opened. Save a smaller copy and choose that.")
            }
            Self::TooLong => f.write_str("This moving picture is too long. Up to 300 frames of moderate size go out; shorten it or use a still picture."),
            Self::Damaged => f.write_str("This file is damaged and cannot be opened. Save it again in your photo program and choose the new file."),
        }
    }
}

impl std::error::Error for Problem {}

/// Decodes, turns upright, shrinks and encodes anew.
///
/// # Errors
/// A [`Problem`] with a sentence for the form.
pub fn prepare(bytes: &[u8]) -> Result<Ready, Problem> {
    let format = kind_of(bytes)?;
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader.into_dimensions().map_err(|_| Problem::Damaged)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(Problem::TooLarge { megapixels: pixels.div_ceil(1_000_000) });
    }
    if format == ImageFormat::Gif
        && let Some(ready) = moving(bytes)?
    {
        return Ok(ready);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|_| Problem::Damaged)?;
    let upright = decoder.orientation().map_err(|_| Problem::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Problem::Damaged)?;
    picture.apply_orientation(upright);
    encode(shrunk(picture, LONGEST_SIDE), format)
}

fn kind_of(bytes: &[u8]) -> Result<ImageFormat, Problem> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)) => Ok(format),
        _ => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
            Err(if start.contains("<svg") { Problem::Svg } else { Problem::NotAPicture })
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn shrunk(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= longest {
        picture
    } else {
        picture.resize(longest, longest, FilterType::CatmullRom)
    }
}

/// A drawing or a picture one can see through stays PNG while it is small enough; all else becomes JPEG.
fn encode(picture: DynamicImage, from: ImageFormat) -> Result<Ready, Problem> {
    let (width, height) = (picture.width(), picture.height());
    if from != ImageFormat::Jpeg {
        let mut bytes = Vec::new();
        picture.write_with_encoder(PngEncoder::new(&mut bytes)).map_err(|_| Problem::Damaged)?;
        if bytes.len() <= MOST_BYTES {
            return Ok(Ready { bytes, mime: "image/png", width, height });
        }
    }
    let opaque = on_white(picture);
    for quality in [86, 78, 68, 58] {
        let bytes = jpeg(&opaque, quality)?;
        if bytes.len() <= MOST_BYTES {
            return Ok(Ready { bytes, mime: "image/jpeg", width, height });
        }
    }
    // Noise, or a very long strip: fewer pixels until it fits.
    let longest = width.max(height) * 3 / 4;
    encode(DynamicImage::ImageRgb8(shrunk(opaque, longest).to_rgb8()), ImageFormat::Jpeg)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).map_err(|_| Problem::Damaged)?;
    Ok(bytes)
}

fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let seen_through = picture.into_rgba8();
    let mut opaque = image::RgbImage::new(seen_through.width(), seen_through.height());
    for (to, from) in opaque.pixels_mut().zip(seen_through.pixels()) {
        let alpha = u32::from(from[3]);
        for channel in 0..3 {
            let mixed = (u32::from(from[channel]) * alpha + 255 * (255 - alpha)) / 255;
            to[channel] = u8::try_from(mixed).unwrap_or(255);
        }
    }
    DynamicImage::ImageRgb8(opaque)
}

/// A GIF with more than one frame stays one, encoded anew; `None` for a still one, or one that gets too large.
fn moving(bytes: &[u8]) -> Result<Option<Ready>, Problem> {
    let mut decoder = gif::GifDecoder::new(Cursor::new(bytes)).map_err(|_| Problem::Damaged)?;
    decoder.set_limits(limits()).map_err(|_| Problem::Damaged)?;
    let (width, height) = decoder.dimensions();
    let one = u64::from(width) * u64::from(height);
    let mut frames: Vec<Frame> = Vec::new();
    for frame in decoder.into_frames() {
        frames.push(frame.map_err(|_| Problem::Damaged)?);
        if frames.len() > MOST_FRAMES || one * frames.len() as u64 > MOST_FRAME_PIXELS {
            return Err(Problem::TooLong);
        }
    }
    if frames.len() < 2 {
        return Ok(None);
    }
    let mut out = Vec::new();
    {
        let mut encoder = gif::GifEncoder::new_with_speed(&mut out, 10);
        encoder.set_repeat(gif::Repeat::Infinite).map_err(|_| Problem::Damaged)?;
        encoder.encode_frames(frames).map_err(|_| Problem::Damaged)?;
    }
    if out.len() > MOST_BYTES {
        return Err(Problem::TooLong);
    }
    Ok(Some(Ready { bytes: out, mime: "image/gif", width, height }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([x as u8, y as u8, 9, 200])
        }));
        let mut bytes = Vec::new();
        picture.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        bytes
    }

    /// A JPEG with an EXIF segment: turned by 90 degrees, and a secret in the camera's name.
    fn jpeg_with_camera_data() -> Vec<u8> {
        let plain =
            jpeg(&DynamicImage::ImageRgb8(image::RgbImage::from_pixel(40, 20, image::Rgb([200, 30, 30]))), 90).unwrap();
        let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        tiff.extend(b"\x01\x0f\0\x02\0\0\0\x0c\0\0\0\x26"); // camera maker, 12 letters at 38
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation 6
        tiff.extend(b"\0\0\0\0LeakyCamera\0");
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend(&tiff);
        let mut bytes = plain[..2].to_vec();
        bytes.extend([0xff, 0xe1]);
        bytes.extend(u16::try_from(segment.len() + 2).unwrap().to_be_bytes());
        bytes.extend(&segment);
        bytes.extend(&plain[2..]);
        bytes
    }

    #[test]
    fn camera_data_is_gone_and_the_picture_stands_upright() {
        let upload = jpeg_with_camera_data();
        assert!(upload.windows(5).any(|part| part == b"Leaky"));
        let ready = prepare(&upload).unwrap();
        assert_eq!((ready.width, ready.height), (20, 40));
        assert!(
            !ready.bytes.windows(5).any(|part| part == b"Leaky") && !ready.bytes.windows(4).any(|part| part == b"Exif")
        );
    }

    #[test]
    fn large_pictures_are_made_small_enough_for_every_network() {
        let ready = prepare(&png(3_000, 1_500)).unwrap();
        assert_eq!((ready.width, ready.height), (2_048, 1_024));
        assert!(ready.bytes.len() <= MOST_BYTES);
        let noise = image::RgbImage::from_fn(2_400, 2_400, |x, y| {
            let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
            image::Rgb([(mixed >> 24) as u8, (mixed >> 16) as u8, (mixed >> 8) as u8])
        });
        let ready = prepare(&jpeg(&DynamicImage::ImageRgb8(noise), 95).unwrap()).unwrap();
        assert!(ready.bytes.len() <= MOST_BYTES && ready.mime == "image/jpeg");
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_sentence() {
        assert_eq!(prepare(b"%PDF-1.7"), Err(Problem::NotAPicture));
        assert_eq!(prepare(b"<?xml version=\"1.0\"?><svg xmlns=\"x\"/>"), Err(Problem::Svg));
        assert_eq!(prepare(&png(64, 64)[..60]), Err(Problem::Damaged));
        assert_eq!(prepare(b""), Err(Problem::NotAPicture));
    }

    #[test]
    fn a_bomb_is_refused_from_its_header() {
        // A PNG of 50,000 by 50,000 pixels that says so in 33 bytes.
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bomb.extend(50_000_u32.to_be_bytes());
        bomb.extend(50_000_u32.to_be_bytes());
        bomb.extend([8, 6, 0, 0, 0]);
        bomb.extend(crc(&bomb[12..29]).to_be_bytes());
        bomb.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        assert_eq!(prepare(&bomb), Err(Problem::TooLarge { megapixels: 2_500 }));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }

    #[test]
    fn a_moving_gif_keeps_moving() {
        let frames = (0..3).map(|n| Frame::new(image::RgbaImage::from_pixel(8, 8, image::Rgba([n * 80, 0, 0, 255]))));
        let mut upload = Vec::new();
        gif::GifEncoder::new(&mut upload).encode_frames(frames).unwrap();
        let ready = prepare(&upload).unwrap();
        assert_eq!(ready.mime, "image/gif");
        let again = gif::GifDecoder::new(Cursor::new(&ready.bytes)).unwrap();
        assert_eq!(again.into_frames().count(), 3);
    }
}
