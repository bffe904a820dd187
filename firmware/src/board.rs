// SPDX-License-Identifier: Apache-2.0
//! The trait that a port implements; `docs/porting.md` explains it step by step.
//!
//! A board names its memories and devices and their drivers. It contains no logic. Addresses come
//! from its `board.toml`; the unsafe claims about them are in one file of the board, its memory
//! map.

use boot::DebugPort;
use diagnostics::Console;
use diagnostics::service::Retained;
use flash::{Flash, Mapped};
use primitives::aes::BlockPairCipher;
use primitives::hash_drbg::Entropy;
use primitives::sha256::Compression;
use provisioning::DebugAccess;
use recovery::Line;
use spm::Memory;

use crate::{Claim, Region};

/// A device on which the firmware runs.
///
/// The type has no value: its items are constants, types and functions, which the compiler folds
/// into the images.
pub trait Board: Sized + 'static {
    // The core. Boards with an Armv8-M core use the types of `armv8m` and `kernels`, unless the
    // chip has an accelerator.

    /// Checks addresses of non-secure callers, and copies from and to them.
    ///
    /// Safety: it must refuse a range with a secure byte, and one that the caller itself may not
    /// access. An error here exposes the secure world.
    type Memory: Memory;
    /// The one value of [`Self::Memory`].
    const MEMORY: Self::Memory;

    /// The compression function of SHA-256, which verifies images and serves clients.
    ///
    /// Without a faster one use `primitives::sha256::Portable`.
    type Compression: Compression;

    /// AES with keys of 128 bits, for `crypto.aes = "constant_time"`: its time depends on no
    /// secret.
    type Aes128: BlockPairCipher<Key = [u8; 16]>;

    // The console.

    /// The driver of the console. It writes a byte or gives up after a bounded time, because the
    /// non-secure world could otherwise block a fault handler. A port without serial recovery
    /// (`boot.recovery`) needs no `Line::receive`.
    type Console: Console + Line;
    /// The console of the boot ROM.
    const BOOT_CONSOLE: Self::Console;
    /// The console of the secure image. The non-secure world may own the device by then, so this
    /// may be another alias of it.
    const CONSOLE: Self::Console;

    // The flash.

    /// All of the flash, mapped into the address space, for the boot ROM.
    type Flash: Mapped;
    /// The parts of the device that the boot ROM owns.
    ///
    /// Safety: see [`Claim::take`]. Only this value writes the flash, and the linker places nothing
    /// in the memory for boot data (`memory.boot_data_bytes`).
    const BOOT_PARTS: Claim<BootParts<Self>>;

    /// The area `flash.areas.its`.
    type TrustedStorage: Flash;
    /// From the last sector of the primary slot, which is its trailer, to the end of the secondary
    /// slot.
    type UpdateArea: Mapped;
    /// The parts of the device that the secure image owns, one for each partition that needs one.
    ///
    /// Safety: see [`Claim::take`]. No two parts overlap.
    const AREAS: Claim<Areas<Self>>;

    // Entropy.

    /// The source of random numbers in the secure image. A port without a hardware source uses
    /// `entropy::SeedStore` on the area `flash.areas.entropy_seed`, with a seed from the factory,
    /// which is then the only entropy of the device.
    type Entropy: Entropy;
    /// The same source in the boot ROM, which asks it once for the boot seed of attestation tokens.
    /// `seed` is the area `flash.areas.entropy_seed`; a hardware source ignores it.
    fn boot_entropy(seed: impl Mapped) -> impl Entropy;

    // Provisioned data, and memory that survives a reset.

    /// The provisioned data (crate `provisioning`), as the secure image reads it. The image can't
    /// write there.
    fn otp() -> &'static [u8];
    /// The running image: the primary slot without its trailer. Nothing writes there.
    fn running_image() -> &'static [u8];

    /// RAM in which the boot ROM writes boot data; no image clears it.
    type BootData: AsMut<[u8]>;
    /// The same RAM, as the secure image reads it.
    fn boot_data() -> &'static [u8];

    /// RAM that keeps the record of the last fault over a reset. A port whose RAM is lost at a
    /// reset has no such record.
    type FaultMemory: Retained;
    /// The memory for that record.
    const FAULT_MEMORY: Self::FaultMemory;

    // Isolation.

    /// All peripherals, with secure and non-secure aliases: device memory that is never executed.
    const PERIPHERALS: Region;
    /// The non-secure alias of the peripherals. The SAU makes it non-secure, so that the
    /// controllers decide.
    const NON_SECURE_PERIPHERALS: Region;
    /// Assigns memory, peripherals and interrupts to the non-secure world in the controllers of the
    /// chip, and locks them as far as possible.
    ///
    /// It is called once, after the SAU is set up and before any non-secure code runs. Everything
    /// that it does not assign must stay secure.
    fn divide();

    // The debug port.

    /// Closes the debug port except for `access`, until power-off. The boot ROM calls it first, and
    /// several times more. A port without such a control does nothing: then the lifecycle does not
    /// protect the device from a debugger.
    fn restrict_debug(access: DebugAccess) {
        let _ = access;
    }

    // Reset.

    /// Resets the device.
    fn reset() -> !;
    /// The cause of the reset. The boot ROM prints an unusual one. Optional: a port without it
    /// keeps this default.
    fn reset_cause() -> ResetCause {
        ResetCause::Unknown
    }
}

/// Why a device was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetCause {
    /// Unknown, or an ordinary cause: power, pin, request.
    Unknown,
    /// A watchdog has expired.
    Watchdog,
    /// The core was locked up.
    Lockup,
}

/// The debug port of a board.
pub(crate) struct DebugPortOf<B>(pub core::marker::PhantomData<B>);

impl<B: Board> DebugPort for DebugPortOf<B> {
    #[inline(always)]
    fn restrict(&self, access: DebugAccess) {
        B::restrict_debug(access);
    }
}

/// The parts of the device that the boot ROM owns.
pub struct BootParts<B: Board> {
    /// All of the flash.
    pub flash: B::Flash,
    /// The memory in which it leaves boot data for the secure image.
    pub boot_data: B::BootData,
}

/// The parts that the partitions of the secure image own, one each.
pub struct Areas<B: Board> {
    /// The area of Internal Trusted Storage.
    pub its: B::TrustedStorage,
    /// The trailer of the running image and the secondary slot, for Firmware Update.
    pub updates: B::UpdateArea,
    /// The source of random numbers, for Crypto.
    pub entropy: B::Entropy,
}
