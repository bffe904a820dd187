// SPDX-License-Identifier: Apache-2.0
extern crate std;

use std::panic::catch_unwind;

use super::{super::FUNCTIONS, *};

/// A pack whose bytes count up, but for its function and the length of its nonce.
fn counting(function: Function) -> Pack {
    let mut pack = Pack::new(function);
    for (index, byte) in pack.bytes.iter_mut().enumerate() {
        if !(NONCE_LENGTH_OFFSET..STEP_OFFSET).contains(&index) {
            *byte = index as u8 + 1;
        }
    }
    pack.bytes[NONCE_LENGTH_OFFSET] = 16;
    pack
}

/// Reads a field and puts it into another pack.
fn pass_on(from: &Pack, to: Pack, field: Fields) -> Pack {
    match field {
        Fields::KEY => to.with_key_id(from.key_id()),
        Fields::ALGORITHM => to.with_algorithm(from.algorithm()),
        Fields::OPERATION => to.with_operation_handle(from.operation_handle()),
        Fields::LENGTHS => to.with_lengths(from.additional_bytes(), from.plaintext_bytes()),
        Fields::NONCE => to.with_nonce(from.nonce().unwrap()).unwrap(),
        Fields::STEP => to.with_step(from.step()),
        Fields::CAPACITY => to.with_capacity(from.capacity()),
        _ => to.with_value(from.value()),
    }
}

#[test]
fn fields_stand_where_the_c_layout_has_them() {
    for (function, fields) in FUNCTIONS {
        let source = counting(*function);
        let (mut pack, mut expected) = (Pack::new(*function), [0; PACK_BYTES]);
        expected[40..42].copy_from_slice(&function.0.to_le_bytes());
        for (field, start, length_bytes) in Pack::PLACES {
            if fields.include(field) {
                pack = pass_on(&source, pack, field);
                let place = start..start + length_bytes;
                expected[place.clone()].copy_from_slice(&source.bytes[place]);
            }
        }
        assert_eq!(pack.bytes(), &expected, "{function:?}");
    }
}

#[test]
fn a_field_that_its_function_does_not_have_is_neither_read_nor_set() {
    for (function, fields) in FUNCTIONS {
        let others = Pack::PLACES.iter().filter(|row| !fields.include(row.0));
        for (field, ..) in others {
            let full = counting(*function);
            let mut rows = FUNCTIONS.iter();
            let (other, _) = rows.find(|row| row.1.include(*field)).unwrap();
            let read = catch_unwind(|| pass_on(&full, Pack::new(*other), *field));
            let set = catch_unwind(|| pass_on(&counting(*other), full.clone(), *field));
            assert!(read.is_err() && set.is_err(), "{function:?}: {field:?}");
        }
    }
}

#[test]
fn what_was_sent_is_received() {
    let mut received = Pack::BLANK;
    assert_eq!(received.function(), Function(u16::MAX));
    *received.bytes_mut() = *counting(Function::AEAD_ENCRYPT).bytes();
    assert_eq!(received.function(), Function::AEAD_ENCRYPT);
    assert_eq!(received.key_id(), KeyId(0x0403_0201));
    assert_eq!(received.algorithm(), Algorithm(0x0807_0605));
    assert_eq!(received.nonce().map(|nonce| nonce[0]), Some(0x15));
    let lengths = counting(Function::AEAD_SET_LENGTHS);
    assert_eq!(lengths.operation_handle(), 0x0C0B_0A09);
    assert_eq!(lengths.additional_bytes(), 0x100F_0E0D);
    assert_eq!(lengths.plaintext_bytes(), 0x1413_1211);
    let number = counting(Function::KEY_DERIVATION_INPUT_INTEGER);
    assert_eq!(number.step(), 0x2C2B);
    assert_eq!(number.value(), 0x3837_3635_3433_3231);
    let capacity = counting(Function::KEY_DERIVATION_SET_CAPACITY).capacity();
    assert_eq!(capacity, 0x3433_3231);
}

#[test]
fn litter_fills_all_that_a_function_does_not_have() {
    let pack = Pack::new(Function::KEY_DERIVATION_INPUT_KEY)
        .with_key_id(KeyId(0x0403_0201))
        .with_operation_handle(0x0C0B_0A09)
        .with_step(0x2C2B);
    let mut expected = [[0xD4, 0xC3, 0xB2, 0xA1]; PACK_BYTES / 4];
    expected[0] = [1, 2, 3, 4];
    expected[2] = [9, 10, 11, 12];
    expected[10] = [5, 9, 0x2B, 0x2C];
    assert_eq!(
        pack.with_litter(0xA1B2_C3D4).bytes(),
        expected.as_flattened()
    );
}

#[test]
fn a_nonce_has_the_length_that_is_stated_or_none() {
    for length in 0..=16 {
        let pack = Pack::new(Function::AEAD_ENCRYPT)
            .with_nonce(&[7; 16][..length])
            .unwrap();
        assert_eq!(pack.nonce(), Some(&[7; 16][..length]));
    }
    assert_eq!(Pack::new(Function::AEAD_ENCRYPT).with_nonce(&[7; 17]), None);
    for length in [17, 0x100, u32::MAX] {
        let mut pack = Pack::new(Function::AEAD_ENCRYPT);
        pack.bytes_mut()[36..40].copy_from_slice(&length.to_le_bytes());
        assert_eq!(pack.nonce(), None);
    }
}
