//! The learned weights: one signed byte for each place that a feature can be hashed to.

use super::features::PLACES;

/// In units of [`super::UNIT`]; most are 0, so the file packs well.
static WEIGHTS: &[u8; PLACES] = include_bytes!("weights.bin");

/// The weight of a feature. Places outside the table do not exist; the mask only tells the compiler so.
#[inline]
pub(crate) fn weight(place: usize) -> i32 {
    i32::from(i8::from_le_bytes([WEIGHTS[place & (PLACES - 1)]]))
}
