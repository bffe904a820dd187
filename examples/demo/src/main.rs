// SPDX-License-Identifier: Apache-2.0
//! The demonstration: a non-secure application that uses the secure services.
//!
//! It prints the framework's and the services' versions, counts its boots in flash, and hashes
//! the file that the host names on its command line (`demo FILE`, through semihosting). With
//! `demo --challenge DIGITS FILE` it also prints an attestation token for that challenge. The
//! emulator exits with 0 if everything worked.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod application;
#[cfg(target_os = "none")]
mod boot_counter;
#[cfg(target_os = "none")]
mod token;

#[cfg(not(target_os = "none"))]
fn main() {}
