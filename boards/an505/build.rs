// SPDX-License-Identifier: Apache-2.0
//! Configuration and linker scripts of the two secure images.

fn main() {
    configure::build_script::secure_world();
}
