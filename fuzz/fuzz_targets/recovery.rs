// SPDX-License-Identifier: Apache-2.0
//! A device in serial recovery that receives arbitrary bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| recovery::host::fuzz::fuzz(data));
