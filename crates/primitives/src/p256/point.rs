// SPDX-License-Identifier: Apache-2.0
//! Points of the curve y^2 = x^3 - 3x + b in projective coordinates (x = X/Z, y = Y/Z).
//!
//! One addition serves everything, doubling and the neutral element too: the complete formulas
//! of Renes, Costello and Batina for a = -3 (Eurocrypt 2016, algorithm 4) have no exception, so
//! that no case is distinguished and none forgotten. A doubling of its own would save one of
//! fourteen multiplications.
//!
//! A scalar goes through two bits at a time: the table of four points is small enough for a
//! stack, and is always read whole.

use core::hint::black_box;

use super::moduli::FIELD;
use super::{PUBLIC_KEY_BYTES, SCALAR_BYTES, UNCOMPRESSED};
use crate::clear;
use crate::group::Group;
use crate::modular::{self, Words, ZERO, select};

/// The curve's b, in Montgomery form.
static B: Words = [
    0x29c4_bddf,
    0xd89c_df62,
    0x7884_3090,
    0xacf0_05cd,
    0xf721_2ed6,
    0xe5a2_20ab,
    0x0487_4834,
    0xdc30_061d,
];

/// A point; coordinates in Montgomery form.
#[derive(Clone, Copy)]
pub(super) struct Point {
    x: Words,
    y: Words,
    z: Words,
}

impl Point {
    /// The point at infinity.
    pub(super) const NEUTRAL: Self = Self {
        x: ZERO,
        y: FIELD_ONE,
        z: ZERO,
    };
    /// The base point of the curve.
    pub(super) const GENERATOR: Self = Self {
        x: [
            0x18a9_143c,
            0x79e7_30d4,
            0x5fed_b601,
            0x75ba_95fc,
            0x7762_2510,
            0x79fb_732b,
            0xa537_55c6,
            0x1890_5f76,
        ],
        y: [
            0xce95_560a,
            0xddf2_5357,
            0xba19_e45c,
            0x8b4a_b8e4,
            0xdd21_f325,
            0xd2e8_8688,
            0x2588_5d85,
            0x8571_ff18,
        ],
        z: FIELD_ONE,
    };

    /// The point that these bytes stand for, if they do for one on the curve.
    #[inline]
    pub(super) fn decode(bytes: &[u8; PUBLIC_KEY_BYTES]) -> Option<Self> {
        let [UNCOMPRESSED, coordinates @ ..] = bytes else {
            return None;
        };
        let ([x, y], _) = coordinates.as_chunks::<SCALAR_BYTES>() else {
            return None;
        };
        let (x, y) = (modular::from_bytes(x), modular::from_bytes(y));
        if !(FIELD.is_reduced(&x) && FIELD.is_reduced(&y)) {
            return None;
        }
        let point = Self {
            x: FIELD.enter(&x),
            y: FIELD.enter(&y),
            z: FIELD_ONE,
        };
        point.is_on_curve().then_some(point)
    }

    /// The bytes that stand for the point; none do for the neutral one.
    #[inline]
    pub(super) fn encode(&self) -> Option<[u8; PUBLIC_KEY_BYTES]> {
        let (x, y) = self.affine()?;
        let mut bytes = [UNCOMPRESSED; PUBLIC_KEY_BYTES];
        let (_, coordinates) = bytes.split_first_mut()?;
        *coordinates.first_chunk_mut()? = modular::to_bytes(&x);
        *coordinates.last_chunk_mut()? = modular::to_bytes(&y);
        Some(bytes)
    }

    /// The coordinates themselves, out of Montgomery form; the neutral point has none.
    #[inline]
    pub(super) fn affine(&self) -> Option<(Words, Words)> {
        if modular::is_zero(&self.z) {
            return None;
        }
        let mut inverse = FIELD.inverse(&self.z);
        let of = |coordinate| FIELD.leave(&FIELD.product(coordinate, &inverse));
        let coordinates = (of(&self.x), of(&self.y));
        clear::replace(&mut inverse, ZERO);
        Some(coordinates)
    }

