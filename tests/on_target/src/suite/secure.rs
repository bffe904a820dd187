// SPDX-License-Identifier: Apache-2.0
//! Runs the cases of the partition that tests the services from the secure world, and prints their
//! results.

use client::its::{self, CreateFlags};
use client::veneers::Veneers;
use client::{InVector, OutVector, Status, gateway};
use nonsecure::config::services::SIDS;
use nonsecure::print_line;
use psa::service::INTERNAL_TRUSTED_STORAGE;
use secure_suite::{APPLICATION_UID, NAME, NEEDS, RUN, SERVICE, TEXT_BYTES};

/// The results of all cases.
#[derive(Clone, Copy, Default)]
pub struct Results {
    /// Cases that ran.
    pub ran: usize,
    /// All cases.
    pub all: usize,
    /// Cases that failed.
    pub failed: usize,
}

/// One call of the partition; the length of what it wrote.
fn call(request: i16, index: usize, output: &mut [u8]) -> Result<usize, Status> {
    let index = (index as u32).to_le_bytes();
    let mut outputs = [OutVector::new(output)];
    let inputs = [InVector::new(&index)];
    gateway::call(&Veneers, SERVICE.handle(), request, &inputs, &mut outputs)?;
    let [output] = outputs;
    Ok(output.length_bytes())
}

/// A text about a case, with room for it.
fn text(request: i16, index: usize, room: &mut [u8; TEXT_BYTES]) -> &str {
    let length = call(request, index, room).unwrap();
    core::str::from_utf8(&room[..length]).unwrap()
}

/// Runs all cases.
pub fn run_all() -> Results {
    let has_storage = SIDS.contains(&INTERNAL_TRUSTED_STORAGE.sid);
    if has_storage {
        // What the partition must not see.
        let set = its::set(&Veneers, APPLICATION_UID, b"mine", CreateFlags::NONE);
        assert_eq!(set, Ok(()));
    }
    let mut results = Results::default();
    loop {
        let (mut name, mut needs) = ([0; TEXT_BYTES], [0; TEXT_BYTES]);
        let mut line = [0; 4];
        let outcome = call(RUN, results.all, &mut line);
        if outcome == Err(Status::DOES_NOT_EXIST) {
            break;
        }
        let name = text(NAME, results.all, &mut name);
        match outcome {
            Err(Status::NOT_SUPPORTED) => {
                let needs = text(NEEDS, results.all, &mut needs);
                print_line!("without {needs}: secure::{name}");
            }
            Ok(4) if line == [0; 4] => {
                print_line!("test secure::{name} ... ok");
                results.ran += 1;
            }
            _ => {
                let line = u32::from_le_bytes(line);
                print_line!("test secure::{name} ... FAILED: line {line}, {outcome:?}");
                results.ran += 1;
                results.failed += 1;
            }
        }
        results.all += 1;
    }
    if has_storage {
        assert_eq!(its::remove(&Veneers, APPLICATION_UID), Ok(()));
    }
    results
}
