// SPDX-License-Identifier: Apache-2.0
//! The steps of the demonstration.
#![allow(unsafe_code)] // exports `main`, which the reset code calls

use an521_nonsecure::semihosting::{self, File};
use an521_nonsecure::{memory_map, print_line};
use client::hash::Hash;
use client::veneers::Veneers;
use client::{Gateway, Status};
use psa::crypto::Algorithm;
use psa::service::CRYPTO;

use crate::boot_counter;

/// What is hashed with one call.
const CHUNK_BYTES: usize = 4096;
const COMMAND_LINE_BYTES: usize = 512;
const SHA_256_BYTES: usize = 32;

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    let status = match run() {
        Ok(()) => 0,
        Err(error) => {
            print_line!("demo: failed: {error:?}");
            1
        }
    };
    semihosting::exit(status)
}

/// What can go wrong here.
#[derive(Debug)]
enum Failure {
    /// A secure service said no.
    Service(#[allow(dead_code)] Status),
    /// The boot count could not be stored.
    Flash(#[allow(dead_code)] sse200::mapped_flash::FlashError),
    /// The file named on the command line can't be opened.
    File,
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        Self::Service(status)
    }
}

fn run() -> Result<(), Failure> {
    let framework = Veneers.framework_version();
    print_line!("framework version {}.{}", framework >> 8, framework & 0xff);
    print_line!("crypto service version {}", Veneers.version(CRYPTO.sid));

    let boots = boot_counter::count(&mut memory_map::flash_area()).map_err(Failure::Flash)?;
    print_line!("boot {boots}");

    let mut command_line = [0; COMMAND_LINE_BYTES];
    let arguments = semihosting::command_line(&mut command_line);
    match arguments.iter().position(|&byte| byte == b' ') {
        Some(space) => hash_file(arguments.get(space + 1..).unwrap_or(&[])),
        None => Ok(()),
    }
}

/// Hashes the file with that path, which ends with a NUL byte, and prints the digest.
fn hash_file(path: &[u8]) -> Result<(), Failure> {
    let mut file = File::open(path).ok_or(Failure::File)?;
    let mut hash = Hash::setup(&Veneers, Algorithm::SHA_256)?;
    let mut chunk = [0; CHUNK_BYTES];
    let mut total_bytes = 0u64;
    loop {
        let length = file.read(&mut chunk);
        if length == 0 {
            break;
        }
        hash.update(chunk.get(..length).unwrap_or(&[]))?;
        total_bytes += length as u64;
    }
    let mut digest = [0; SHA_256_BYTES];
    hash.finish(&mut digest)?;
    print_line!("sha-256 of {total_bytes} bytes: {}", Hexadecimal(&digest));
    Ok(())
}

/// Bytes as hexadecimal digits.
struct Hexadecimal<'a>(&'a [u8]);

impl core::fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
