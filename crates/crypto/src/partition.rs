// SPDX-License-Identifier: Apache-2.0
//! The state of the Crypto partition.

use crate::{
    configuration::{Configuration, contexts},
    keys::store::Store,
    operations::table::Operations,
    random::Random,
};

/// The Crypto partition. Its size is fixed by its [`Configuration`].
pub struct Crypto<C: Configuration> {
    pub(crate) operations: Operations<C>,
    pub(crate) keys: Store<C>,
    pub(crate) random: Random<C>,
}

impl<C: Configuration> Crypto<C> {
    /// The partition with no key and no operation. The source of entropy is read at the first
    /// request for random bytes.
    #[must_use]
    pub const fn new(entropy: C::Entropy) -> Self {
        const { contexts::check::<C::Contexts>(&C::WANTED) };
        Self {
            operations: Operations::new(),
            keys: Store::new(),
            random: Random::new(entropy),
        }
    }
}
