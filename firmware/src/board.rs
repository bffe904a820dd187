// SPDX-License-Identifier: Apache-2.0
//! What a port implements: this page is all of it, and `docs/porting.md` walks through it.
//!
//! A board says where things are and which drivers they have. It decides nothing. Addresses come
//! from its `board.toml`; the unsafe claims that its constants make about them stand in one file of
//! its own, its memory map.

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

use crate::{Areas, BootParts, Claim, Region};

/// A device on which the firmware runs.
///
/// The type has no value: its items are constants, types and functions, which the compiler folds
/// into the images.
pub trait Board: Sized + 'static {
    // The core. Boards with an Armv8-M core name the types of `armv8m` and `kernels`, unless the
    // chip has something better, such as an accelerator.

    /// The check of addresses that a non-secure caller gives, and the copies from and to them.
    ///
    /// Safety: a range that is secure in any byte is never permitted, and the caller's own rights
    /// count. An error here gives the secure world away.
    type Memory: Memory;
    /// The one value of [`Self::Memory`].
    const MEMORY: Self::Memory;

    /// The compression function of SHA-256, which verifies images and serves clients.
    ///
    /// A port without a faster one names `primitives::sha256::Portable`.
    type Compression: Compression;

    /// AES with keys of 128 bits, for `crypto.aes = "constant_time"`: its time depends on no secret.
    type Aes128: BlockPairCipher<Key = [u8; 16]>;

    // The console.

    /// The driver of the console. It writes a byte or gives up after a while; waiting for ever would
    /// let the non-secure world stop a fault handler. A port that does not offer serial recovery
    /// (`boot.recovery`) may leave `Line::receive` unfinished.
    type Console: Console + Line;
    /// The console of the boot ROM.
    const BOOT_CONSOLE: Self::Console;
    /// The console of the secure image. The non-secure world may own the device by then, so this
    /// may be another alias of it.
    const CONSOLE: Self::Console;

    // The flash.

    /// All of the flash, mapped into the address space, for the boot ROM.
    type Flash: Mapped;
    /// What the boot ROM has for itself.
    ///
    /// Safety: see [`Claim::take`]. The flash may be written by this value only, and the memory for
    /// boot data lies where the linker puts nothing (`memory.boot_data_bytes`).
    const BOOT_PARTS: Claim<BootParts<Self>>;

    /// The area `flash.areas.its`.
    type TrustedStorage: Flash;
    /// From the last sector of the primary slot, which is its trailer, to the end of the secondary
    /// slot.
    type UpdateArea: Mapped;
    /// What the secure image has, one part for each partition that needs one.
    ///
    /// Safety: see [`Claim::take`]. No two parts overlap.
    const AREAS: Claim<Areas<Self>>;

    // Entropy.

    /// The source of random numbers in the secure image. A port without a hardware source uses
    /// `entropy::SeedStore` on the area `flash.areas.entropy_seed`, with a seed that the factory
    /// writes; the seed is then all the entropy that the device ever has.
    type Entropy: Entropy;
    /// The same source in the boot ROM, which asks it once for the boot seed of attestation tokens.
    /// `seed` is the area `flash.areas.entropy_seed`; a hardware source ignores it.
    fn boot_entropy(seed: impl Mapped) -> impl Entropy;

    // What the device was given once, and what outlives a reset.

    /// The provisioned data (crate `provisioning`), as the secure image reads it. The image has no
    /// value that writes there.
    fn otp() -> &'static [u8];
    /// The running image, as it reads itself: the primary slot without its trailer. Nothing writes
    /// there.
    fn running_image() -> &'static [u8];

    /// RAM in which the boot ROM writes boot data; no image clears it.
    type BootData: AsMut<[u8]>;
    /// The same RAM, as the secure image reads it.
    fn boot_data() -> &'static [u8];

    /// RAM that keeps the record of the last fault over a reset. A port whose RAM is lost at a reset
    /// reports no earlier fault.
    type FaultMemory: Retained;
    /// The one place of such records.
    const FAULT_MEMORY: Self::FaultMemory;

    // Isolation.

    /// The peripherals, secure and non-secure aliases together: memory of devices, never executed.
    const PERIPHERALS: Region;
    /// The non-secure alias of the peripherals, for which the SAU lets the controllers decide.
    const NON_SECURE_PERIPHERALS: Region;
    /// Gives memory, peripherals and interrupts to the non-secure world by the controllers of the
    /// chip, and locks what can be locked.
    ///
    /// It is called once, after the SAU was set up and before any non-secure code runs. Whatever
    /// it does not give away must stay secure.
    fn divide();

    // The debug port.

    /// Closes the debug port but for `access`, until the power goes. It is called several times in
    /// a boot, first of all. A port without such a control does nothing: then the lifecycle of the
    /// device does not protect it from a debugger.
    fn restrict_debug(access: DebugAccess) {
        let _ = access;
    }

    // Reset.

    /// Resets the device.
    fn reset() -> !;
    /// Why the device was reset. The boot ROM prints a cause that somebody should know of. A port
    /// that can't tell leaves this out.
    fn reset_cause() -> ResetCause {
        ResetCause::Unknown
    }
}

/// Why a device was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetCause {
    /// The chip does not tell, or the cause is an ordinary one: power, pin, request.
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
