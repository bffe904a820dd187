// SPDX-License-Identifier: Apache-2.0
//! Semihosting: how a program in an emulator or under a debugger uses the host's files.
//!
//! Only development and test programs of the non-secure world use it; the boot ROM and the
//! secure firmware never do. Source: Arm, "Semihosting for AArch32 and AArch64".

use core::arch::asm;

const OPEN: u32 = 0x01;
const READ: u32 = 0x06;
const GET_COMMAND_LINE: u32 = 0x15;
const EXIT_EXTENDED: u32 = 0x20;
const OPEN_FOR_READING_BINARY: u32 = 1;
const APPLICATION_EXIT: u32 = 0x2_0026;

/// One call to the host.
///
/// # Safety
/// `block` is what `operation` asks for and stays valid during the call.
unsafe fn call(operation: u32, block: *mut u32) -> i32 {
    let result;
    // SAFETY: the caller gives a valid parameter block; the host answers in r0.
    unsafe {
        asm!("bkpt #0xab", inlateout("r0") operation => result, in("r1") block, options(nostack));
    }
    result
}

/// A file of the host, open for reading.
pub struct File(u32);

impl File {
    /// Opens the file whose path is `path`, a text that ends with a NUL byte.
    ///
    /// # Errors
    /// `None` if the text has no final NUL or the host can't open the file.
    #[must_use]
    pub fn open(path: &[u8]) -> Option<Self> {
        let (&0, text) = path.split_last()? else {
            return None;
        };
        let mut block = [
            path.as_ptr() as u32,
            OPEN_FOR_READING_BINARY,
            text.len() as u32,
        ];
        // SAFETY: the block names a NUL-terminated text, its mode and its length.
        let handle = unsafe { call(OPEN, block.as_mut_ptr()) };
        u32::try_from(handle).ok().map(Self)
    }

    /// Reads up to `buffer.len()` bytes; returns how many, 0 at the end of the file.
    pub fn read(&mut self, buffer: &mut [u8]) -> usize {
        let mut block = [self.0, buffer.as_mut_ptr() as u32, buffer.len() as u32];
        // SAFETY: the block names an open handle and a buffer of that length.
        let not_read = unsafe { call(READ, block.as_mut_ptr()) };
        buffer
            .len()
            .saturating_sub(usize::try_from(not_read).unwrap_or(buffer.len()))
    }
}

/// Puts the command line into `buffer` and returns its bytes with the final NUL.
pub fn command_line(buffer: &mut [u8]) -> &[u8] {
    let mut block = [buffer.as_mut_ptr() as u32, buffer.len() as u32];
    // SAFETY: the block names a buffer and its length, which the host updates.
    let result = unsafe { call(GET_COMMAND_LINE, block.as_mut_ptr()) };
    let length = if result == 0 {
        block[1] as usize + 1
    } else {
        0
    };
    buffer.get(..length).unwrap_or(&[])
}

/// Ends the emulation; its process exits with `status`.
pub fn exit(status: u32) -> ! {
    let mut block = [APPLICATION_EXIT, status];
    loop {
        // SAFETY: the block holds reason and status; the host does not return.
        unsafe { call(EXIT_EXTENDED, block.as_mut_ptr()) };
    }
}
