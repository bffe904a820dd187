// SPDX-License-Identifier: Apache-2.0
//! The steps of the demonstration.
#![allow(unsafe_code)] // exports `main`, which the reset code calls

use client::attestation::{get_token, get_token_size};
use client::hash::Hash;
use client::veneers::Veneers;
use client::{Gateway, Status};
use nonsecure::semihosting::{self, File};
use nonsecure::{memory_map, print_line};
use psa::crypto::Algorithm;
use psa::service::CRYPTO;

use crate::{boot_counter, token};

/// Bytes that one call hashes.
const CHUNK_BYTES: usize = 4096;
const COMMAND_LINE_BYTES: usize = 512;
const SHA_256_BYTES: usize = 32;
/// The option before the challenge of a verifier, on the command line before the file.
const CHALLENGE: &[u8] = b"--challenge ";

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

/// Errors of the demonstration.
#[derive(Debug)]
enum Failure {
    /// A secure service has refused a call.
    Service(#[allow(dead_code)] Status),
    /// The boot count could not be stored.
    Flash(#[allow(dead_code)] flash::Error),
    /// The file named on the command line can't be opened.
    File,
    /// The challenge on the command line does not have 64 hexadecimal digits.
    Challenge,
    /// The token does not have the announced size, or does not fit.
    TokenSize,
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
    let Some((_, file)) = split_at_space(arguments) else {
        return Ok(());
    };
    let Some((challenge, file)) = file.strip_prefix(CHALLENGE).and_then(split_at_space) else {
        return hash_file(file);
    };
    hash_file(file)?;
    print_token(&token::challenge(challenge).ok_or(Failure::Challenge)?)
}

fn split_at_space(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = text.iter().position(|&byte| byte == b' ')?;
    Some((text.get(..space)?, text.get(space + 1..)?))
}

/// Prints the attestation token of this device for the verifier who asked with `challenge`.
fn print_token(challenge: &[u8; token::CHALLENGE_BYTES]) -> Result<(), Failure> {
    let mut room = [0; token::ROOM_BYTES];
    let token_bytes = get_token_size(&Veneers, challenge.len())?;
    let token = room.get_mut(..token_bytes).ok_or(Failure::TokenSize)?;
    if get_token(&Veneers, challenge, token)? != token_bytes {
        return Err(Failure::TokenSize);
    }
    print_line!("attestation token: {}", Hexadecimal(token));
    Ok(())
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
