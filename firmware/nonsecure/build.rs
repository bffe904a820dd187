// SPDX-License-Identifier: Apache-2.0
//! The board's configuration, for the memory map of the non-secure world.

fn main() {
    configure::build_script::nonsecure_library();
}
