// SPDX-License-Identifier: Apache-2.0
//! What the tool says of a device: faults that come again, and where they are; a debugger.

mod application;
mod debugger;

use super::Tally;
use super::test_bed::TestBed;
use super::typed;
use anyhow::{Context as _, Result, ensure};
use application::{Application, FAULTS_AT};
use builder::options::Selection;
use builder::process;
use builder::workspace::Workspace;
use serde_json::Value;
use std::fs;
use std::process::{Command, Output};

/// What the tests are called.
pub const NAME: &str = "tool";

/// Runs them.
pub fn run(workspace: &Workspace, bed: &TestBed<'_>, selection: &Selection, tally: &mut Tally) {
    let tests = Tests { bed, selection };
    let mut check = |name: &str, outcome| tally.check(&format!("{NAME}: {name}"), outcome);
    let outcome = tests.a_repeated_fault();
    check(
        "a fault that comes again ends `run`, which says where",
        outcome,
    );
    let outcome = tests.another_image();
    check(
        "`fault` refuses another image than the one that ran",
        outcome,
    );
    let outcome = tests.too_small_a_memory();
    check("a memory that is too small is named by its key", outcome);
    let outcome = debugger::follow(workspace, bed, selection);
    check(
        "gdb stops in the boot ROM, the service and the application",
        outcome,
    );
}

struct Tests<'a> {
    bed: &'a TestBed<'a>,
    selection: &'a Selection,
}

impl Tests<'_> {
    fn command(&self, word: &str) -> Command {
        typed::command(self.bed, self.selection, word)
    }

    fn run(&self, application: &Application) -> Result<Output> {
        let flash = self.bed.configured.folder.join("test-tool.bin");
        let mut command = self.command("run");
        command.args(["--fresh", "--flash"]).arg(flash);
        command.arg("--nonsecure").arg(&application.elf);
        Ok(command.output()?)
    }

    fn a_repeated_fault(&self) -> Result<()> {
        let application = Application::build(self.bed, "")?;
        let output = self.run(&application)?;
        let (said, told) = texts(&output);
        ensure!(!output.status.success(), "it succeeded: {said}");
        let faults = said.lines().filter(|line| line.starts_with("fault: "));
        ensure!(faults.count() == 3, "two faults and an explanation: {said}");
        ensure!(said.contains(FAULTS_AT), "the place: {said}");
        ensure!(told.contains("the same fault again"), "the reason: {told}");
        // The same by the command, which finds the application by itself.
        let line = said.lines().find(|line| line.starts_with("fault: "));
        let line = line.context("a fault")?;
        let output = self.command("fault").arg("--json").arg(line).output()?;
        let (said, told) = texts(&output);
        ensure!(output.status.success(), "{told}");
        let object: Value = serde_json::from_str(&said)?;
        let location = object["pc"]["frames"][0]["location"].as_str();
        let is_there = location.is_some_and(|place| place.contains(FAULTS_AT));
        ensure!(is_there, "{said}");
        Ok(())
    }

    /// In a profile of its own, so that no other test finds its files.
    fn too_small_a_memory(&self) -> Result<()> {
        let folder = self.bed.configured.folder.join("tool");
        fs::create_dir_all(&folder)?;
        let profile = folder.join("tight.toml");
        fs::write(&profile, "inherits = \"small\"\n")?;
        let mut command = Command::new(process::THIS_PROGRAM);
        let board = self.bed.configured.effective.text("board.name");
        command
            .args(["size", "--board", board, "--profile"])
            .arg(profile);
        command.args(["--set", "memory.boot_code.size_bytes=0x1000"]);
        let output = command.output()?;
        let (said, told) = texts(&output);
        ensure!(!output.status.success(), "it succeeded: {said}");
        let words = [
            "`memory.boot_code.size_bytes` = 4096 (--set)",
            "too small",
            "would do",
        ];
        let missing = words.iter().find(|word| !told.contains(**word));
        ensure!(missing.is_none(), "{missing:?} is missing: {told}");
        ensure!(
            !told.contains("arm-none-eabi-ld"),
            "the linker's own words: {told}"
        );
        Ok(())
    }

    fn another_image(&self) -> Result<()> {
        const LINE: &str = "fault: SecureFault AUVIOL pc 0x80000001 by non-secure thread";
        let application = Application::build(self.bed, "")?;
        self.run(&application)?;
        let refused = |command: &mut Command, words: &str| {
            let output = command.output()?;
            let (said, told) = texts(&output);
            ensure!(!output.status.success(), "it was not refused: {said}");
            ensure!(told.contains(words), "`{words}` is missing: {told}");
            Ok(())
        };
        refused(self.command("fault").arg(LINE), "is of another build")?;
        Application::build(self.bed, "nop")?;
        refused(
            self.command("fault").arg(LINE),
            "is not the file that ran last",
        )?;
        let mut named = self.command("fault");
        let binary = application.elf.with_extension("bin");
        fs::write(&binary, [0; 64])?;
        named.args([LINE, "--nonsecure"]).arg(binary);
        refused(&mut named, "its ELF file")
    }
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}
