// SPDX-License-Identifier: Apache-2.0
//! One memory-mapped 32-bit register.

/// A 32-bit register at a fixed address.
#[derive(Clone, Copy)]
pub struct Register(*mut u32);

// SAFETY: a register is a device's address, not data; each access is one volatile load or store.
unsafe impl Sync for Register {}

impl Register {
    /// Names the register at `address`.
    ///
    /// # Safety
    /// `address` is 4-byte aligned and that of a device register for the whole run, and no Rust
    /// object lives there. Reads and writes must not break the memory safety of the program
    /// (a DMA address register would).
    #[must_use]
    pub const unsafe fn new(address: usize) -> Self {
        Self(address as *mut u32)
    }

    /// Reads the register once.
    #[must_use]
    pub fn read(self) -> u32 {
        // SAFETY: `new` promised a valid register address.
        unsafe { self.0.read_volatile() }
    }

    /// Writes the register once.
    pub fn write(self, value: u32) {
        // SAFETY: `new` promised a valid register address.
        unsafe { self.0.write_volatile(value) }
    }

    /// Reads, sets `bits` and writes back.
    pub fn set_bits(self, bits: u32) {
        self.write(self.read() | bits);
    }

    /// The register `index` words further, for arrays of registers.
    ///
    /// # Safety
    /// As for [`Register::new`], with the address `4 * index` bytes further.
    #[must_use]
    pub const unsafe fn at(self, index: usize) -> Self {
        Self(self.0.wrapping_add(index))
    }
}
