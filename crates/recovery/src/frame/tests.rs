// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::host::fuzz::{messages, packet};
use proptest::prelude::*;

/// A request to echo "hello", and its packet, as another implementation writes it.
const ECHO: &[u8] = b"\x0a\0\0\x09\0\0\x07\0\xa1\x61d\x65hello";
const ECHO_PACKET: &[u8] = b"\x06\x09ABMKAAAJAAAHAKFhZGVoZWxsb4vC\n";

#[test]
fn a_packet_is_that_of_others() {
    assert_eq!(packet(ECHO), ECHO_PACKET);
    assert_eq!(messages(ECHO_PACKET), [ECHO]);
}

#[test]
fn lines_may_be_as_short_as_a_group() {
    let lines =
        b"\x06\x09AA9I\n\x04\x14ZWxs\n\x04\x14bywg\n\x04\x14d29y\n\x04\x14bGQh\n\x04\x14et4=\n";
    assert_eq!(messages(lines), [b"Hello, world!"]);
    let with_returns: Vec<u8> = lines
        .iter()
        .flat_map(|byte| {
            if *byte == b'\n' {
                vec![b'\r', b'\n']
            } else {
                vec![*byte]
            }
        })
        .collect();
    assert_eq!(messages(&with_returns), [b"Hello, world!"]);
    // Each line may have a padding of its own.
    assert_eq!(
        messages(b"\x06\x09AA8=\n\x04\x14SGVsbG8sIHdvcmxkIXre\n"),
        [b"Hello, world!"]
    );
}

#[test]
fn long_packets_are_cut_into_lines_that_others_take() {
    for size in [0, 1, 88, 89, 90, 91, 500, MESSAGE_BYTES] {
        let message: Vec<u8> = (0..size).map(|place| place as u8).collect();
        let packet = packet(&message);
        let lines: Vec<&[u8]> = packet.split_inclusive(|byte| *byte == b'\n').collect();
        assert!(
            lines
                .iter()
                .all(|line| line.len() <= 127 && line.ends_with(b"\n"))
        );
        assert!(lines[0].starts_with(&FIRST));
        assert!(lines[1..].iter().all(|line| line.starts_with(&NEXT)));
        assert_eq!(messages(&packet), [message]);
    }
    assert!(messages(&packet(&[0; MESSAGE_BYTES + 1])).is_empty());
}

#[test]
fn texts_between_the_lines_are_passed_over() {
    let long = packet(&[7; 300]);
    let mut mixed = b"boot: refused image: wrong magic\n".to_vec();
    for line in long.split_inclusive(|byte| *byte == b'\n') {
        mixed.extend(line);
        mixed.extend(b"a text\n\n");
    }
    assert_eq!(messages(&mixed), [[7; 300]]);
}

#[test]
fn what_is_damaged_is_dropped_and_the_next_packet_comes() {
    let whole = packet(&[7; 300]);
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        let taken = messages(&[&damaged[..], ECHO_PACKET].concat());
        assert_eq!(taken, [ECHO], "{place}");
    }
    for kept in 0..whole.len() {
        let taken = messages(&[&whole[..kept], ECHO_PACKET].concat());
        assert_eq!(taken, [ECHO], "{kept}");
    }
}

#[test]
fn a_wrong_length_is_not_believed() {
    // The whole is right but for its length, which says one byte less, one more, and the most.
    for (packet, count) in [
        (&b"\x06\x09AA9IZWxsbywgd29ybGQhet4=\n"[..], 1),
        (b"\x06\x09AA5IZWxsbywgd29ybGQhet4=\n", 0),
        (b"\x06\x09ABBIZWxsbywgd29ybGQhet4=\n", 0),
        (b"\x06\x09//9IZWxsbywgd29ybGQhet4=\n", 0),
        (b"\x06\x09AAA=\n", 0),
        (b"\x06\x09AAE=\n", 0),
        (b"\x06\x09\n", 0),
    ] {
        assert_eq!(messages(packet).len(), count, "{packet:?}");
        assert_eq!(messages(&[packet, ECHO_PACKET].concat()).len(), count + 1);
    }
}

#[test]
fn a_packet_without_end_is_dropped() {
    let mut endless = b"\x06\x09".to_vec();
    endless.extend([b'A'; 3000]);
    endless.push(b'\n');
    assert!(messages(&endless).is_empty());
    assert_eq!(messages(&[&endless, ECHO_PACKET].concat()), [ECHO]);
    // The same over many lines.
    let endless = b"\x04\x14AAAA\n".repeat(2000);
    assert_eq!(
        messages(&[b"\x06\x09AAAA\n", &endless[..], ECHO_PACKET].concat()),
        [ECHO]
    );
}

proptest! {
    #[test]
    fn every_message_arrives(message in prop::collection::vec(any::<u8>(), 0..=MESSAGE_BYTES)) {
        prop_assert_eq!(messages(&packet(&message)), [message]);
    }

    #[test]
    fn nothing_makes_the_receiver_deaf(noise in prop::collection::vec(any::<u8>(), 0..2000)) {
        let taken = messages(&[&noise, ECHO_PACKET].concat());
        prop_assert_eq!(taken.last().map(Vec::as_slice), Some(ECHO));
    }
}
