// SPDX-License-Identifier: Apache-2.0

use super::*;
use proptest::prelude::*;

type Entry<'a> = (&'a [u8], Value<'a>);

fn read(bytes: &[u8]) -> Result<Vec<Entry<'_>>, Malformed> {
    Map::read(bytes)?.collect()
}

#[test]
fn definite_and_indefinite_lengths_say_the_same() {
    let entries = b"\x63off\x19\x01\x00\x64data\x42\x07\x08\x61t\x62hi\x61y\xF5\x61n\xF4";
    let expected: Vec<Entry> = vec![
        (b"off", Value::Unsigned(256)),
        (b"data", Value::Bytes(&[7, 8])),
        (b"t", Value::Text(b"hi")),
        (b"y", Value::Bool(true)),
        (b"n", Value::Bool(false)),
    ];
    let definite = [b"\xA5", &entries[..]].concat();
    assert_eq!(read(&definite), Ok(expected.clone()));
    let indefinite = [b"\xBF", &entries[..], b"\xFF"].concat();
    assert_eq!(read(&indefinite), Ok(expected));
    assert_eq!(read(b"\xA0"), Ok(vec![]));
    assert_eq!(read(b"\xBF\xFF"), Ok(vec![]));
}

#[test]
fn values_of_other_kinds_are_passed_over() {
    let others: [&[u8]; 12] = [
        b"\x1A\xFF\xFF\xFF\xFF",                 // 2^32 - 1
        b"\x20",                                 // -1
        b"\x1B\0\0\0\x01\0\0\0\0",               // 2^32
        b"\x80",                                 // []
        b"\x83\x01\x82\x02\x03\x42ab",           // [1, [2, 3], h'6162']
        b"\xA1\x61x\xA1\x61y\x80",               // {"x": {"y": []}}
        b"\xC1\x1A\x51\x4B\x67\xB0",             // a tag
        b"\xF6",                                 // null
        b"\xF8\xFF",                             // a simple value of two bytes
        b"\xF9\x3C\0",                           // 1.0, half precision
        b"\xFA\x47\xC3\x50\0",                   // 100000.0
        b"\xFB\x3F\xF1\x99\x99\x99\x99\x99\x9A", // 1.1
    ];
    for other in others {
        let bytes = [b"\xA2\x61o", other, b"\x61n\x05"].concat();
        let expected: Vec<Entry> = vec![(b"o", Value::Other), (b"n", Value::Unsigned(5))];
        assert_eq!(read(&bytes), Ok(expected), "{other:02x?}");
    }
}

/// The number of a truth value in more bytes than one.
#[test]
fn only_one_byte_is_a_truth_value() {
    for number in [20, 21] {
        for (first, zeros) in [(0xF8, 0), (0xF9, 1), (0xFA, 3), (0xFB, 7)] {
            let bytes = [b"\xA1\x61o", &[first][..], &vec![0; zeros], &[number]].concat();
            let expected: Vec<Entry> = vec![(b"o", Value::Other)];
            assert_eq!(read(&bytes), Ok(expected), "{bytes:02x?}");
        }
    }
}

#[test]
fn what_is_deeply_nested_takes_no_stack() {
    let mut bytes = b"\xA1\x61d".to_vec();
    bytes.extend(vec![0x81; 1 << 20]);
    bytes.push(0x01);
    assert_eq!(read(&bytes), Ok(vec![(&b"d"[..], Value::Other)]));
}

#[test]
fn broken_maps_are_told_once() {
    let broken: [&[u8]; 14] = [
        b"",
        b"\x01",
        b"\x80",
        b"\xA1",
        b"\xA1\x61",
        b"\xA1\x61a",
        b"\xA1\x01\x02",                                  // a number for a key
        b"\xA1\x61a\x5F\x41b\xFF",                        // a string of indefinite length
        b"\xA1\x61a\x9F\xFF",                             // a list of indefinite length
        b"\xBF\x61a\x01",                                 // no end
        b"\xA1\x61a\xFF",                                 // an end for a value
        b"\xA1\x61a\x1C",                                 // reserved
        b"\xA1\x61a\x5B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", // a string of 2^64 - 1 bytes
        b"\xA1\x61a\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", // a map of as many entries
    ];
    for bytes in broken {
        assert_eq!(read(bytes), Err(Malformed), "{bytes:02x?}");
        if let Ok(map) = Map::read(bytes) {
            assert_eq!(map.filter(Result::is_err).count(), 1);
        }
    }
}

proptest! {
    /// Reading ends, after no more entries than there are bytes.
    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(map) = Map::read(&bytes) {
            prop_assert!(map.count() <= bytes.len());
        }
    }

    /// What is cut off is noticed.
    #[test]
    fn a_map_that_is_cut_off(keep in 0usize..30) {
        let whole = b"\xA3\x63off\x19\x01\x00\x64data\x44\x07\x08\x09\x0A\x61t\x82\x01\x62hi";
        prop_assert_eq!(read(&whole[..keep.min(whole.len())]).is_ok(), keep >= whole.len());
    }
}
