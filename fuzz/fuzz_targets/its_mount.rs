// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage on a flash that holds arbitrary bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| its::host::fuzz::run(data));
