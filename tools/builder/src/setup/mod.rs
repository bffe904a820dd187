// SPDX-License-Identifier: Apache-2.0
//! Required programs of the machine: finds or installs them, and prints nothing if none is missing.

pub mod packages;
pub mod python;
pub mod toolchain;

use crate::report::Step;
use anyhow::Result;
use packages::{Lists, Package};
use toolchain::Toolchain;

const QEMU: Package = Package::new("qemu-system-arm", "qemu-system-arm");
/// What ends the emulator with the command that has started it.
const SUPERVISOR: Package = Package::new("util-linux", "setpriv");
const LINKER: Package = Package::new("binutils-arm-none-eabi", "arm-none-eabi-ld");

const C_COMPILER: Package = Package::new("gcc-arm-none-eabi", "arm-none-eabi-gcc");
/// Newlib has no program; the file is one that every application of it links.
const C_LIBRARY: Package = Package::new(
    "libnewlib-arm-none-eabi",
    "/usr/lib/arm-none-eabi/newlib/thumb/v8-m.main/nofp/libc_nano.a",
);
const MAKE: Package = Package::new("make", "make");
const CMAKE: Package = Package::new("cmake", "cmake");
const PKG_CONFIG: Package = Package::new("pkg-config", "pkg-config");

/// What debugging a device needs besides.
pub const FOR_DEBUGGING: [Package; 1] = [Package::new("gdb-multiarch", "gdb-multiarch")];
/// What writing a kit needs besides the firmware's needs.
pub const FOR_KIT: [Package; 1] = [C_COMPILER];
/// What building applications from a kit needs, and running them.
pub const FOR_APPLICATIONS: [Package; 7] = [
    C_COMPILER, C_LIBRARY, MAKE, CMAKE, PKG_CONFIG, QEMU, SUPERVISOR,
];

/// Makes the machine able to build the firmware; `emulate`: to run it too.
pub fn prepare(emulate: bool) -> Result<Toolchain> {
    prepare_with(if emulate { &[QEMU, SUPERVISOR] } else { &[] })
}

/// Makes the machine able to build the firmware and to do what the packages are for.
pub fn prepare_with(further: &[Package]) -> Result<Toolchain> {
    let needed = [&[LINKER], further].concat();
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
