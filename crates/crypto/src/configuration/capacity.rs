// SPDX-License-Identifier: Apache-2.0
//! How many of something there is room for.
//!
//! A count that is a type, so that a trait can say it once and a structure has an array of that
//! length: [`Fixed<4>`](Fixed) is room for four.

use super::presence::Blank;

/// Room for a number of values.
pub trait Capacity {
    /// The number.
    const NUMBER: usize;
    /// The room for them.
    type Of<T: Blank>: Blank + AsRef<[T]> + AsMut<[T]>;
}

/// Room for exactly `N`.
#[derive(Clone, Copy, Debug)]
pub enum Fixed<const N: usize> {}

impl<const N: usize> Capacity for Fixed<N> {
    const NUMBER: usize = N;
    type Of<T: Blank> = [T; N];
}

impl<T: Blank, const N: usize> Blank for [T; N] {
    const BLANK: Self = [T::BLANK; N];
}

impl Blank for u8 {
    const BLANK: Self = 0;
}
