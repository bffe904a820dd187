// SPDX-License-Identifier: Apache-2.0
//! What the machine must have, found or installed: silent when nothing is missing.

pub mod packages;
pub mod python;
pub mod toolchain;

use crate::report::Step;
use anyhow::Result;
use packages::{Lists, Package};
use toolchain::Toolchain;

const QEMU: Package = Package {
    name: "qemu-system-arm",
    program: "qemu-system-arm",
};
const LINKER: Package = Package {
    name: "binutils-arm-none-eabi",
    program: "arm-none-eabi-ld",
};

/// Makes the machine able to build the firmware; `emulate`: to run it too.
pub fn prepare(emulate: bool) -> Result<Toolchain> {
    let mut needed = vec![LINKER];
    if emulate {
        needed.push(QEMU);
    }
    let mut missing: Vec<&str> = needed
        .iter()
        .filter(|package| !package.is_present())
        .map(|package| package.name)
        .collect();
    let found = toolchain::find();
    if found.is_none() {
        missing.extend(toolchain::PACKAGES);
    }
    if !missing.is_empty() {
        let step = Step::start(format!("Installing {}", missing.join(" ")));
        packages::install(&missing, Lists::Present)?;
        if found.is_none() && toolchain::find().is_none() {
            packages::install(&toolchain::PACKAGES, Lists::Renewed)?;
        }
        step.done();
    }
    found.map_or_else(toolchain::installed, Ok)
}
