// SPDX-License-Identifier: Apache-2.0
//! Links the applications behind the secure image.

fn main() {
    configure::build_script::nonsecure_application();
}
