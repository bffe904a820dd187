// SPDX-License-Identifier: Apache-2.0
//! What a client gets for each command, and for what is none.

use proptest::prelude::*;
use recovery::host::fake::SlotFlash;
use recovery::host::fuzz::{fuzz, message, messages, packet, talk};
use recovery::{MESSAGE_BYTES, Next};

const READ: u8 = 0;
const WRITE: u8 = 2;
const ECHO: (u16, u8) = (0, 0);
const RESET: (u16, u8) = (0, 5);
const PARAMETERS: (u16, u8) = (0, 6);
const IMAGES: (u16, u8) = (1, 0);
const UPLOAD: (u16, u8) = (1, 1);

const INVALID: &[u8] = b"\xA1\x62rc\x03";
const TOO_LONG: &[u8] = b"\xA1\x62rc\x07";
const NOT_SUPPORTED: &[u8] = b"\xA1\x62rc\x08";

fn flash() -> SlotFlash {
    SlotFlash::new(4, 512, 4)
}

/// The payload of the one answer to a request, whose header is checked.
fn ask(operation: u8, command: (u16, u8), payload: &[u8]) -> Vec<u8> {
    let request = message(operation, command, payload);
    let (answers, _) = talk(&mut flash(), &packet(&request));
    let [answer] = &answers[..] else {
        panic!("{} answers", answers.len());
    };
    let (_, payload) = answer.split_at(8);
    assert_eq!(*answer, message(operation + 1, command, payload));
    payload.to_vec()
}

#[test]
fn an_echo_comes_back() {
    assert_eq!(
        ask(WRITE, ECHO, b"\xA1\x61d\x65hello"),
        b"\xA1\x61r\x65hello"
    );
    assert_eq!(ask(READ, ECHO, b"\xA1\x61d\x60"), b"\xA1\x61r\x60");
    assert_eq!(ask(WRITE, ECHO, b"\xA0"), INVALID);
    assert_eq!(ask(WRITE, ECHO, b"\xA1\x61d\x01"), INVALID);
    assert_eq!(ask(WRITE, ECHO, b"\xA1\x61d\x65hell"), INVALID);
    let long = [b"\xA1\x61d\x78\xC8", &[b'x'; 200][..]].concat();
    assert_eq!(ask(WRITE, ECHO, &long)[5..], [b'x'; 200]);
    let longer = [b"\xA1\x61d\x79\x01\x2C", &[b'x'; 300][..]].concat();
    assert_eq!(ask(WRITE, ECHO, &longer), TOO_LONG);
}

#[test]
fn the_parameters_are_those_that_hold() {
    let expected = b"\xA2\x68buf_size\x19\x04\x00\x69buf_count\x01";
    assert_eq!(ask(READ, PARAMETERS, b"\xA0"), expected);
    assert_eq!(MESSAGE_BYTES, 0x400);
    let text_bytes = MESSAGE_BYTES - 8 - 6;
    let largest = [
        b"\xA1\x61e\x59",
        &(text_bytes as u16).to_be_bytes()[..],
        &vec![b'x'; text_bytes],
    ];
    assert_eq!(
        ask(WRITE, ECHO, &largest.concat()),
        INVALID,
        "it arrives, and has no text `d`"
    );
}

#[test]
fn a_reset_follows_its_answer() {
    let request = packet(&message(WRITE, RESET, b"\xA0"));
    let (answers, next) = talk(&mut flash(), &request);
    assert_eq!(answers, [message(WRITE + 1, RESET, b"\xA0")]);
    assert_eq!(next, Next::Reset);
    let (_, next) = talk(&mut flash(), &packet(&message(READ, RESET, b"\xA0")));
    assert_eq!(next, Next::Serve);
}

#[test]
fn slots_without_an_image_are_not_listed() {
    assert_eq!(ask(READ, IMAGES, b"\xA0"), b"\xA1\x66images\x80");
}

#[test]
fn an_upload_is_answered_with_its_offset() {
    let first = b"\xA3\x63len\x18\x20\x63off\x00\x64data\x44abcd";
    assert_eq!(ask(WRITE, UPLOAD, first), b"\xA2\x62rc\x00\x63off\x04");
    assert_eq!(ask(WRITE, UPLOAD, b"\xA0"), INVALID);
}

#[test]
fn other_commands_are_not_supported() {
    for group in [0u16, 1, 2, 8, 64, 0xFFFF] {
        for id in 0..=u8::MAX {
            for operation in [READ, WRITE] {
                let is_known = match (group, id) {
                    ECHO => true,
                    RESET | UPLOAD => operation == WRITE,
                    PARAMETERS | IMAGES => operation == READ,
                    _ => false,
                };
                if !is_known {
                    assert_eq!(ask(operation, (group, id), b"\xA0"), NOT_SUPPORTED);
                }
            }
        }
    }
}

#[test]
fn a_length_that_is_not_that_of_the_message_is_invalid() {
    for change in [-1i8, 1, 100] {
        let mut request = message(WRITE, ECHO, b"\xA1\x61d\x65hello");
        request[3] = request[3].wrapping_add_signed(change);
        let (answers, _) = talk(&mut flash(), &packet(&request));
        assert_eq!(answers, [message(WRITE + 1, ECHO, INVALID)]);
    }
}

