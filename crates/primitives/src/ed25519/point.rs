// SPDX-License-Identifier: Apache-2.0
//! Points of the curve -x^2 + y^2 = 1 + d x^2 y^2 modulo 2^255 - 19 (RFC 8032, 5.1), in extended
//! coordinates: x = X/Z, y = Y/Z, x y = T/Z.
//!
//! One addition serves everything, doubling and the neutral element too: minus one is a square
//! here and d is none, so the formulas of Hisil, Wong, Carter and Dawson (Asiacrypt 2008, 3.1)
//! have no exception. A doubling of its own would save one of nine multiplications.

use crate::group::Group;
use crate::modular::{self, Modulus, NUMBER_BYTES, Words, ZERO};

/// The prime of the field: 2^255 - 19.
static FIELD: Modulus = Modulus {
    value: [
        0xffff_ffed,
        u32::MAX,
        u32::MAX,
        u32::MAX,
        u32::MAX,
        u32::MAX,
        u32::MAX,
        0x7fff_ffff,
    ],
    negated_inverse: 0x286b_ca1b,
    radix_squared: [38 * 38, 0, 0, 0, 0, 0, 0, 0],
};

/// One, in Montgomery form: 2^256 is 38.
const ONE: Words = [38, 0, 0, 0, 0, 0, 0, 0];

/// The curve's d, -121665/121666, in Montgomery form.
static D: Words = [
    0xdf47_e9fa,
    0x80ed_8bfe,
    0xafc6_2973,
    0x10a1_8777,
    0xbc18_8690,
    0xe593_9207,
    0x729f_c526,
    0x2c82_2b5a,
];

/// A square root of minus one, in Montgomery form.
static ROOT_OF_MINUS_ONE: Words = [
    0xfe2b_db04,
    0x3b58_07d4,
    0xb51b_e9ed,
    0x03f5_90fd,
    0x3362_02d1,
    0x6d6e_16bf,
    0xd6c7_1ba8,
    0x7577_6b0b,
];

/// The prime less five, by eight: 2^252 - 3.
static ROOT_EXPONENT: Words = [
    0xffff_fffd,
    u32::MAX,
    u32::MAX,
    u32::MAX,
    u32::MAX,
    u32::MAX,
    u32::MAX,
    0x0fff_ffff,
];

/// The bit of an encoded point that is the sign of its first coordinate: whether that is odd.
const SIGN: u8 = 0x80;

/// A point; coordinates in Montgomery form.
pub(super) struct Point {
    x: Words,
    y: Words,
    z: Words,
    t: Words,
}

impl Point {
    /// The base point of the curve: y is 4/5, x is even. Its other coordinates are larger as
    /// constants than they take time to find.
    #[inline]
    pub(super) fn base() -> Self {
        let mut encoded = [0x66; NUMBER_BYTES];
        let [first, ..] = &mut encoded;
        *first = 0x58;
        Self::decode(&encoded).unwrap_or(Self::NEUTRAL)
    }

    /// The point that these bytes stand for, if they do for one on the curve (RFC 8032, 5.1.3).
    pub(super) fn decode(bytes: &[u8; NUMBER_BYTES]) -> Option<Self> {
        let mut y = *bytes;
        let [.., last] = &mut y;
        let is_odd = *last & SIGN != 0;
        *last &= !SIGN;
        let y = modular::from_little_endian(&y);
        if !FIELD.is_reduced(&y) {
            return None;
        }
        let y = FIELD.enter(&y);
        let yy = FIELD.product(&y, &y);
        let numerator = FIELD.difference(&yy, &ONE);
        let denominator = FIELD.sum(&FIELD.product(&D, &yy), &ONE);
        let x = root_of_quotient(&numerator, &denominator)?;
        let negative = FIELD.difference(&ZERO, &x);
        let x = if has_sign(&x) == is_odd { x } else { negative };
        // Zero is its own negative, and never odd.
        (has_sign(&x) == is_odd).then(|| Self {
            t: FIELD.product(&x, &y),
            z: ONE,
            x,
            y,
        })
    }

    /// The bytes that stand for the point.
    #[inline]
    pub(super) fn encode(&self) -> [u8; NUMBER_BYTES] {
        let inverse = FIELD.inverse(&self.z);
        let y = FIELD.leave(&FIELD.product(&self.y, &inverse));
        let mut bytes = modular::to_little_endian(&y);
        if has_sign(&FIELD.product(&self.x, &inverse)) {
            let [.., last] = &mut bytes;
            *last |= SIGN;
        }
        bytes
    }

    /// Minus this point.
    #[inline]
    pub(super) fn negated(self) -> Self {
        Self {
            x: FIELD.difference(&ZERO, &self.x),
            t: FIELD.difference(&ZERO, &self.t),
            ..self
        }
    }

    /// Whether eight times the point is the neutral element. No point's order is 16, so none
    /// but that is left where the first coordinate is zero.
    pub(super) fn has_small_order(&self) -> bool {
        let twice = self.plus(self);
        let four_times = twice.plus(&twice);
        modular::is_zero(&four_times.plus(&four_times).x)
    }
}

impl Group for Point {
    const NEUTRAL: Self = Self {
        x: ZERO,
        y: ONE,
        z: ONE,
        t: ZERO,
    };

    #[inline(never)]
    fn plus(&self, other: &Self) -> Self {
        let product = |a: &Words, b: &Words| FIELD.product(a, b);
        let sum = |a: &Words, b: &Words| FIELD.sum(a, b);
        let difference = |a: &Words, b: &Words| FIELD.difference(a, b);

        let minus = product(
            &difference(&self.y, &self.x),
            &difference(&other.y, &other.x),
        );
        let plus = product(&sum(&self.y, &self.x), &sum(&other.y, &other.x));
        let tt = product(&product(&self.t, &D), &other.t);
        let tt = sum(&tt, &tt);
        let zz = product(&self.z, &other.z);
        let zz = sum(&zz, &zz);
        let (e, f) = (difference(&plus, &minus), difference(&zz, &tt));
        let (g, h) = (sum(&zz, &tt), sum(&plus, &minus));
        Self {
            x: product(&e, &f),
            y: product(&g, &h),
            z: product(&f, &g),
            t: product(&e, &h),
        }
    }
}

/// A square root of `a / b`, if there is one: `a b^3 (a b^7)^((p - 5) / 8)`, where need be times
/// a square root of minus one.
#[inline]
fn root_of_quotient(a: &Words, b: &Words) -> Option<Words> {
    let product = |a: &Words, b: &Words| FIELD.product(a, b);
    let b3 = product(&product(b, b), b);
    let ab3 = product(a, &b3);
    let ab7 = product(&product(&ab3, &b3), b);
    let root = product(&ab3, &FIELD.power(&ab7, &ROOT_EXPONENT));
    let check = product(&product(&root, &root), b);
    if check == *a {
        Some(root)
    } else if check == FIELD.difference(&ZERO, a) {
        Some(product(&root, &ROOT_OF_MINUS_ONE))
    } else {
        None
    }
}

/// Whether the number is odd, out of Montgomery form.
fn has_sign(a: &Words) -> bool {
    let [lowest, ..] = FIELD.leave(a);
    lowest & 1 != 0
}
