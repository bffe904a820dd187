// SPDX-License-Identifier: Apache-2.0
//! The help of the commands of this tree: `UPDATE_GOLDEN=1 cargo test -p xtask --test golden` renews
//! the files. Those that products have too are tested in `tools/casemate`.

#[path = "../../casemate/tests/common/golden.rs"]
mod golden;

use golden::Golden;
use std::path::Path;

#[test]
fn help_of_every_command_of_the_tree() {
    let of_products = concat!(env!("CARGO_MANIFEST_DIR"), "/../casemate/tests/golden/help");
    let is_own = |command: &str| {
        let file = Path::new(of_products).join(command).with_extension("txt");
        command == "test" || !file.exists()
    };
    let mut golden = Golden::new("help");
    golden.compare_help(env!("CARGO_BIN_EXE_xtask"), &[], &is_own);
    golden.check();
}
