// SPDX-License-Identifier: Apache-2.0
//! What a boot loader that is not ours has handed over, before the image relies on it. Our own boot
//! ROM checks the device itself, and nothing of this is in an image that it starts.

use boot::handed_over::{self, Requirements};
use diagnostics::Console;
use provisioning::Device;

use super::Refused;
use crate::{Board, Configuration, LogLevel};

/// Checks the provisioned data and the boot data, and prints what is wrong.
pub fn check<B: Board, C: Configuration>() -> Result<(), Refused> {
    let device =
        Device::read(B::otp()).map_err(|error| refuse::<B, C>("device: ", error.as_str()))?;
    let tokens = const { C::TOKENS };
    let requirements = Requirements {
        loader_record: tokens.optional_claims && tokens.boot_rom_component,
        is_record: attestation::is_record,
    };
    handed_over::check::<B::Compression>(B::boot_data(), &device, &requirements)
        .map_err(|error| refuse::<B, C>("boot data: ", error.as_str()))
}

#[inline(always)] // so that an image that says nothing has no text
fn refuse<B: Board, C: Configuration>(what: &str, why: &str) -> Refused {
    if C::SECURE_LOG >= LogLevel::Error {
        for word in ["secure: refused ", what, why, "\n"] {
            B::CONSOLE.text(word);
        }
    }
    Refused
}
