// SPDX-License-Identifier: Apache-2.0
//! The boot ROM's reading and verifying of images that the fuzzer thinks of: any content of a
//! slot, and images that are put together by a plan and signed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = signer::fuzz::fuzz(data);
});
