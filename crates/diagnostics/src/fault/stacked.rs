// SPDX-License-Identifier: Apache-2.0
//! Finds the program counter of secure code in the frame that an exception stacked.
//!
//! The non-secure world can choose the moment of the exception, and some bits of EXC_RETURN: a
//! refused exception return enters the fault with the bits that it was given. So only words with the
//! marks of a frame are read as a frame, and the result is an address of code or nothing. Clauses are
//! those of the Armv8-M Architecture Reference Manual (DDI 0553), B3.

use core::ops::Range;

/// Causes that say that an exception could not put a whole frame on a stack, in the configurable
/// fault status register: MSTKERR, STKERR, STKOF.
pub const STACKING_FAILED: u32 = 1 << 4 | 1 << 12 | 1 << 20;

/// ES: the exception was taken to the secure state.
const TO_SECURE: u32 = 1 << 0;
/// SPSEL: a thread was on the process stack.
const PROCESS_STACK: u32 = 1 << 2;
/// Mode: a thread was interrupted.
const THREAD: u32 = 1 << 3;
/// FType: 1 for a frame without floating point.
const BASIC_FRAME_SHIFT: u32 = 4;
/// DCRS: 1 if only those exceptions have stacked R4 to R11 that always do.
const DEFAULT_STACKING: u32 = 1 << 5;
/// S: the registers are on a secure stack.
const SECURE_STACK: u32 = 1 << 6;

/// The integrity signature of a frame with floating point; without, its last bit is set.
const INTEGRITY_SIGNATURE: u32 = 0xFEFA_125A;
/// The signature, a reserved word, R4 to R11.
const ADDITIONAL_STATE_WORDS: usize = 10;
/// IPSR in a stacked xPSR.
const EXCEPTION_NUMBER: u32 = 0x1FF;

/// EXC_RETURN, as a handler of the secure world found it in LR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionReturn(pub u32);

impl ExceptionReturn {
    /// Whether secure code was interrupted.
    #[must_use]
    pub const fn is_of_secure_code(self) -> bool {
        self.0 & SECURE_STACK != 0
    }

    /// Whether a thread was interrupted, and no handler.
    #[must_use]
    pub const fn is_of_thread(self) -> bool {
        self.0 & THREAD != 0
    }

    /// Whether the secure process stack has the frame: only threads use it.
    #[must_use]
    pub const fn is_on_process_stack(self) -> bool {
        self.0 & PROCESS_STACK != 0 && self.is_of_thread()
    }

    /// Whether the additional state context lies below the frame: a non-secure exception has come
    /// first, and the secure one from behind it.
    const fn has_additional_state(self) -> bool {
        self.0 & TO_SECURE == 0 || self.0 & DEFAULT_STACKING == 0
    }

    /// Where secure code was interrupted: `stack` holds the words from the stack pointer up to the
    /// top, `status` is the configurable fault status of the secure state, `code` the addresses of
    /// the image's instructions.
    ///
    /// Nothing where there can be no frame, or where its signature, mode or program counter is not
    /// that of one.
    #[must_use]
    pub fn program_counter(self, stack: &[u32], status: u32, code: Range<u32>) -> Option<u32> {
        if status & STACKING_FAILED != 0 {
            return None;
        }
        // 0 or 1 for a signature.
        let difference = stack.first()? ^ INTEGRITY_SIGNATURE;
        let frame = match (self.has_additional_state(), difference) {
            (true, _) if difference == self.0 >> BASIC_FRAME_SHIFT & 1 => {
                stack.get(ADDITIONAL_STATE_WORDS..)?
            }
            (false, 2..) => stack,
            _ => return None, // a false signature, or one that EXC_RETURN conceals
        };
        // R0 to R3, R12, LR, the return address, xPSR.
        let &[_, _, _, _, _, _, counter, program_status] = frame.first_chunk()?;
        let is_frame = code.contains(&counter)
            && counter.is_multiple_of(2)
            && (program_status & EXCEPTION_NUMBER == 0) == self.is_of_thread();
        is_frame.then_some(counter)
    }
}

#[cfg(test)]
mod tests;
