// SPDX-License-Identifier: Apache-2.0
//! Memory protection controller: gives blocks of one memory to the non-secure world
//! (SIE-200, DDI 0571, chapter 7).
//!
//! All blocks are secure at reset. After the set-up the controller is locked until reset.

use armv8m::mmio::Register;

const CONTROL_RESPOND_WITH_ERROR: u32 = 1 << 4;
const CONTROL_AUTO_INCREMENT: u32 = 1 << 8;
const CONTROL_LOCK: u32 = 1 << 31;
/// Each look-up word holds 32 blocks.
const BLOCKS_PER_WORD: u32 = 32;

/// One controller, by its registers.
#[derive(Clone, Copy)]
pub struct MemoryProtection {
    control: Register,
    maximum_index: Register,
    block_configuration: Register,
    block_index: Register,
    lookup: Register,
}

impl MemoryProtection {
    /// The controller at `base`.
    ///
    /// # Safety
    /// An SIE-200 memory protection controller lies at `base`.
    #[must_use]
    pub const unsafe fn new(base: usize) -> Self {
        // SAFETY: the caller vouches for the device; these are its registers.
        unsafe {
            Self {
                control: Register::new(base),
                maximum_index: Register::new(base + 0x10),
                block_configuration: Register::new(base + 0x14),
                block_index: Register::new(base + 0x18),
                lookup: Register::new(base + 0x1C),
            }
        }
    }

    /// Gives the memory from `start_bytes` to its end to the non-secure world, keeps what is
    /// before secure, and locks the controller. A block that `start_bytes` cuts stays secure.
    pub fn non_secure_from(&self, start_bytes: u32) {
        let block_shift = (self.block_configuration.read() & 0xf) + 5;
        let first_block = start_bytes.wrapping_add((1 << block_shift) - 1) >> block_shift;
        self.block_index.write(0);
        self.control
            .write(CONTROL_RESPOND_WITH_ERROR | CONTROL_AUTO_INCREMENT);
        for word in 0..=self.maximum_index.read() {
            let secure_blocks = first_block.saturating_sub(word * BLOCKS_PER_WORD);
            let non_secure = u32::MAX.checked_shl(secure_blocks).unwrap_or(0);
            // With auto-increment a full write goes on to the next word.
            self.lookup.write(non_secure);
        }
        self.control
            .write(CONTROL_RESPOND_WITH_ERROR | CONTROL_LOCK);
    }
}
