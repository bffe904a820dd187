// SPDX-License-Identifier: Apache-2.0
//! What an exchange is to do, as the boot ROM writes it down before it begins.
//!
//! Two entries of a log (`provisioning::log`), each with its complement: a torn write is no plan.

use provisioning::log;

/// Size of a plan in flash.
pub(super) const PLAN_BYTES: usize = 2 * log::ENTRY_BYTES;

const PERMANENT: u32 = 1 << 31;
const OLD_ON_TRIAL: u32 = 1 << 30;
const OLD_SHIFT: u32 = 15;
const SECTORS: u32 = (1 << OLD_SHIFT) - 1;
/// The most sectors that a plan can tell of.
pub(super) const MOST_SECTORS: usize = SECTORS as usize;

/// What is exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Sectors of the image that is in the primary slot before; 0: none that could be started.
    pub(super) old_sectors: usize,
    /// Sectors of the image that is in the secondary slot before.
    pub(super) new_sectors: usize,
    /// The new image needs no confirmation.
    pub(super) is_permanent: bool,
    /// The old image had none.
    pub(super) old_is_on_trial: bool,
    /// The beginning of the measurement of the old image, to know it again.
    pub(super) old_image: u32,
}

impl Plan {
    /// There is nothing to go back to.
    pub(super) const NOTHING: Self = Self {
        old_sectors: 0,
        new_sectors: 0,
        is_permanent: false,
        old_is_on_trial: false,
        old_image: 0,
    };

    pub(super) fn encode(&self) -> [u8; PLAN_BYTES] {
        let flag = |is_set: bool, bit| if is_set { bit } else { 0 };
        let word = (self.old_sectors as u32 & SECTORS) << OLD_SHIFT
            | (self.new_sectors as u32 & SECTORS)
            | flag(self.is_permanent, PERMANENT)
            | flag(self.old_is_on_trial, OLD_ON_TRIAL);
        let mut bytes = [0; PLAN_BYTES];
        let entries = [log::encode(word), log::encode(self.old_image)];
        let place = bytes.iter_mut();
        place
            .zip(entries.as_flattened())
            .for_each(|(to, from)| *to = *from);
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut entries = log::values(bytes);
        let (word, old_image) = (entries.next()?, entries.next()?);
        Some(Self {
            old_sectors: (word >> OLD_SHIFT & SECTORS) as usize,
            new_sectors: (word & SECTORS) as usize,
            is_permanent: word & PERMANENT != 0,
            old_is_on_trial: word & OLD_ON_TRIAL != 0,
            old_image,
        })
    }
}
