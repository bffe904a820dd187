// SPDX-License-Identifier: Apache-2.0
use std::{vec, vec::Vec};

use super::*;
use crate::fake::{FakeMemory, Rights};

const RAM: u32 = 0x2800_0000;
const START: u32 = RAM + 40;

/// Whether a service that works so meets a byte of its input that it has written itself.
fn meets_its_own(distance: i32, rest: usize, part: usize) -> bool {
    let at = |offset: usize| (40 + offset as i32) as usize;
    let mut is_written: Vec<bool> = vec![false; 200];
    let mut done = 0;
    while part != 0 && done < rest {
        let bytes = part.min(rest - done);
        if (done..done + bytes).any(|offset| is_written[at(offset)]) {
            return true;
        }
        for offset in done..done + bytes {
            is_written[(at(offset) as i32 + distance) as usize] = true;
        }
        done += bytes;
    }
    false
}

#[test]
fn an_input_is_in_the_way_exactly_when_it_would_be_overwritten() {
    let memory = FakeMemory::new().with_region(RAM, 200, Rights::ReadWrite);
    let range = |base, length| {
        ClientRange::check(&memory, base, length, Access::Write).expect("memory of the caller")
    };
    for distance in -30..=30 {
        for (rest, done) in (0..=20).flat_map(|rest| [(rest, 0), (rest, 3)]) {
            for part in 0..=22 {
                let mut input = Vector::of(range(START - done, rest + done));
                input.advance(done as usize);
                let output = Vector::of(range(START.wrapping_add_signed(distance), 40));
                assert_eq!(
                    input.is_in_the_way_of(&output, part),
                    meets_its_own(distance, rest as usize, part),
                    "{rest} bytes, {distance} from there, {part} at a time"
                );
            }
        }
    }
}

#[test]
fn slices_are_never_in_the_way() {
    for done in [0, 5, 12] {
        let mut input = Vector::of_slice(100);
        input.advance(done);
        assert!(!input.is_in_the_way_of(&Vector::of_slice(100), 16));
    }
}
