// SPDX-License-Identifier: Apache-2.0
//! OTP of the devices in these tests.

use provisioning::{Lifecycle, Parameters};

/// Size of the area in bytes.
pub const OTP_BYTES: usize = 0x800;

/// A device in assembly and test that trusts the key with this hash, with secrets of its own.
pub fn parameters(public_key_hash: [u8; 32], security_counter: u32) -> Parameters {
    Parameters {
        public_key_hash,
        second_public_key_hash: None,
        has_development_signing_key: false,
        initial_attestation_key: [1; 32],
        hardware_unique_key: [2; 32],
        has_development_secrets: false,
        implementation_id: [3; 32],
        certification_reference: *b"1234567890123-12345",
        lifecycle: Lifecycle::AssemblyAndTest,
        security_counter,
    }
}

/// The area of a device with these parameters.
pub fn area(parameters: &Parameters) -> [u8; OTP_BYTES] {
    let mut otp = [0; OTP_BYTES];
    parameters.encode(&mut otp).unwrap();
    otp
}