#[test]
fn a_message_that_is_no_request_is_not_answered() {
    for bytes in 0..8 {
        let (answers, _) = talk(&mut flash(), &packet(&vec![0; bytes]));
        assert!(answers.is_empty());
    }
    // Its own answers, from a line that sends everything back.
    for operation in [1, 3, 4, 5, 6, 7] {
        let answer = packet(&message(operation, ECHO, b"\xA1\x61d\x65hello"));
        assert!(talk(&mut flash(), &answer).0.is_empty());
    }
}

#[test]
fn later_versions_of_the_protocol_are_answered_in_the_first() {
    let version_2 = 1 << 3;
    let request = packet(&message(version_2 | WRITE, ECHO, b"\xA1\x61d\x65hello"));
    let (answers, _) = talk(&mut flash(), &request);
    assert_eq!(answers, [message(WRITE + 1, ECHO, b"\xA1\x61r\x65hello")]);
}

#[test]
fn an_upload_over_the_line_is_what_is_in_the_slot() {
    let image: Vec<u8> = (0..1500u32).map(|place| (place * 11) as u8).collect();
    let mut flash = flash();
    let mut line = Vec::new();
    for (index, piece) in image.chunks(500).enumerate() {
        let [high, low] = (500 * index as u16).to_be_bytes();
        let head = if index == 0 {
            &b"\xA3\x63len\x19\x05\xDC"[..]
        } else {
            b"\xA2"
        };
        let offset = [0x19, high, low];
        let payload = [head, b"\x63off", &offset, b"\x64data\x59\x01\xF4", piece].concat();
        line.extend(packet(&message(WRITE, UPLOAD, &payload)));
    }
    let (answers, _) = talk(&mut flash, &line);
    let last = b"\xA2\x62rc\x00\x63off\x19\x05\xDC";
    assert_eq!(answers.last(), Some(&message(WRITE + 1, UPLOAD, last)));
    assert_eq!(flash.primary()[..1500], image);
}

/// A generator of pseudo-random numbers (xorshift), so that a failure repeats.
struct Generator(u64);

impl Generator {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.below(256) as u8).collect()
    }

    /// Something that looks like the map of an upload.
    fn map(&mut self) -> Vec<u8> {
        let mut map = vec![if self.below(4) == 0 {
            0xBF
        } else {
            0xA0 + self.below(5) as u8
        }];
        for key in [&b"\x63off"[..], b"\x63len", b"\x64data", b"\x61d"] {
            if self.below(8) == 0 {
                continue;
            }
            map.extend(key);
            let count = self.below(60);
            match self.below(6) {
                0 => map.push(self.below(256) as u8),
                1 => map.extend([0x18, self.below(256) as u8]),
                2 => map.extend([0x19, self.below(8) as u8, self.below(256) as u8]),
                3 => map.extend(self.bytes(3)),
                _ => {
                    map.extend([0x58, count as u8]);
                    map.extend(self.bytes(count));
                }
            }
        }
        if self.below(2) == 0 {
            map.push(0xFF);
        }
        map
    }
}

/// What the fuzzer of `fuzz/` does, on stable Rust: random bytes, packets with some of their bytes
/// changed, and maps that are nearly right. `CASEMATE_FUZZ_CALLS` sets another number of inputs,
/// `CASEMATE_FUZZ_SEED` other ones.
#[test]
fn fuzzing() {
    let number = |name, otherwise| {
        let text = std::env::var(name).ok();
        text.map_or(otherwise, |text| text.parse().expect(name))
    };
    let inputs = number("CASEMATE_FUZZ_CALLS", 2_000);
    let mut generator = Generator(number("CASEMATE_FUZZ_SEED", 0x5EED) | 1);
    for _ in 0..inputs {
        let units = generator.below(4) as u8 * 2;
        let mut data = vec![units];
        match generator.below(3) {
            0 => {
                let count = generator.below(600);
                data.extend(generator.bytes(count));
            }
            1 => {
                let map = generator.map();
                data.extend(packet(&message(WRITE, UPLOAD, &map)));
                for _ in 0..generator.below(3) {
                    let place = 1 + generator.below(data.len() - 1);
                    data[place] ^= 1 << generator.below(8);
                }
            }
            _ => {
                data[0] += 1;
                for _ in 0..generator.below(12) {
                    let map = generator.map();
                    let about = if generator.below(2) == 0 {
                        0x19
                    } else {
                        generator.below(32)
                    };
                    data.extend([map.len() as u8, about as u8]);
                    data.extend(map);
                }
            }
        }
        fuzz(&data);
    }
}

proptest! {
    #[test]
    fn every_request_has_one_answer(
        write: bool,
        group in 0u16..3,
        id in 0u8..8,
        payload in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let operation = if write { WRITE } else { READ };
        let request = packet(&message(operation, (group, id), &payload));
        let (answers, _) = talk(&mut flash(), &request);
        prop_assert_eq!(answers.len(), 1);
        prop_assert_eq!(messages(&packet(&answers[0])).len(), 1);
    }
}
