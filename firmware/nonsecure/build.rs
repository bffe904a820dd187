// SPDX-License-Identifier: Apache-2.0
//! The configuration: memory map and console of the non-secure world.

fn main() {
    configure::build_script::nonsecure_library();
}
