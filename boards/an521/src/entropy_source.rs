// SPDX-License-Identifier: Apache-2.0
//! Where random numbers start from: a seed in flash, for the emulator has nothing better.

use armv8m::sha256_kernel::Assembly;
use entropy::SeedStore;

/// The source of entropy over the area of the seed.
pub type SeededEntropy<F> = SeedStore<F, Assembly>;

/// The emulator has no source of entropy: a seed in flash stands for one.
pub const fn entropy<F>(area: F) -> SeededEntropy<F> {
    SeedStore::new(area)
}
