// SPDX-License-Identifier: Apache-2.0
//! A command of this program with the configuration of the tests, never with that of the user's last
//! build.

use super::test_bed::TestBed;
use builder::options::Selection;
use builder::process;
use std::process::{Command, Stdio};

/// The command `word` for this configuration; its own options are to follow.
pub fn command(bed: &TestBed<'_>, selection: &Selection, word: &str) -> Command {
    let mut command = Command::new(process::THIS_PROGRAM);
    let effective = &bed.configured.effective;
    let board = selection.board.as_deref();
    let profile = selection.profile.as_deref();
    command.arg(word).stdin(Stdio::null());
    command.args(["--board", board.unwrap_or(effective.text("board.name"))]);
    command.args(["--profile", profile.unwrap_or(&bed.configured.profile)]);
    for file in &selection.files {
        command.arg("--config").arg(file);
    }
    for setting in &selection.settings {
        command.args(["--set", setting]);
    }
    command
}
