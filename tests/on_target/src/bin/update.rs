// SPDX-License-Identifier: Apache-2.0
//! Tests of Firmware Update from the non-secure world, on a device whose profile lists it.
//!
//! `update WHAT FILE` makes invalid calls, installs the image of a file of the host and resets the
//! device. WHAT says whether an image on trial is accepted, rejected or neither; then the device
//! resets again. At the end it prints the version that runs. Trusted storage remembers the progress
//! over resets.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
mod application {
    use client::its::{self, CreateFlags};
    use client::update::{self, LONGEST_WRITE_BYTES, State, WRITE_ALIGNMENT_BYTES};
    use client::veneers::Veneers;
    use client::{Gateway, InVector, Status, gateway};
    use nonsecure::semihosting::{self, File};
    use nonsecure::{config, print_line};
    use psa::service::FIRMWARE_UPDATE;
    use psa::update::{FLAG_VOLATILE_STAGING, START, WRITE};

    const COMMAND_LINE_BYTES: usize = 256;
    /// Object in trusted storage whose size is the progress.
    const PROGRESS: u64 = 1;
    /// The update was requested.
    const ASKED: u32 = 1;
    /// The image was on trial.
    const TRIED: u32 = 2;
    const WHY: Status = Status(-1234);
    /// A block is at least as large.
    const BLOCK: [u8; WRITE_ALIGNMENT_BYTES] = [0x5A; WRITE_ALIGNMENT_BYTES];
    const BAD_STATE: Result<(), Status> = Err(Status::BAD_STATE);
    const INVALID: Result<(), Status> = Err(Status::INVALID_ARGUMENT);

