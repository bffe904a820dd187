// SPDX-License-Identifier: Apache-2.0
//! Instructions per operation, called from a bare-metal non-secure application.
//!
//! With `-icount shift=6` the emulator takes 64 ns for each instruction, and SysTick counts at
//! 20 MHz, so ticks are instructions, within one. Each line is `bench NAME COUNT`.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
#[path = "../bench/others.rs"]
mod others;

#[cfg(target_os = "none")]
mod application {
    use client::aead::{self, Aead, Parameters};
    use client::attestation;
    use client::hash::{self, Hash};
    use client::its::{self, CreateFlags};
    use client::mac::{self, Mac};
    use client::veneers::Veneers;
    use client::{Gateway, Status, key, random};
    use nonsecure::{print_line, semihosting, systick};
    use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};
    use psa::service::{CRYPTO, DIAGNOSTICS, INITIAL_ATTESTATION, INTERNAL_TRUSTED_STORAGE};

    const INSTRUCTION_NS: u32 = 64;
    const TICK_NS: u32 = 50;
    pub const DATA: [u8; 1024] = [0x5a; 1024];
    const ALGORITHM: Algorithm = Algorithm::SHA_256;

    /// Ticks of `operation`, the reading of the clock included; `None` if the firmware does not
    /// have it.
    #[inline(never)]
    fn ticks(operation: impl FnOnce() -> Result<(), Status>) -> Option<u32> {
        let start = systick::now_ticks();
        let result = operation();
        let end = systick::now_ticks();
        if result == Err(Status::NOT_SUPPORTED) {
            return None;
        }
        assert_eq!(result, Ok(()));
        Some(systick::elapsed_ticks(start, end))
    }

    /// Instructions of `operation`; `None` if the firmware does not have it.
    fn instructions(operation: impl FnOnce() -> Result<(), Status>) -> Option<u32> {
        let empty = ticks(|| Ok(()))?;
        let taken_ns = (ticks(operation)? - empty) * TICK_NS;
        Some((taken_ns + INSTRUCTION_NS / 2) / INSTRUCTION_NS)
    }

    /// Prints a row, unless the firmware does not have the operation.
    pub fn bench(name: &str, operation: impl FnOnce() -> Result<(), Status>) {
        if let Some(count) = instructions(operation) {
            print_line!("bench {name} {count}");
        }
    }

    /// The mean of several executions, for an operation whose cost varies.
    fn bench_mean(name: &str, operation: impl Fn() -> Result<(), Status>) {
        const TIMES: u32 = 8;
        let all: Option<u32> = (0..TIMES).map(|_| instructions(&operation)).sum();
        if let Some(all) = all {
            print_line!("bench {name} {}", all / TIMES);
        }
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

    const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
    const CCM: Algorithm = Algorithm::CCM;
    const NONCE: [u8; 12] = [7; 12];
    const TAG_BYTES: usize = 16;

    fn hmac_multipart(key: KeyId, input: &[u8]) -> Result<(), Status> {
        let mut code = [0; 32];
        let mut operation = Mac::sign_setup(&Veneers, key, HMAC)?;
        operation.update(input)?;
        operation.sign_finish(&mut code).map(|_| ())
    }

    fn hmac_single(key: KeyId, input: &[u8]) -> Result<(), Status> {
        let mut code = [0; 32];
        mac::compute(&Veneers, key, HMAC, input, &mut code).map(|_| ())
    }

    fn ccm_multipart(key: KeyId, input: &[u8], output: &mut [u8]) -> Result<(), Status> {
        let mut tag = [0; TAG_BYTES];
        let mut operation = Aead::encrypt_setup(&Veneers, key, CCM)?;
        operation.set_lengths(0, input.len())?;
        operation.set_nonce(&NONCE)?;
        operation.update(input, output)?;
        operation.finish(&mut tag).map(|_| ())
    }

    fn ccm_single(key: KeyId, input: &[u8], output: &mut [u8]) -> Result<(), Status> {
        let parameters = Parameters {
            key,
            algorithm: CCM,
            nonce: &NONCE,
        };
        aead::encrypt(&Veneers, &parameters, &[], input, output).map(|_| ())
    }

    const AES_KEY: KeyAttributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, CCM);

    fn import_destroy() -> Result<(), Status> {
        let key = key::import(&Veneers, &AES_KEY, &DATA[..16])?;
        key::destroy(&Veneers, key)
    }

    fn bench_codes() -> Result<(), Status> {
        let attributes = KeyAttributes::new(KeyType::HMAC, 256, Usage::SIGN_MESSAGE, HMAC);
        let key = key::import(&Veneers, &attributes, &DATA[..32])?;
        bench("hmac_multipart_64", || hmac_multipart(key, &DATA[..64]));
        bench("hmac_multipart_1024", || hmac_multipart(key, &DATA));
        bench("hmac_single_64", || hmac_single(key, &DATA[..64]));
        bench("hmac_single_1024", || hmac_single(key, &DATA));
        key::destroy(&Veneers, key)
    }

    fn bench_encryption() -> Result<(), Status> {
        let mut output = [0; DATA.len() + TAG_BYTES];
        let key = key::import(&Veneers, &AES_KEY, &DATA[..16])?;
        bench("ccm_multipart_64", || {
            ccm_multipart(key, &DATA[..64], &mut output)
        });
        bench("ccm_multipart_1024", || {
            ccm_multipart(key, &DATA, &mut output)
        });
        bench("ccm_single_64", || {
            ccm_single(key, &DATA[..64], &mut output)
        });
        bench("ccm_single_1024", || ccm_single(key, &DATA, &mut output));
        key::destroy(&Veneers, key)
    }

    fn has_storage() -> Result<(), Status> {
        match Veneers.version(INTERNAL_TRUSTED_STORAGE.sid) {
            0 => Err(Status::NOT_SUPPORTED),
            _ => Ok(()),
        }
    }

    fn bench_storage() -> Result<(), Status> {
        has_storage()?;
        const UID: u64 = 1;
        let set = |data: &[u8]| its::set(&Veneers, UID, data, CreateFlags::NONE);
        // The first call reads the flash, and the first object makes a store of it.
        set(&DATA[..32])?;
        its::remove(&Veneers, UID)?;
        bench("its_set_create_32", || set(&DATA[..32]));
        bench("its_set_overwrite_32", || set(&DATA[32..64]));
        let mut data = [0; 32];
        bench("its_get_32", || {
            its::get(&Veneers, UID, 0, &mut data).map(|_| ())
        });
        bench("its_get_info", || its::get_info(&Veneers, UID).map(|_| ()));
        bench("its_remove", || its::remove(&Veneers, UID));
        bench_many_sets()
    }

    /// Average cost of a set, with erasures and copies: in an empty store, and beside the maximum
    /// of large objects of this client; and the highest cost there.
    fn bench_many_sets() -> Result<(), Status> {
        const UID: u64 = 1;
        const SETS: u32 = 400;
        let set = |uid, data: &[u8]| its::set(&Veneers, uid, data, CreateFlags::NONE);
        let many = || {
            let one = |round: u32| {
                let data = &DATA[round as usize % 64..][..32];
                instructions(|| set(UID, data))
            };
            (0..SETS)
                .filter_map(one)
                .fold((0, 0), |(sum, most): (u32, u32), taken| {
                    (sum + taken, most.max(taken))
                })
        };
        print_line!("bench its_set_amortised_32 {}", many().0 / SETS);
        for uid in 2..=10 {
            set(uid, &DATA[..512])?;
        }
        let (sum, most) = many();
        print_line!("bench its_set_amortised_32_full {}", sum / SETS);
        print_line!("bench its_set_worst_32_full {most}");
        Ok(())
    }

    /// Rows with a common set-up: all of them exist, or none.
    pub fn group(rows: impl FnOnce() -> Result<(), Status>) {
        let outcome = rows();
        assert!(
            outcome == Ok(()) || outcome == Err(Status::NOT_SUPPORTED),
            "{outcome:?}"
        );
    }

    fn bench_token() -> Result<(), Status> {
        if Veneers.version(INITIAL_ATTESTATION.sid) == 0 {
            return Err(Status::NOT_SUPPORTED);
        }
        let mut token = [0; 1024];
        let mut get = || attestation::get_token(&Veneers, &DATA[..32], &mut token);
        let token_bytes = get()?;
        bench("token_32", || get().map(|_| ()));
        print_line!("bench bytes.token {token_bytes}");
        Ok(())
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
        bench("null_call", || {
            // A message type that no service has: all of a call but the service itself.
            let unknown = client::gateway::call(&Veneers, DIAGNOSTICS.handle(), 0, &[], &mut []);
            assert_eq!(unknown, Err(Status::NOT_SUPPORTED));
            Ok(())
        });
        bench("hash_setup_abort", || {
            Hash::setup(&Veneers, ALGORITHM).map(drop)
        });
        bench("hash_multipart_64", || hash_multipart(&DATA[..64]));
        bench("hash_multipart_1024", || hash_multipart(&DATA));
        bench("hash_single_64", || hash_single(&DATA[..64]));
        bench("hash_single_1024", || hash_single(&DATA));
        group(bench_codes);
        group(bench_encryption);
        bench("import_destroy", import_destroy);
        // The first request takes entropy, which is not what is measured.
        group(|| random::generate(&Veneers, &mut [0; 32]));
        bench_mean("random_32", || random::generate(&Veneers, &mut [0; 32]));
        group(bench_storage);
        group(bench_token);
        crate::others::bench_all();
        semihosting::exit(0)
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
