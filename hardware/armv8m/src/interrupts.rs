// SPDX-License-Identifier: Apache-2.0
//! Which world each external interrupt belongs to (NVIC_ITNS).

use crate::mmio::Register;

// SAFETY: NVIC registers of every Armv8-M core (DDI 0553, D1.2).
const CONTROLLER_TYPE: Register = unsafe { Register::new(0xE000_E004) };
// SAFETY: as above; the sixteen target registers follow one another.
const TARGET_NON_SECURE: Register = unsafe { Register::new(0xE000_E380) };
const WORDS_MAX: u32 = 16;

/// Gives every external interrupt to the non-secure world but those numbered in `secure`.
pub fn assign_to_non_secure_except(secure: &[u32]) {
    let words = (CONTROLLER_TYPE.read() & 0xf) + 1;
    for word in 0..words.min(WORDS_MAX) {
        let kept = secure
            .iter()
            .filter(|&&interrupt| interrupt / 32 == word)
            .fold(0, |bits, &interrupt| bits | 1 << (interrupt % 32));
        // SAFETY: `word` is below the number of words that the controller says it has.
        unsafe { TARGET_NON_SECURE.at(word as usize) }.write(!kept);
    }
}
