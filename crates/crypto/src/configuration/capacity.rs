// SPDX-License-Identifier: Apache-2.0
//! The number of entries of a table, as a type.
//!
//! In stable Rust an associated constant can't be the length of an array, so
//! [`Configuration`](super::Configuration) has types instead: [`Fixed<4>`](Fixed) is room for four.

use super::presence::Blank;

/// Room for a fixed number of values.
pub trait Capacity {
    /// The number.
    const NUMBER: usize;
    /// An array of that length.
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
