// SPDX-License-Identifier: Apache-2.0
//! Invalid calls of a hostile or broken client: each returns an error, and none resets the device.

use client::hash;
use client::veneers::Veneers;
use psa::Status;
use psa::crypto::{Function, Pack};
use psa::service::CRYPTO;

use super::support::any_hash;
use super::support::raw_calls::{
    SECURE_ADDRESSES, Vector, address, address_mut, call, close, connect, control,
};

const PACK_BYTES: u32 = 56;
const HASH_BYTES: u32 = any_hash::BYTES as u32;

/// The pack of a valid `psa_hash_compute`.
fn pack() -> Pack {
    Pack::new(Function::HASH_COMPUTE).with_algorithm(any_hash::ALGORITHM)
}

/// `psa_hash_compute` with these input and output vectors.
fn compute(input: Vector, output: Vector) -> Status {
    let pack = pack();
    let inputs = [[address(pack.bytes()), PACK_BYTES], input];
    let mut outputs = [output];
    call(
        CRYPTO.handle().bits(),
        control(0, 2, 1),
        address(&inputs),
        address_mut(&mut outputs),
    )
}

/// A call of `handle` that is valid otherwise.
fn call_handle(handle: u32) -> Status {
    let (pack, input, mut hash) = (pack(), [0u8; 4], [0u8; any_hash::BYTES]);
    let inputs = [[address(pack.bytes()), PACK_BYTES], [address(&input), 4]];
    let mut outputs = [[address_mut(&mut hash), HASH_BYTES]];
    call(
        handle,
        control(0, 2, 1),
        address(&inputs),
        address_mut(&mut outputs),
    )
}

pub fn unknown_handles_are_refused() {
    assert_eq!(call_handle(CRYPTO.handle().bits()), Status::SUCCESS);
    for handle in [
        0,
        1,
        0x4000_0101,
        0x4000_011f,
        0x8000_0100,
        0xc000_0100,
        0x100,
        u32::MAX,
    ] {
        assert_eq!(call_handle(handle), Status::PROGRAMMER_ERROR, "{handle:#x}");
    }
}

pub fn wrong_versions_are_refused() {
    for version in [0, 2, 0xff] {
        let handle = CRYPTO.handle().bits() & !0xff00 | version << 8;
        assert_eq!(
            call_handle(handle),
            Status::PROGRAMMER_ERROR,
            "version {version}"
        );
    }
}

pub fn too_many_vectors_are_refused() {
    let vectors = [[0u32; 2]; 16];
    for inputs in 0..8 {
        for outputs in 0..8 {
            if inputs + outputs > 4 {
                let answer = call(
                    CRYPTO.handle().bits(),
                    control(0, inputs, outputs),
                    address(&vectors),
                    address(&vectors),
                );
                assert_eq!(answer, Status::PROGRAMMER_ERROR, "{inputs} and {outputs}");
            }
        }
    }
}

pub fn negative_types_are_refused() {
    let vectors = [[0u32; 2]; 4];
    for message_type in [0x8000, 0xffff] {
        let answer = call(
            CRYPTO.handle().bits(),
            control(message_type, 0, 0),
            address(&vectors),
            address(&vectors),
        );
        assert_eq!(answer, Status::PROGRAMMER_ERROR, "{message_type:#x}");
    }
}

pub fn descriptors_in_secure_memory_are_refused() {
    let handle = CRYPTO.handle().bits();
    let mut hash = [0u8; any_hash::BYTES];
    let mut good = [[address_mut(&mut hash), HASH_BYTES]; 3];
    let good_address = address_mut(&mut good);
    for &bad in SECURE_ADDRESSES
        .iter()
        .chain(&[good_address + 1, good_address + 2, u32::MAX - 3])
    {
        let as_inputs = call(handle, control(0, 2, 1), bad, good_address);
        assert_eq!(as_inputs, Status::PROGRAMMER_ERROR, "inputs at {bad:#x}");
        let as_outputs = call(handle, control(0, 2, 1), good_address, bad);
        assert_eq!(as_outputs, Status::PROGRAMMER_ERROR, "outputs at {bad:#x}");
    }
}

pub fn inputs_in_secure_memory_are_refused() {
    let mut hash = [0u8; any_hash::BYTES];
    let output = [address_mut(&mut hash), HASH_BYTES];
    for &bad in SECURE_ADDRESSES {
        assert_eq!(
            compute([bad, 4], output),
            Status::PROGRAMMER_ERROR,
            "input at {bad:#x}"
        );
        assert_eq!(
            compute([bad, 0], output),
            Status::SUCCESS,
            "nothing at {bad:#x}"
        );
    }
    // From the last non-secure byte before a secure one; over the end of the address space; a
    // device, which is no buffer.
    for bad in [
        [0x2801_0000 - 1, 4],
        [0x281f_fffe, 4],
        [0xffff_fffe, 4],
        [0x2802_0000, u32::MAX],
        [0x4020_0000, 4],
    ] {
        assert_eq!(compute(bad, output), Status::PROGRAMMER_ERROR, "{bad:x?}");
    }
    assert_eq!(compute([address(&hash), 5], output), Status::SUCCESS);
}

pub fn outputs_in_secure_memory_are_refused() {
    let input = [0u8; 4];
    let input = [address(&input), 4];
    for &bad in SECURE_ADDRESSES {
        assert_eq!(
            compute(input, [bad, HASH_BYTES]),
            Status::PROGRAMMER_ERROR,
            "output at {bad:#x}"
        );
    }
    assert_eq!(
        compute(input, [0x281f_fff0, HASH_BYTES]),
        Status::PROGRAMMER_ERROR
    );
    assert_eq!(
        compute(input, [0xffff_fff0, HASH_BYTES]),
        Status::PROGRAMMER_ERROR
    );
}

pub fn outputs_over_their_descriptors_are_refused() {
    let (pack, input) = (pack(), [0u8; 4]);
    let inputs = [[address(pack.bytes()), PACK_BYTES], [address(&input), 4]];
    let mut room = [[0u32; 2]; 20];
    let array = address_mut(&mut room[8]);
    for output in [array, array + 7, array - (HASH_BYTES - 1)] {
        room[8] = [output, HASH_BYTES];
        let answer = call(
            CRYPTO.handle().bits(),
            control(0, 2, 1),
            address(&inputs),
            array,
        );
        assert_eq!(answer, Status::PROGRAMMER_ERROR, "output at {output:#x}");
    }
}

pub fn unknown_connections_are_refused() {
    for sid in [0, 1, 0x12, u32::MAX] {
        assert_eq!(connect(sid, 1), Status::CONNECTION_REFUSED, "SID {sid:#x}");
    }
    assert_eq!(connect(CRYPTO.sid, 1), Status::PROGRAMMER_ERROR);
    for handle in [0, 1, CRYPTO.handle().bits(), u32::MAX] {
        close(handle);
    }
}

/// After bad calls a good one has its result.
pub fn the_device_still_works() {
    let mut digest = [0; any_hash::BYTES];
    let length = hash::compute(&Veneers, any_hash::ALGORITHM, b"abc", &mut digest);
    assert_eq!(length, Ok(any_hash::BYTES));
    assert_eq!(digest[..4], any_hash::ABC_BEGINS);
}
