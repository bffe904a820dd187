// SPDX-License-Identifier: Apache-2.0
//! Constants of the configuration; `configure` writes them.

include!(concat!(env!("OUT_DIR"), "/config.rs"));
