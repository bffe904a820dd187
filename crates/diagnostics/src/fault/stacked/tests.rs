// SPDX-License-Identifier: Apache-2.0
//! A fake stack with a mark in every word, and every EXC_RETURN: what comes out is the program
//! counter that the processor put there, or nothing.

use super::*;

const CODE: Range<u32> = 0x8010_0400..0x8010_6000;
const COUNTER: u32 = 0x8010_2d98;
/// In each word of the stack that is no part of a frame, and in each register: it would pass for
/// an address of code, so only its place keeps it from being taken for one.
const SECRET: u32 = 0x8010_5ec2;
const THREAD_STATUS: u32 = 1 << 24;
const HANDLER_STATUS: u32 = 1 << 24 | 15;
const COUNTER_OFFSET: usize = 6;

/// What the processor stacks for this EXC_RETURN, and above it what secure code had there.
fn stacked(exception_return: u32) -> Vec<u32> {
    let bit = |mask: u32| exception_return & mask != 0;
    let mut stack = Vec::new();
    if !bit(TO_SECURE) || !bit(DEFAULT_STACKING) {
        stack.push(if bit(1 << 4) {
            0xFEFA_125B
        } else {
            0xFEFA_125A
        });
        stack.extend([SECRET; ADDITIONAL_STATE_WORDS - 1]);
    }
    let status = if bit(THREAD) {
        THREAD_STATUS
    } else {
        HANDLER_STATUS
    };
    stack.extend([SECRET; COUNTER_OFFSET]);
    stack.extend([COUNTER, status]);
    stack.extend([SECRET; 32]);
    stack
}

/// All that the bits of EXC_RETURN allow.
fn exception_returns() -> impl Iterator<Item = u32> {
    (0..0x80).map(|bits| 0xFFFF_FF80 | bits)
}

fn found(exception_return: u32, stack: &[u32]) -> Option<u32> {
    ExceptionReturn(exception_return).program_counter(stack, 0, CODE)
}

#[test]
fn the_program_counter_is_found_behind_every_exception_return() {
    for exception_return in exception_returns() {
        let stack = stacked(exception_return);
        assert_eq!(
            found(exception_return, &stack),
            Some(COUNTER),
            "{exception_return:#x}"
        );
    }
}

/// The processor stacked what one EXC_RETURN says, and the handler finds another.
#[test]
fn no_forged_exception_return_tells_another_word() {
    for stacked_by in exception_returns() {
        let stack = stacked(stacked_by);
        for exception_return in exception_returns() {
            let counter = found(exception_return, &stack);
            assert!(
                matches!(counter, None | Some(COUNTER)),
                "{stacked_by:#x} {exception_return:#x}: {counter:x?}"
            );
        }
    }
}

#[test]
fn a_broken_signature_is_no_frame() {
    for exception_return in exception_returns() {
        let mut stack = stacked(exception_return);
        if stack[0] == SECRET {
            continue;
        }
        for bit in 0..u32::BITS {
            stack[0] ^= 1 << bit;
            assert_eq!(found(exception_return, &stack), None, "{bit}");
            stack[0] ^= 1 << bit;
        }
    }
}

#[test]
fn nothing_is_found_where_stacking_failed() {
    let stack = stacked(0xFFFF_FFDD);
    for bit in [4, 12, 20] {
        let counter = ExceptionReturn(0xFFFF_FFDD).program_counter(&stack, 1 << bit, CODE);
        assert_eq!(counter, None, "{bit}");
    }
}

#[test]
fn a_frame_must_lie_whole_below_the_top() {
    for exception_return in exception_returns() {
        let stack = stacked(exception_return);
        let end = stack.iter().rposition(|word| *word == COUNTER).unwrap() + 2;
        assert_eq!(found(exception_return, &stack[..end]), Some(COUNTER));
        for words in 0..end {
            assert_eq!(found(exception_return, &stack[..words]), None, "{words}");
        }
    }
}

#[test]
fn only_an_address_of_an_instruction_is_told() {
    for counter in [
        0,
        COUNTER | 1,
        CODE.start - 2,
        CODE.end,
        0x3800_0a84,
        u32::MAX,
    ] {
        let mut stack = stacked(0xFFFF_FFFD);
        stack[COUNTER_OFFSET] = counter;
        assert_eq!(found(0xFFFF_FFFD, &stack), None, "{counter:#x}");
    }
}

#[test]
fn the_stacked_mode_must_be_that_of_the_exception_return() {
    for (exception_return, status) in [(0xFFFF_FFFD, HANDLER_STATUS), (0xFFFF_FFF1, THREAD_STATUS)]
    {
        let mut stack = stacked(exception_return);
        stack[COUNTER_OFFSET + 1] = status;
        assert_eq!(found(exception_return, &stack), None);
    }
}

#[test]
fn bits_say_whose_code_was_interrupted_and_on_which_stack() {
    let of = |word| {
        let exception_return = ExceptionReturn(word);
        (
            exception_return.is_of_secure_code(),
            exception_return.is_of_thread(),
            exception_return.is_on_process_stack(),
        )
    };
    assert_eq!(of(0xFFFF_FFFD), (true, true, true));
    assert_eq!(of(0xFFFF_FFF9), (true, true, false));
    assert_eq!(of(0xFFFF_FFF5), (true, false, false));
    assert_eq!(of(0xFFFF_FFBC), (false, true, true));
}
