// SPDX-License-Identifier: Apache-2.0
use super::*;

#[test]
fn the_crypto_handle_is_the_known_one() {
    assert_eq!(Handle::stateless(1, 1).bits(), 0x4000_0100);
    assert_eq!(Handle::stateless(3, 1).bits(), 0x4000_0102);
}

#[test]
fn a_stray_bit_makes_a_handle_invalid() {
    let good = Handle::stateless(1, 1).bits();
    for bit in 16..32 {
        assert_eq!(
            Handle::from_bits(good ^ 1 << bit).decode_stateless(),
            None,
            "bit {bit}"
        );
    }
    assert_eq!(Handle::NULL.decode_stateless(), None);
    assert_eq!(Handle::from_bits(u32::MAX).decode_stateless(), None);
}

#[test]
fn stateless_handles_round_trip() {
    for stateless_handle in 1..=32 {
        for version in [0, 1, 255] {
            let decoded = Handle::stateless(stateless_handle, version).decode_stateless();
            assert_eq!(
                decoded,
                Some(StatelessHandle {
                    index: stateless_handle - 1,
                    version
                })
            );
        }
    }
}

#[test]
fn connection_handles_round_trip_and_are_no_stateless_ones() {
    for index in [0, 1, 255] {
        for generation in [1, 2, ConnectionHandle::MAX_GENERATION] {
            let connection = ConnectionHandle { index, generation };
            let handle = Handle::connection(connection);
            assert_eq!(handle.decode_connection(), Some(connection));
            assert_eq!(handle.decode_stateless(), None);
            assert!(handle.bits() as i32 > 0, "an error or null");
        }
    }
    for bits in [0, 1, 255, 1 << 30, 1 << 31, u32::MAX, 0x4000_0100] {
        assert_eq!(Handle::from_bits(bits).decode_connection(), None);
    }
}

#[test]
fn every_control_word_decodes_by_the_rules_or_not_at_all() {
    for in_count in 0..8usize {
        for out_count in 0..8usize {
            let word = (in_count << 24 | out_count << 16 | 0x1234) as u32;
            let decoded = ControlParameter::decode(word);
            assert_eq!(decoded.is_some(), in_count + out_count <= MAX_VECTORS);
            if let Some(control) = decoded {
                assert_eq!(control.in_count(), in_count);
                assert_eq!(control.out_count(), out_count);
                assert_eq!(control.message_type(), 0x1234);
                assert_eq!(control.encode(), word);
            }
        }
    }
}

#[test]
fn reserved_bits_and_negative_types_are_refused() {
    for bit in [15, 20, 21, 22, 23, 28, 29, 30] {
        assert_eq!(ControlParameter::decode(1 << bit), None, "bit {bit}");
    }
    assert_eq!(ControlParameter::new(-1, 0, 0), None);
}

#[test]
fn counts_that_overflow_a_sum_are_refused() {
    assert_eq!(ControlParameter::new(0, usize::MAX, 1), None);
    assert_eq!(ControlParameter::new(0, 1, usize::MAX), None);
    assert_eq!(ControlParameter::new(0, 3, 2), None);
}

#[test]
fn what_a_caller_says_about_its_world_has_no_effect() {
    let plain = ControlParameter::decode(0x0101_0000);
    assert!(plain.is_some());
    for bit in [19, 27, 31] {
        assert_eq!(
            ControlParameter::decode(0x0101_0000 | 1 << bit),
            plain,
            "bit {bit}"
        );
    }
}

#[test]
fn the_sign_tells_the_world() {
    assert!(ClientId::NON_SECURE.is_non_secure());
    assert!(ClientId::new(i32::MIN).is_non_secure());
    assert!(!ClientId::new(259).is_non_secure());
}
