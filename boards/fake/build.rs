// SPDX-License-Identifier: Apache-2.0
//! Configuration and partitions of the firmware on this board.

fn main() {
    configure::build_script::secure_world();
}
