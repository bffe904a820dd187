// SPDX-License-Identifier: Apache-2.0
//! The driver of the console, which `nonsecure.console.driver` of `board.toml` names.

/// The drivers that `nonsecure.console.driver` can name.
mod drivers {
    pub use sse200::uart::Uart as CmsdkUart;
}

include!(concat!(env!("OUT_DIR"), "/console_driver.rs"));
