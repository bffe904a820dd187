// SPDX-License-Identifier: Apache-2.0
//! The effective configuration as constants: made from `profiles/` and `board.toml`.

include!(concat!(env!("OUT_DIR"), "/config.rs"));
