// SPDX-License-Identifier: Apache-2.0
//! Records survive coding, damage is noticed, lines are readable.

use core::cell::RefCell;

use proptest::prelude::*;

use super::words::{MAGIC, check_word};
use super::*;
use crate::console::Console;

struct Text(RefCell<String>);

impl Console for Text {
    fn byte(&self, byte: u8) {
        self.0.borrow_mut().push(char::from(byte));
    }
}

fn line(record: &FaultRecord) -> String {
    let text = Text(RefCell::default());
    record.print(&text);
    text.0.into_inner()
}

fn non_secure(frame: Option<[u32; 2]>, address: Option<u32>) -> Interrupted {
    Interrupted::NonSecure {
        frame: frame.map(|[program_counter, link]| Frame {
            program_counter,
            link,
        }),
        address,
    }
}

fn interruptions() -> impl Strategy<Value = Interrupted> {
    let secure = any::<Option<u32>>();
    prop_oneof![
        secure.prop_map(|program_counter| Interrupted::Secure { program_counter }),
        any::<(Option<[u32; 2]>, Option<u32>)>()
            .prop_map(|(frame, address)| non_secure(frame, address)),
    ]
}

prop_compose! {
    fn records()(
        [count, exception, configurable_status, secure_status, hard_status] in any::<[u32; 5]>(),
        thread in any::<bool>(),
        interrupted in interruptions(),
        call in any::<Option<(i32, u32, i32)>>(),
    ) -> FaultRecord {
        FaultRecord {
            count, exception, configurable_status, secure_status, hard_status, thread, interrupted,
            call: call.map(|(client, handle, partition)| OpenCall { client, handle, partition }),
        }
    }
}

proptest! {
    #[test]
    fn a_record_survives_its_encoding(record in records()) {
        prop_assert_eq!(FaultRecord::decode(&record.encode()), Some(record));
    }

    #[test]
    fn a_changed_bit_is_noticed(record in records(), word in 0..RECORD_WORDS, bit in 0u32..32) {
        let mut words = record.encode();
        words[word] ^= 1 << bit;
        prop_assert_eq!(FaultRecord::decode(&words), None);
    }

    #[test]
    fn two_words_exchanged_are_noticed(record in records(), a in 0..RECORD_WORDS, b in 0..RECORD_WORDS) {
        let mut words = record.encode();
        prop_assume!(words[a] != words[b]);
        words.swap(a, b);
        prop_assert_eq!(FaultRecord::decode(&words), None);
    }

    #[test]
    fn any_record_makes_one_line(record in records()) {
        let line = line(&record);
        prop_assert!(line.starts_with("fault: ") && line.ends_with('\n'));
        prop_assert_eq!(line.matches('\n').count(), 1);
    }
}

#[test]
fn memory_without_a_record_holds_none() {
    for word in [0, u32::MAX, MAGIC] {
        assert_eq!(FaultRecord::decode(&[word; RECORD_WORDS]), None);
    }
}

#[test]
fn a_record_of_the_first_form_is_none() {
    let mut words = FaultRecord::default().encode();
    words[0] = u32::from_le_bytes(*b"CmFR");
    let [content @ .., check] = &mut words;
    *check = check_word(content);
    assert_eq!(FaultRecord::decode(&words), None);
}

#[test]
fn the_line_says_what_where_and_who() {
    let mut record = FaultRecord {
        exception: 7,
        secure_status: 1 << 3,
        thread: true,
        interrupted: non_secure(Some([0x8010_2d98, 1]), None),
        ..FaultRecord::default()
    };
    assert_eq!(
        line(&record),
        "fault: SecureFault AUVIOL pc 0x80102d98 lr 0x00000001 by non-secure thread\n"
    );
    record.interrupted = non_secure(None, Some(0x3800_0000));
    assert_eq!(
        line(&record),
        "fault: SecureFault AUVIOL pc unknown address 0x38000000 by non-secure thread\n"
    );
    record = FaultRecord {
        exception: 5,
        configurable_status: 1 << 9 | 1 << 15,
        interrupted: Interrupted::Secure {
            program_counter: Some(0x8010_0480),
        },
        call: Some(OpenCall {
            client: -1,
            handle: 0x4000_0100,
            partition: 259,
        }),
        ..FaultRecord::default()
    };
    assert_eq!(
        line(&record),
        "fault: BusFault PRECISERR pc 0x80100480 by secure handler \
         in call 0x40000100 of client 0xffffffff to partition 0x00000103\n"
    );
}

#[test]
fn the_first_and_the_last_cause_of_each_register_are_named() {
    let record = FaultRecord {
        exception: 3,
        hard_status: 1 << 1 | 1 << 30,
        configurable_status: 1 | 1 << 1 | 1 << 24 | 1 << 2,
        secure_status: 1 | 1 << 7 | 1 << 5,
        ..FaultRecord::default()
    };
    assert_eq!(
        line(&record),
        "fault: HardFault VECTTBL FORCED IACCVIOL DACCVIOL UNALIGNED INVEP LSERR \
         pc unknown by secure handler\n"
    );
}
