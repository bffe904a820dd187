// SPDX-License-Identifier: Apache-2.0
//! The partition on the host, without services behind it: which cases there are, and what it answers
//! to those that the image lacks.

use psa::fake::{FakeFramework, FakeMessage};
use psa::{Partition as _, Status};
use secure_suite::{NAME, NEEDS, RUN, SERVICE, Suite, TEXT_BYTES};

type Nothing = Suite<false, false, false, false>;

fn call(message_type: i16, input: &[u8], room: usize) -> (Status, Vec<u8>) {
    let mut message = FakeMessage::new(SERVICE.sid, message_type)
        .input(input)
        .output(room);
    let mut suite: Nothing = Suite;
    let status = suite.call(&mut message, &FakeFramework::default());
    (status, message.written(0).to_vec())
}

#[test]
fn each_case_has_a_name_and_needs_that_fit_a_client() {
    let mut count = 0;
    while call(RUN, &u32::to_le_bytes(count), 4).0 != Status::DOES_NOT_EXIST {
        for request in [NAME, NEEDS] {
            let (status, text) = call(request, &u32::to_le_bytes(count), TEXT_BYTES);
            assert_eq!(status, Status::SUCCESS);
            assert!(!text.is_empty() && text.is_ascii());
        }
        count += 1;
    }
    assert!(count > 5);
}

#[test]
fn a_case_without_its_needs_is_not_there() {
    let mut index = 0;
    loop {
        match call(RUN, &u32::to_le_bytes(index), 4) {
            (Status::DOES_NOT_EXIST, _) => break,
            answer => assert_eq!(answer, (Status::NOT_SUPPORTED, Vec::new())),
        }
        index += 1;
    }
    assert!(index > 0);
}

#[test]
fn what_is_no_request_is_refused() {
    for input in [&[][..], &[0; 3], &[0; 5]] {
        assert_eq!(call(RUN, input, 4).0, Status::INVALID_ARGUMENT);
    }
    assert_eq!(call(0, &[0; 4], 4).0, Status::NOT_SUPPORTED);
    assert_eq!(call(NEEDS + 1, &[0; 4], 4).0, Status::NOT_SUPPORTED);
    assert_eq!(call(RUN, &[0xFF; 4], 4).0, Status::DOES_NOT_EXIST);
    assert_eq!(call(NAME, &[0; 4], 3).0, Status::BUFFER_TOO_SMALL);
}