    const TESTS: &[(&str, fn())] = &[
        ("update::the_service_is_there", the_service_is_there),
        (
            "update::nothing_is_done_in_a_wrong_state",
            nothing_is_done_in_a_wrong_state,
        ),
        ("update::there_is_one_component", there_is_one_component),
        ("update::blocks_lie_in_the_room", blocks_lie_in_the_room),
        (
            "update::secure_memory_is_no_block",
            secure_memory_is_no_block,
        ),
        (
            "update::an_update_is_given_up_at_any_time",
            an_update_is_given_up_at_any_time,
        ),
    ];

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        let mut command_line = [0; COMMAND_LINE_BYTES];
        let line = semihosting::command_line(&mut command_line);
        let mut words = line.splitn(3, |byte| *byte == b' ').skip(1);
        let (what, file) = (words.next(), words.next());
        match its::get_info(&Veneers, PROGRESS).map(|info| info.size_bytes) {
            Ok(ASKED) if state() == State::Trial => end_the_trial(what),
            Ok(_) => at_last(),
            Err(error) => assert_eq!(error, Status::DOES_NOT_EXIST),
        }
        for (name, test) in TESTS {
            test();
            print_line!("test {name} ... ok");
        }
        progress(ASKED);
        install(file.and_then(File::open).expect("the image"))
    }

    /// Installs an image.
    fn install(mut image: File) -> ! {
        assert_eq!(update::start(&Veneers), Ok(()));
        let mut block = [0; LONGEST_WRITE_BYTES];
        let mut offset_bytes = 0;
        loop {
            let bytes = image.read(&mut block);
            if bytes == 0 {
                break;
            }
            let written = update::write(&Veneers, offset_bytes, &block[..bytes]);
            assert_eq!(written, Ok(()), "at {offset_bytes}");
            offset_bytes += bytes as u32;
        }
        assert_eq!(update::finish(&Veneers), Ok(()));
        assert_eq!(state(), State::Candidate);
        assert_eq!(update::install(&Veneers), Ok(()));
        assert_eq!(state(), State::Staged);
        print_line!("test update::an_image_is_staged ... ok");
        let outcome = update::request_reboot(&Veneers);
        panic!("the device goes on: {outcome:?}")
    }

    /// The other slot, with the image before, can't be changed during a trial.
    fn end_the_trial(what: Option<&[u8]>) -> ! {
        assert_eq!(update::start(&Veneers), BAD_STATE);
        assert_eq!(update::write(&Veneers, 0, &BLOCK), BAD_STATE);
        assert_eq!(update::install(&Veneers), BAD_STATE);
        assert_eq!(update::cancel(&Veneers), BAD_STATE);
        assert_eq!(update::clean(&Veneers), BAD_STATE);
        match what {
            Some(b"accept") => {
                assert_eq!(update::accept(&Veneers), Ok(()));
                assert_eq!(state(), State::Updated);
                assert_eq!(update::accept(&Veneers), BAD_STATE);
                assert_eq!(update::reject(&Veneers, WHY), BAD_STATE);
                assert_eq!(update::clean(&Veneers), Ok(()));
                assert_eq!(state(), State::Ready);
            }
            Some(b"reject") => {
                assert_eq!(update::reject(&Veneers, WHY), Ok(()));
                let info = update::query(&Veneers).expect("information");
                assert_eq!((info.state, info.error), (State::Rejected, WHY));
                assert_eq!(update::accept(&Veneers), BAD_STATE);
                assert_eq!(update::clean(&Veneers), BAD_STATE);
            }
            _ => {}
        }
        print_line!("test update::a_trial_has_an_end ... ok");
        progress(TRIED);
        let outcome = update::request_reboot(&Veneers);
        panic!("the device goes on: {outcome:?}")
    }

    /// Prints the version that runs, and checks that no image is on trial.
    fn at_last() -> ! {
        let info = update::query(&Veneers).expect("information");
        assert_eq!(info.state, State::Ready);
        assert_eq!(update::accept(&Veneers), BAD_STATE);
        let [.., a, b, c, d] = info.version;
        print_line!("update: build {} runs", u32::from_le_bytes([a, b, c, d]));
        print_line!("test update::the_device_starts_after_it ... ok");
        semihosting::exit(0)
    }

    fn progress(done: u32) {
        let size = &BLOCK[..done as usize];
        assert_eq!(
            its::set(&Veneers, PROGRESS, size, CreateFlags::NONE),
            Ok(())
        );
    }

    fn state() -> State {
        update::query(&Veneers).expect("information").state
    }

    fn the_service_is_there() {
        let version = Veneers.version(FIRMWARE_UPDATE.sid);
        assert_eq!(version, u32::from(FIRMWARE_UPDATE.version));
        let info = update::query(&Veneers).expect("information");
        assert_eq!((info.state, info.error), (State::Ready, Status::SUCCESS));
        assert_eq!(info.flags, FLAG_VOLATILE_STAGING);
        let slot_bytes = config::flash::SECONDARY.size_bytes;
        assert!(info.largest_image_bytes < slot_bytes);
        assert!(info.largest_image_bytes > slot_bytes / 2);
    }

    fn nothing_is_done_in_a_wrong_state() {
        assert_eq!(update::write(&Veneers, 0, &BLOCK), BAD_STATE);
        assert_eq!(update::finish(&Veneers), BAD_STATE);
        assert_eq!(update::cancel(&Veneers), BAD_STATE);
        assert_eq!(update::clean(&Veneers), BAD_STATE);
        assert_eq!(update::install(&Veneers), BAD_STATE);
        assert_eq!(update::reject(&Veneers, Status::SUCCESS), BAD_STATE);
        assert_eq!(update::accept(&Veneers), BAD_STATE);
        assert_eq!(state(), State::Ready);
    }

    fn there_is_one_component() {
        let inputs = [InVector::new(&[1]), InVector::new(&[])];
        let outcome = gateway::call(&Veneers, FIRMWARE_UPDATE.handle(), START, &inputs, &mut []);
        assert_eq!(outcome, Err(Status::DOES_NOT_EXIST));
    }

    fn blocks_lie_in_the_room() {
        let room = update::query(&Veneers)
            .expect("information")
            .largest_image_bytes;
        assert_eq!(update::start(&Veneers), Ok(()));
        for offset_bytes in [1, room, u32::MAX, u32::MAX - 31, 1 << 31] {
            assert_eq!(update::write(&Veneers, offset_bytes, &BLOCK), INVALID);
        }
        assert_eq!(update::write(&Veneers, 0, &[]), INVALID);
        let long = [0; LONGEST_WRITE_BYTES + 1];
        assert_eq!(update::write(&Veneers, 0, &long), INVALID);
        assert_eq!(state(), State::Writing);
        assert_eq!(update::cancel(&Veneers), Ok(()));
        assert_eq!(update::clean(&Veneers), Ok(()));
    }

    fn secure_memory_is_no_block() {
        assert_eq!(update::start(&Veneers), Ok(()));
        let secret = config::memory::SECURE_RAM.origin as *const u8;
        // SAFETY: nothing reads it here; the secure world has to refuse it.
        let secret = unsafe { core::slice::from_raw_parts(secret, BLOCK.len()) };
        let inputs = [
            InVector::new(&[0]),
            InVector::new(&[0; 4]),
            InVector::new(secret),
        ];
        let outcome = gateway::call(&Veneers, FIRMWARE_UPDATE.handle(), WRITE, &inputs, &mut []);
        assert_eq!(outcome, Err(Status::PROGRAMMER_ERROR));
        assert_eq!(update::cancel(&Veneers), Ok(()));
        assert_eq!(update::clean(&Veneers), Ok(()));
    }

    fn an_update_is_given_up_at_any_time() {
        assert_eq!(update::start(&Veneers), Ok(()));
        assert_eq!(update::start(&Veneers), BAD_STATE);
        assert_eq!(update::write(&Veneers, 0, &BLOCK), Ok(()));
        assert_eq!(
            update::write(&Veneers, 0, &BLOCK),
            Err(Status::STORAGE_FAILURE)
        );
        assert_eq!(update::finish(&Veneers), Ok(()));
        assert_eq!(update::write(&Veneers, 32, &BLOCK), BAD_STATE);
        assert_eq!(update::install(&Veneers), Ok(()));
        assert_eq!(update::cancel(&Veneers), BAD_STATE);
        assert_eq!(update::reject(&Veneers, WHY), Ok(()));
        let info = update::query(&Veneers).expect("information");
        assert_eq!((info.state, info.error), (State::Failed, WHY));
        assert_eq!(update::start(&Veneers), BAD_STATE);
        assert_eq!(update::clean(&Veneers), Ok(()));
        assert_eq!(state(), State::Ready);
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
