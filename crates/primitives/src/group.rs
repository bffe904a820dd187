// SPDX-License-Identifier: Apache-2.0
//! Computations that verification of signatures needs on every curve.

use crate::modular::Words;

/// The points of a curve, with an addition that has no exceptions.
pub(crate) trait Group: Sized {
    /// The neutral element.
    const NEUTRAL: Self;

    /// The sum of any two points.
    fn plus(&self, other: &Self) -> Self;
}

/// The sum of two points, each times a number; all of it is public.
#[inline]
pub(crate) fn combine<P: Group>([first, second]: [&P; 2], [of_first, of_second]: [&Words; 2]) -> P {
    let both = first.plus(second);
    let mut result = P::NEUTRAL;
    for (of_first, of_second) in of_first.iter().zip(of_second).rev() {
        for shift in (0..32).rev() {
            result = result.plus(&result);
            let summand = match ((of_first >> shift) & 1, (of_second >> shift) & 1) {
                (0, 0) => continue,
                (0, _) => second,
                (_, 0) => first,
                _ => &both,
            };
            result = result.plus(summand);
        }
    }
    result
}
