// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM may touch: it executes itself and nothing else, and writes to the flash only
//! while it means to. A stray write into an image that was verified, and a jump to one that was not,
//! end in a fault.

use core::marker::PhantomData;

use flash::{Error, Flash, Geometry, Mapped};

use crate::{Board, Configuration};

/// All of the flash, which is writable only during an operation.
pub struct GuardedFlash<B: Board, C> {
    flash: B::Flash,
    configuration: PhantomData<C>,
}

impl<B: Board, C> GuardedFlash<B, C> {
    /// The flash behind the guard.
    pub const fn new(flash: B::Flash) -> Self {
        Self {
            flash,
            configuration: PhantomData,
        }
    }
}

impl<B: Board, C: Configuration> Flash for GuardedFlash<B, C> {
    #[inline(always)]
    fn geometry(&self) -> Geometry {
        self.flash.geometry()
    }

    #[inline(always)]
    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        self.flash.read(offset_bytes, destination)
    }

    #[inline(never)] // as `program`: called in several places
    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        while_writable::<C, _>(|| self.flash.erase(offset_bytes))
    }

    #[inline(never)]
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        while_writable::<C, _>(|| self.flash.program(offset_bytes, data))
    }
}

impl<B: Board, C: Configuration> Mapped for GuardedFlash<B, C> {
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.flash.bytes()
    }
}

#[cfg(target_arch = "arm")]
pub use guard::protect;
#[cfg(target_arch = "arm")]
use guard::while_writable;

#[cfg(target_arch = "arm")]
mod guard {
    use core::marker::PhantomData;

    use armv8m::mpu::{self, Access, Region};

    use crate::{Board, Configuration};

    struct Regions<B, C>(PhantomData<(B, C)>);

    impl<B: Board, C: Configuration> Regions<B, C> {
        /// All that there is. The flash is the last, which the start of an image opens
        /// (`armv8m::start`).
        const ALL: [Region; 4] = [
            region(C::MEMORY_MAP.boot_code, Access::ReadExecute),
            region(C::MEMORY_MAP.secure_ram, Access::ReadWrite),
            region(B::PERIPHERALS, Access::Device),
            region(C::MEMORY_MAP.flash, Access::ReadOnly),
        ];
    }

    const fn region(range: crate::Region, access: Access) -> Region {
        Region::new(range.start, range.end, access)
    }

    /// Protects all memory.
    pub fn protect<B: Board, C: Configuration>() {
        mpu::configure(&Regions::<B, C>::ALL);
    }

    /// Does what writes to the flash.
    pub fn while_writable<C: Configuration, T>(write: impl FnOnce() -> T) -> T {
        mpu::change_last(const { region(C::MEMORY_MAP.flash, Access::ReadWrite) });
        let outcome = write();
        mpu::change_last(const { region(C::MEMORY_MAP.flash, Access::ReadOnly) });
        outcome
    }
}

/// A host has no memory protection unit.
#[cfg(not(target_arch = "arm"))]
pub fn protect<B: Board, C: Configuration>() {}

#[cfg(not(target_arch = "arm"))]
#[expect(clippy::extra_unused_type_parameters, reason = "as on the device")]
fn while_writable<C: Configuration, T>(write: impl FnOnce() -> T) -> T {
    write()
}
