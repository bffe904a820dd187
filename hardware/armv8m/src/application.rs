// SPDX-License-Identifier: Apache-2.0
//! Vector table of a non-secure application: reset, SysTick and one handler for the rest.
//!
//! The runtime of the board gives `application_exception`; an application that wants the
//! SysTick interrupt gives `application_systick` (the linker script falls back to the former).

use crate::start::{Vector, reset};

unsafe extern "C" {
    fn __main_stack_idle();
    fn application_exception();
    fn application_systick();
}

/// System exceptions and external interrupts of the table.
const VECTORS: usize = 16 + 64;
const SYSTICK: usize = 15;

#[unsafe(no_mangle)]
#[unsafe(link_section = ".non_secure_vectors")]
static NON_SECURE_VECTORS: [Vector; VECTORS] = {
    let mut vectors = [const {
        Vector {
            handler: application_exception,
        }
    }; VECTORS];
    vectors[0] = Vector {
        handler: __main_stack_idle,
    };
    vectors[1] = Vector { handler: reset };
    vectors[SYSTICK] = Vector {
        handler: application_systick,
    };
    vectors
};
