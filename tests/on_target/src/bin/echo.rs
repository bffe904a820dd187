// SPDX-License-Identifier: Apache-2.0
//! Tests of the example partition from the non-secure world, on a device whose profile lists it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
mod application {
    use an521_nonsecure::{print_line, semihosting};
    use client::veneers::Veneers;
    use client::{Gateway, InVector, OutVector, Status, gateway, hash};
    use echo_partition::{COUNT, ECHO, SERVICE};
    use psa::crypto::Algorithm;
    use psa::service::CRYPTO;

    const TESTS: &[(&str, fn())] = &[
        ("echo::both_services_are_there", both_services_are_there),
        ("echo::it_says_what_it_hears", it_says_what_it_hears),
        (
            "echo::a_small_output_gets_nothing",
            a_small_output_gets_nothing,
        ),
        ("echo::every_call_counts", every_call_counts),
        (
            "echo::unknown_messages_are_refused",
            unknown_messages_are_refused,
        ),
        ("echo::the_other_partition_works", the_other_partition_works),
    ];

    const ROOM_BYTES: usize = 100;
    const UNTOUCHED: u8 = 0xEE;

    /// Calls the service and returns how much it wrote.
    fn call(message_type: i16, input: &[u8], output: &mut [u8]) -> Result<usize, Status> {
        let mut outputs = [OutVector::new(output)];
        let inputs = [InVector::new(input)];
        gateway::call(
            &Veneers,
            SERVICE.handle(),
            message_type,
            &inputs,
            &mut outputs,
        )?;
        Ok(outputs[0].length_bytes())
    }

    fn both_services_are_there() {
        assert_eq!(Veneers.version(SERVICE.sid), u32::from(SERVICE.version));
        assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
    }

    fn it_says_what_it_hears() {
        let input: [u8; ROOM_BYTES] = core::array::from_fn(|index| index as u8);
        for length in [0, 1, 15, 16, 17, 32, ROOM_BYTES] {
            let mut output = [UNTOUCHED; ROOM_BYTES];
            assert_eq!(call(ECHO, &input[..length], &mut output), Ok(length));
            let (written, rest) = output.split_at(length);
            assert_eq!(written, &input[..length]);
            assert!(rest.iter().all(|byte| *byte == UNTOUCHED));
        }
    }

    fn a_small_output_gets_nothing() {
        let mut output = [UNTOUCHED; 16];
        assert_eq!(
            call(ECHO, &[1; 17], &mut output),
            Err(Status::BUFFER_TOO_SMALL)
        );
        assert_eq!(output, [UNTOUCHED; 16]);
        assert_eq!(
            call(COUNT, &[], &mut output[..3]),
            Err(Status::BUFFER_TOO_SMALL)
        );
    }

    fn every_call_counts() {
        let count = || {
            let mut output = [0; 4];
            assert_eq!(call(COUNT, &[], &mut output), Ok(4));
            u32::from_le_bytes(output)
        };
        let before = count();
        assert_eq!(call(ECHO, &[], &mut []), Ok(0));
        assert_eq!(count(), before + 2);
    }

    fn unknown_messages_are_refused() {
        for message_type in [0, 3, i16::MAX] {
            let outcome = call(message_type, &[1], &mut [0; 4]);
            assert_eq!(outcome, Err(Status::NOT_SUPPORTED));
        }
    }

    fn the_other_partition_works() {
        let mut digest = [0; 32];
        let outcome = hash::compute(&Veneers, Algorithm::SHA_256, b"abc", &mut digest);
        assert_eq!(outcome, Ok(32));
        assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
    }

    /// A failed test panics, which ends the emulator with an error status.
    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        for (name, test) in TESTS {
            test();
            print_line!("test {name} ... ok");
        }
        semihosting::exit(0)
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
