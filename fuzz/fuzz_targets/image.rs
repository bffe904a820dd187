// SPDX-License-Identifier: Apache-2.0
//! The boot ROM reads and verifies arbitrary images: any content of a slot, and images that are
//! put together by a plan and signed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = signer::fuzz::fuzz(data);
});
