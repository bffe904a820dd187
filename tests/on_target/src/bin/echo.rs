// SPDX-License-Identifier: Apache-2.0
//! Tests of the example partition from the non-secure world, on a device whose profile lists it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
mod application {
    use client::attestation::{get_token, get_token_size};
    use client::connection::Connection;
    use client::hash::{self, Hash};
    use client::veneers::Veneers;
    use client::{Gateway, InVector, OutVector, Status, gateway};
    use echo_partition::{
        ADD, COUNT, DIGEST, DIGEST_BYTES, ECHO, FOREIGN_KEY, SERVICE, TALLY_SID, TALLY_VERSION,
        TOKEN, TOKEN_ROOM_BYTES, foreign_key::ATTEMPTS,
    };
    use nonsecure::config::crypto::OPERATIONS_PER_CLIENT;
    use nonsecure::config::spm::{CLIENT_ID_WORD, CONNECTIONS_PER_CLIENT};
    use nonsecure::{print_line, semihosting};
    use psa::crypto::Algorithm;
    use psa::service::CRYPTO;
    use psa::{ClientId, Handle};

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
        (
            "echo::a_partition_calls_another_in_its_own_name",
            a_partition_calls_another_in_its_own_name,
        ),
        (
            "echo::a_token_is_in_the_name_of_the_partition",
            a_token_is_in_the_name_of_the_partition,
        ),
        (
            "echo::the_key_of_tokens_is_for_no_other_partition",
            the_key_of_tokens_is_for_no_other_partition,
        ),
        (
            "echo::one_client_leaves_operations_to_partitions",
            one_client_leaves_operations_to_partitions,
        ),
        (
            "echo::connections_keep_their_own_number",
            connections_keep_their_own_number,
        ),
        (
            "echo::connections_have_a_quota_and_an_end",
            connections_have_a_quota_and_an_end,
        ),
        (
            "echo::what_is_no_connection_is_refused",
            what_is_no_connection_is_refused,
        ),
        ("echo::threads_are_clients", threads_are_clients),
        (
            "echo::a_thread_without_a_negative_id_is_served_nothing",
            a_thread_without_a_negative_id_is_served_nothing,
        ),
        (
            "echo::a_thread_has_no_connection_of_another",
            a_thread_has_no_connection_of_another,
        ),
    ];

    const ROOM_BYTES: usize = 100;
    const UNTOUCHED: u8 = 0xEE;
    /// The client id of everything that is not a thread.
    const WORLD: i32 = ClientId::NON_SECURE.value();

    /// Calls the service and returns the number of bytes that it wrote.
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
        let before = count();
        assert_eq!(call(ECHO, &[], &mut []), Ok(0));
        assert_eq!(count(), before + 2);
    }

    /// Number of calls of this client.
    fn count() -> u32 {
        let mut output = [0; 4];
        assert_eq!(call(COUNT, &[], &mut output), Ok(4));
        u32::from_le_bytes(output)
    }

    fn unknown_messages_are_refused() {
        for message_type in [0, 6, i16::MAX] {
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

    fn a_partition_calls_another_in_its_own_name() {
        let input: [u8; ROOM_BYTES] = core::array::from_fn(|index| index as u8);
        for length in [0, 1, 16, 17, 64, ROOM_BYTES] {
            let mut direct = [0; DIGEST_BYTES];
            let outcome =
                hash::compute(&Veneers, Algorithm::SHA_256, &input[..length], &mut direct);
            assert_eq!(outcome, Ok(DIGEST_BYTES));
            let mut nested = [0; DIGEST_BYTES];
            let outcome = call(DIGEST, &input[..length], &mut nested);
            assert_eq!((outcome, nested), (Ok(DIGEST_BYTES), direct));
        }
        let mut short = [UNTOUCHED; DIGEST_BYTES - 1];
        let outcome = call(DIGEST, &input, &mut short);
        assert_eq!(outcome, Err(Status::BUFFER_TOO_SMALL));
        assert_eq!(short, [UNTOUCHED; DIGEST_BYTES - 1]);
    }

    /// The client id claim of RFC 9783: label 2394, then -1, for the world, or
    /// 1000, for the partition.
    const CLAIM_OF_THE_WORLD: [u8; 4] = [0x19, 0x09, 0x5A, 0x20];
    const CLAIM_OF_THE_PARTITION: [u8; 6] = [0x19, 0x09, 0x5A, 0x19, 0x03, 0xE8];

    fn holds(token: &[u8], part: &[u8]) -> bool {
        token.windows(part.len()).any(|window| window == part)
    }

    fn a_token_is_in_the_name_of_the_partition() {
        let challenge = [0x5C; DIGEST_BYTES];
        let mut room = [0; TOKEN_ROOM_BYTES];
        let own_bytes = get_token(&Veneers, &challenge, &mut room).unwrap();
        let own = &room[..own_bytes];
        assert!(holds(own, &CLAIM_OF_THE_WORLD) && holds(own, &challenge));
        assert!(!holds(own, &CLAIM_OF_THE_PARTITION));

        let mut hash = [0; DIGEST_BYTES];
        let outcome = hash::compute(&Veneers, Algorithm::SHA_256, &challenge, &mut hash);
        assert_eq!(outcome, Ok(DIGEST_BYTES));
        let mut room = [UNTOUCHED; TOKEN_ROOM_BYTES];
        let token_bytes = call(TOKEN, &challenge, &mut room).unwrap();
        let (token, rest) = room.split_at(token_bytes);
        assert!(holds(token, &CLAIM_OF_THE_PARTITION) && holds(token, &hash));
        assert!(!holds(token, &CLAIM_OF_THE_WORLD) && !holds(token, &challenge));
        assert!(rest.iter().all(|byte| *byte == UNTOUCHED));
        // It is as long as one of this client but for the number of the client.
        assert_eq!(get_token_size(&Veneers, DIGEST_BYTES), Ok(own_bytes));
        assert_eq!(token_bytes, own_bytes + 2);
    }

    fn the_key_of_tokens_is_for_no_other_partition() {
        for (place, (function, _)) in ATTEMPTS.iter().enumerate() {
            let mut told = [UNTOUCHED; 32];
            let outcome = call(FOREIGN_KEY, &[place as u8], &mut told);
            assert_eq!(outcome, Err(Status::NOT_PERMITTED), "{function:?}");
            assert_eq!(told, [0; 32], "{function:?}");
        }
        // The key is there still.
        assert!(call(TOKEN, &[], &mut [0; TOKEN_ROOM_BYTES]).is_ok());
    }

    fn one_client_leaves_operations_to_partitions() {
        let mut held: [Option<Hash<'_, Veneers>>; OPERATIONS_PER_CLIENT] =
            core::array::from_fn(|_| Hash::setup(&Veneers, Algorithm::SHA_256).ok());
        assert!(held.iter().all(Option::is_some));
        let refused = Hash::setup(&Veneers, Algorithm::SHA_256).map(|_| ());
        assert_eq!(refused, Err(Status::INSUFFICIENT_MEMORY));
        // The partition is another client of the Crypto service.
        assert_eq!(
            call(DIGEST, b"abc", &mut [0; DIGEST_BYTES]),
            Ok(DIGEST_BYTES)
        );
        held[0] = None;
        assert!(Hash::setup(&Veneers, Algorithm::SHA_256).is_ok());
    }

    fn connect() -> Result<Connection<'static, Veneers>, Status> {
        Connection::open(&Veneers, TALLY_SID, TALLY_VERSION)
    }

    /// Adds bytes on a connection and returns the sum.
    fn add(connection: &Connection<'_, Veneers>, bytes: &[u8]) -> Result<u32, Status> {
        let mut sum = [0; 4];
        let inputs = [InVector::new(bytes)];
        connection.call(ADD, &inputs, &mut [OutVector::new(&mut sum)])?;
        Ok(u32::from_le_bytes(sum))
    }

    fn connections_keep_their_own_number() {
        let (first, second) = (connect().unwrap(), connect().unwrap());
        assert_eq!(add(&first, &[1, 2, 3]), Ok(6));
        assert_eq!(add(&second, &[255; ROOM_BYTES]), Ok(25_500));
        assert_eq!(add(&first, &[]), Ok(6));
        assert_eq!(add(&first, &[4]), Ok(10));
        assert_eq!(add(&second, &[1]), Ok(25_501));
    }

    fn connections_have_a_quota_and_an_end() {
        let mut open: [_; CONNECTIONS_PER_CLIENT] = core::array::from_fn(|_| connect().ok());
        assert!(open.iter().all(Option::is_some));
        assert_eq!(connect().map(|_| ()), Err(Status::CONNECTION_BUSY));
        // The connection that takes the place of another begins anew.
        assert_eq!(add(open[0].as_ref().unwrap(), &[9]), Ok(9));
        open[0] = None;
        assert_eq!(add(&connect().unwrap(), &[1]), Ok(1));
    }

    fn what_is_no_connection_is_refused() {
        let open = |sid, version| Connection::open(&Veneers, sid, version).map(|_| ());
        let none = Err(Status::CONNECTION_REFUSED);
        assert_eq!(open(TALLY_SID, TALLY_VERSION + 1), none);
        assert_eq!(open(TALLY_SID + 1, 1), none);
        // A service that is called without a connection.
        assert_eq!(open(SERVICE.sid, 1), Err(Status::PROGRAMMER_ERROR));
        let closed = Veneers.connect(TALLY_SID, TALLY_VERSION).unwrap();
        Veneers.close(closed);
        for handle in [closed, Handle::from_bits(closed.bits() ^ 1), Handle::NULL] {
            let outcome = gateway::call(&Veneers, handle, ADD, &[], &mut []);
            assert_eq!(outcome, Err(Status::PROGRAMMER_ERROR));
        }
        Veneers.close(Handle::NULL);
    }

    /// The word with the id of the running thread.
    fn set_thread(id: i32) {
        // SAFETY: the profile names a word at the end of this world's RAM, where nothing is.
        unsafe { (CLIENT_ID_WORD as *mut i32).write_volatile(id) };
    }

    /// Runs `act` as the thread with this id, as the scheduler of an operating system does.
    fn as_thread<T>(id: i32, act: impl FnOnce() -> T) -> T {
        set_thread(id);
        let outcome = act();
        set_thread(WORLD);
        outcome
    }

    fn threads_are_clients() {
        let world = count();
        assert_eq!(as_thread(-2, count), 1);
        assert_eq!(as_thread(i32::MIN, count), 1);
        assert_eq!(as_thread(-2, count), 2);
        assert_eq!(as_thread(WORLD, count), world + 1);
        assert_eq!(count(), world + 2);
    }

    fn a_thread_without_a_negative_id_is_served_nothing() {
        let world = count();
        for id in [1, SERVICE.partition_id, CRYPTO.partition_id, i32::MAX, 0] {
            as_thread(id, || {
                let refused = Err(Status::PROGRAMMER_ERROR);
                assert_eq!(call(COUNT, &[], &mut [0; 4]), refused, "{id}");
                assert_eq!(Veneers.version(SERVICE.sid), 0);
                assert_eq!(connect().map(|_| ()), Err(Status::PROGRAMMER_ERROR));
            });
        }
        assert_eq!(count(), world + 1);
    }

    fn a_thread_has_no_connection_of_another() {
        let own = as_thread(-2, || connect().unwrap());
        assert_eq!(as_thread(-2, || add(&own, &[7])), Ok(7));
        let foreign = Err(Status::PROGRAMMER_ERROR);
        assert_eq!(add(&own, &[7]), foreign);
        assert_eq!(as_thread(i32::MIN, || add(&own, &[7])), foreign);
        assert_eq!(as_thread(-2, || add(&own, &[7])), Ok(14));
        as_thread(-2, || drop(own));
    }

    /// A failed test panics, which ends the emulator with an error status.
    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        set_thread(WORLD);
        for (name, test) in TESTS {
            test();
            print_line!("test {name} ... ok");
        }
        semihosting::exit(0)
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
