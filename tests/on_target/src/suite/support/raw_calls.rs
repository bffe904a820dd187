// SPDX-License-Identifier: Apache-2.0
//! Calls of the veneers with arbitrary words, which no safe client can make.

use psa::Status;

unsafe extern "C" {
    fn tfm_psa_call_veneer(handle: u32, control: u32, inputs: u32, outputs: u32) -> Status;
    fn tfm_psa_connect_veneer(sid: u32, version: u32) -> Status;
    fn tfm_psa_close_veneer(handle: u32);
}

/// `psa_invec` or `psa_outvec`: base and length.
pub type Vector = [u32; 2];

/// Addresses of the secure world: RAM in both aliases, OTP, image, veneers, a device, the
/// private peripherals.
pub const SECURE_ADDRESSES: &[u32] = &[
    0x3800_0000,
    0x2800_0000,
    0x3801_0000,
    0x8000_0000,
    0x8010_0000,
    0x8010_0400,
    0x8010_0440,
    0x1000_0000,
    0x0000_0000,
    0x5020_0000,
    0x5800_8000,
    0xE000_ED00,
];

/// `tfm_psa_call_veneer` with any words.
pub fn call(handle: u32, control: u32, inputs: u32, outputs: u32) -> Status {
    // SAFETY: the secure world checks the arguments, and writes only to memory that a test passes.
    unsafe { tfm_psa_call_veneer(handle, control, inputs, outputs) }
}

/// `tfm_psa_connect_veneer` with any words.
pub fn connect(sid: u32, version: u32) -> Status {
    // SAFETY: no memory is passed.
    unsafe { tfm_psa_connect_veneer(sid, version) }
}

/// `tfm_psa_close_veneer` with any word.
pub fn close(handle: u32) {
    // SAFETY: no memory is passed.
    unsafe { tfm_psa_close_veneer(handle) }
}

/// The control word of a call with these counts of vectors.
pub const fn control(message_type: u16, inputs: u32, outputs: u32) -> u32 {
    message_type as u32 | outputs << 16 | inputs << 24
}

/// Address of a value of this application.
pub fn address<T: ?Sized>(value: &T) -> u32 {
    core::ptr::from_ref(value).cast::<u8>() as u32
}

/// Address of a value that the secure world may change.
pub fn address_mut<T: ?Sized>(value: &mut T) -> u32 {
    core::ptr::from_mut(value).cast::<u8>() as u32
}