    /// Whether a point with z = 1 is on the curve.
    #[inline]
    fn is_on_curve(&self) -> bool {
        let cube = FIELD.product(&FIELD.product(&self.x, &self.x), &self.x);
        let twice = FIELD.sum(&self.x, &self.x);
        let three = FIELD.sum(&twice, &self.x);
        let right = FIELD.sum(&FIELD.difference(&cube, &three), &B);
        FIELD.product(&self.y, &self.y) == right
    }

    /// The sum of any two points.
    #[inline(never)]
    pub(super) fn plus(&self, other: &Self) -> Self {
        let product = |a: &Words, b: &Words| FIELD.product(a, b);
        let sum = |a: &Words, b: &Words| FIELD.sum(a, b);
        let difference = |a: &Words, b: &Words| FIELD.difference(a, b);
        let thrice = |a: &Words| sum(&sum(a, a), a);

        let xx = product(&self.x, &other.x);
        let yy = product(&self.y, &other.y);
        let zz = product(&self.z, &other.z);
        // The sums of the crosswise products, by one multiplication each.
        let cross = |a1: &Words, b1: &Words, a2: &Words, b2: &Words, aa: &Words, bb: &Words| {
            difference(&product(&sum(a1, b1), &sum(a2, b2)), &sum(aa, bb))
        };
        let xy = cross(&self.x, &self.y, &other.x, &other.y, &xx, &yy);
        let yz = cross(&self.y, &self.z, &other.y, &other.z, &yy, &zz);
        let xz = cross(&self.x, &self.z, &other.x, &other.z, &xx, &zz);

        let zz3 = thrice(&zz);
        let inner = thrice(&difference(&xz, &product(&B, &zz)));
        let minus = difference(&yy, &inner);
        let plus = sum(&yy, &inner);
        let outer = thrice(&difference(&difference(&product(&B, &xz), &zz3), &xx));
        let slope = difference(&thrice(&xx), &zz3);
        Self {
            x: difference(&product(&xy, &plus), &product(&yz, &outer)),
            y: sum(&product(&plus, &minus), &product(&slope, &outer)),
            z: sum(&product(&yz, &minus), &product(&xy, &slope)),
        }
    }

    /// The point times a secret number.
    #[inline]
    pub(super) fn times(&self, scalar: &Words) -> Self {
        let twice = self.plus(self);
        let mut table = [Self::NEUTRAL, *self, twice, twice.plus(self)];
        let mut result = Self::NEUTRAL;
        for word in scalar.iter().rev() {
            for digit in (0..16).rev() {
                result = result.plus(&result);
                result = result.plus(&result);
                result = result.plus(&choose(&table, (word >> (2 * digit)) & 3));
            }
        }
        clear::replace(&mut table, [Self::NEUTRAL; 4]);
        result
    }
}

impl Group for Point {
    const NEUTRAL: Self = Self::NEUTRAL;

    fn plus(&self, other: &Self) -> Self {
        self.plus(other)
    }
}

/// One in Montgomery form, for constants: a static can't be read in one.
const FIELD_ONE: Words = [
    1,
    0,
    0,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_fffe,
    0,
];

/// The entry of the table, all of which is read.
#[inline]
fn choose(table: &[Point; 4], index: u32) -> Point {
    let mut chosen = Point::NEUTRAL;
    for (number, point) in (0u32..).zip(table) {
        // Zero becomes all ones, anything else up to 3 becomes zero.
        let mask = black_box(((number ^ index).wrapping_sub(1) >> 31).wrapping_neg());
        chosen.x = select(mask, &point.x, &chosen.x);
        chosen.y = select(mask, &point.y, &chosen.y);
        chosen.z = select(mask, &point.z, &chosen.z);
    }
    chosen
}
