// SPDX-License-Identifier: Apache-2.0
//! Calls that break a rule: each is answered, none reaches a partition or writes anything.

use super::world::*;
use psa::{Handle, Status};
use spm::Request;

/// The call is an error of the programmer, and leaves no trace.
fn refused(world: &World, request: Request, why: &str) {
    let secure = world.memory().get(SECURE, SECURE_BYTES);
    assert_eq!(world.spm.call(request), Status::PROGRAMMER_ERROR, "{why}");
    assert_eq!(world.seen(), [], "{why}");
    assert_eq!(world.memory().get(SECURE, SECURE_BYTES), secure, "{why}");
    assert!(world.memory().most_reads() <= 1, "{why}");
}

fn bad_vectors(inputs: &[(u32, u32)], outputs: &[(u32, u32)], why: &str) {
    let world = World::new();
    world.describe(IN_ARRAY, inputs);
    world.describe(OUT_ARRAY, outputs);
    let control = control(ECHO, inputs.len(), outputs.len());
    refused(
        &world,
        Request {
            control,
            ..request()
        },
        why,
    );
}

#[test]
fn handles_that_name_no_service() {
    let world = World::new();
    let good = request().handle;
    let unknown = Handle::stateless(9, VERSION as u8).bits();
    let connected = Handle::stateless(0, VERSION as u8).bits();
    for handle in [
        0,
        1,
        good | 1 << 31,
        good & !(1 << 30),
        unknown,
        connected,
        good | 1 << 16,
    ] {
        refused(
            &world,
            Request {
                handle,
                ..request()
            },
            "handle",
        );
    }
}

#[test]
fn control_words_with_reserved_bits_a_negative_type_or_too_many_vectors() {
    let world = World::new();
    for bit in [15, 20, 21, 22, 23, 28, 29, 30] {
        refused(
            &world,
            Request {
                control: 1 << bit,
                ..request()
            },
            "reserved bit",
        );
    }
    for in_count in 0..8 {
        for out_count in 0..8 {
            if in_count + out_count > 4 {
                let control = control(0, in_count, out_count);
                refused(
                    &world,
                    Request {
                        control,
                        ..request()
                    },
                    "counts",
                );
            }
        }
    }
    assert_eq!(world.memory().most_reads(), 0);
}

#[test]
fn arrays_of_descriptors_that_can_not_be_read() {
    for array in [
        0u32.wrapping_sub(8),
        IN_ARRAY + 1,
        IN_ARRAY + 2,
        SECURE,
        SECURE - 8,
        0x100,
    ] {
        let control = control(ECHO, 2, 0);
        let world = World::new();
        refused(
            &world,
            Request {
                control,
                in_vectors: array,
                ..request()
            },
            "input array",
        );
    }
    let world = World::new();
    let control = control(ECHO, 1, 1);
    world.describe(IN_ARRAY, &[(DATA, 4)]);
    for array in [
        0,
        ROM + 8,
        OUT_ARRAY + 3,
        SECURE,
        SECURE - 4,
        TOP_OF_MEMORY + 0xFC,
    ] {
        let world = World::new();
        world.describe(IN_ARRAY, &[(DATA, 4)]);
        refused(
            &world,
            Request {
                control,
                out_vectors: array,
                ..request()
            },
            "output array",
        );
    }
}

#[test]
fn arrays_at_the_very_end_of_memory_are_good() {
    let world = World::new();
    world.describe(SECURE - 8, &[(DATA, 4)]);
    world.describe(TOP_OF_MEMORY + 0xF8, &[(DATA + 4, 4)]);
    let status = world.spm.call(Request {
        control: control(ECHO, 1, 1),
        in_vectors: SECURE - 8,
        out_vectors: TOP_OF_MEMORY + 0xF8,
        ..request()
    });
    assert_eq!(status, Status::SUCCESS);
}

#[test]
fn null_with_a_length() {
    // Address zero is memory in this world, but not memory that can be written.
    bad_vectors(&[], &[(0, 1)], "null output");
    bad_vectors(&[(0, 0x101)], &[], "input beyond the memory at zero");
    bad_vectors(&[(0x100, 1)], &[], "no memory");
}

#[test]
fn vectors_that_wrap_around() {
    bad_vectors(
        &[(TOP_OF_MEMORY, 0x101)],
        &[],
        "input wraps to zero, where memory is readable",
    );
    bad_vectors(&[(u32::MAX, 2)], &[], "input wraps to zero");
    bad_vectors(&[(DATA, u32::MAX)], &[], "input of all the address space");
    bad_vectors(&[], &[(TOP_OF_MEMORY + 0xFF, 2)], "output wraps");
    bad_vectors(
        &[],
        &[(DATA, 0u32.wrapping_sub(DATA) + 4)],
        "output wraps to its own page",
    );
}

#[test]
fn vectors_in_secure_memory_or_reaching_into_it() {
    for base in [
        SECURE,
        SECURE + 1,
        SECURE + SECURE_BYTES - 1,
        SECURE - 1,
        SECURE - 63,
    ] {
        bad_vectors(&[(base, 64)], &[], "input");
        bad_vectors(&[], &[(base, 64)], "output");
        bad_vectors(&[(DATA, 4), (base, 64)], &[(DATA + 4, 4)], "second input");
        bad_vectors(&[(DATA, 4)], &[(DATA + 4, 4), (base, 64)], "second output");
    }
    bad_vectors(
        &[(RAM, RAM_BYTES + SECURE_BYTES + 4)],
        &[],
        "around secure memory",
    );
}

#[test]
fn outputs_in_read_only_memory() {
    bad_vectors(&[], &[(ROM + 8, 4)], "read only");
    let world = World::new();
    assert_eq!(world.call(ECHO, &[(ROM + 8, 4)], &[]), Status::SUCCESS);
}

#[test]
fn outputs_over_the_array_that_gets_their_lengths() {
    bad_vectors(&[], &[(OUT_ARRAY + 4, 4)], "output over its own length");
    bad_vectors(
        &[],
        &[(DATA, 4), (OUT_ARRAY + 4, 4)],
        "output over another one's length",
    );
    bad_vectors(
        &[],
        &[(OUT_ARRAY - 1, 2), (DATA, 4)],
        "output over the start of the array",
    );
    bad_vectors(
        &[],
        &[(DATA, 4), (OUT_ARRAY + 15, 2)],
        "output over the end of the array",
    );
    bad_vectors(
        &[],
        &[(OUT_ARRAY - 1, 18), (DATA, 4)],
        "output around the array",
    );
    let world = World::new();
    let beside = [(OUT_ARRAY - 4, 4), (OUT_ARRAY + 16, 4)];
    assert_eq!(world.call(ECHO, &[], &beside), Status::SUCCESS);
}

#[test]
fn one_bad_vector_spoils_the_call_and_no_length_comes_back() {
    let world = World::new();
    world.describe(OUT_ARRAY, &[(DATA, 8), (SECURE, 8)]);
    let control = control(FAIL, 0, 2);
    let before = world.memory().get(DATA, 8);
    refused(
        &world,
        Request {
            control,
            ..request()
        },
        "second output",
    );
    assert_eq!(world.memory().get(DATA, 8), before);
    let read_only_change = 8u32 ^ 0xA5A5_A5A5;
    assert_eq!(
        world.length(OUT_ARRAY, 0),
        read_only_change,
        "read once, never written"
    );
}
