// SPDX-License-Identifier: Apache-2.0
//! Large values that stay where they are.

use core::hint::black_box;

/// The same value, which the compiler doesn't take apart: it would keep the fields of an image in
/// registers and on the stack, and put them together again for the next function, in more
/// instructions than work with them. In the boot ROM that is a hundred bytes for each function.
#[inline(always)]
pub(crate) fn whole<T>(value: &T) -> &T {
    black_box(value)
}
