// SPDX-License-Identifier: Apache-2.0
//! Instructions per operation, called from a bare-metal non-secure application.
//!
//! With `-icount shift=6` the emulator takes 64 ns for each instruction, and SysTick counts at
//! 20 MHz, so ticks are instructions, within one. Each line is `bench NAME COUNT`.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
mod application {
    use an521_nonsecure::{print_line, semihosting, systick};
    use client::hash::{self, Hash};
    use client::veneers::Veneers;
    use client::{Gateway, Status};
    use psa::crypto::Algorithm;
    use psa::service::CRYPTO;

    const INSTRUCTION_NS: u32 = 64;
    const TICK_NS: u32 = 50;
    const DATA: [u8; 1024] = [0x5a; 1024];
    const ALGORITHM: Algorithm = Algorithm::SHA_256;

    /// Ticks that `operation` takes, the reading of the clock included.
    #[inline(never)]
    fn ticks(operation: impl FnOnce() -> Result<(), Status>) -> u32 {
        let start = systick::now_ticks();
        let result = operation();
        let end = systick::now_ticks();
        assert_eq!(result, Ok(()));
        systick::elapsed_ticks(start, end)
    }

    fn bench(name: &str, operation: impl FnOnce() -> Result<(), Status>) {
        let empty = ticks(|| Ok(()));
        let taken_ns = (ticks(operation) - empty) * TICK_NS;
        print_line!(
            "bench {name} {}",
            (taken_ns + INSTRUCTION_NS / 2) / INSTRUCTION_NS
        );
    }

    fn hash_multipart(input: &[u8]) -> Result<(), Status> {
        let mut digest = [0; 32];
        let mut operation = Hash::setup(&Veneers, ALGORITHM)?;
        operation.update(input)?;
        operation.finish(&mut digest).map(|_| ())
    }

    fn hash_single(input: &[u8]) -> Result<(), Status> {
        let mut digest = [0; 32];
        hash::compute(&Veneers, ALGORITHM, input, &mut digest).map(|_| ())
    }

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        systick::start_counter();
        bench("psa_framework_version", || {
            core::hint::black_box(Veneers.framework_version());
            Ok(())
        });
        bench("psa_version", || {
            core::hint::black_box(Veneers.version(CRYPTO.sid));
            Ok(())
        });
        bench("hash_setup_abort", || {
            Hash::setup(&Veneers, ALGORITHM).map(drop)
        });
        bench("hash_multipart_64", || hash_multipart(&DATA[..64]));
        bench("hash_multipart_1024", || hash_multipart(&DATA));
        bench("hash_single_64", || hash_single(&DATA[..64]));
        bench("hash_single_1024", || hash_single(&DATA));
        semihosting::exit(0)
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
