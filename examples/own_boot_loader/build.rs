// SPDX-License-Identifier: Apache-2.0
//! The addresses of the board, and the linker script of a boot loader.

fn main() {
    configure::build_script::boot_loader();
}
