// SPDX-License-Identifier: Apache-2.0
//! A device in serial recovery and whatever the fuzzer thinks of on its line.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| recovery::host::fuzz::fuzz(data));
