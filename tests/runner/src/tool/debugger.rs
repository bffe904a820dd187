// SPDX-License-Identifier: Apache-2.0
//! `run --gdb` and the script that it writes, with gdb itself: the way of `docs/debugging.md`.

use crate::test_bed::TestBed;
use crate::typed;
use anyhow::{Context as _, Result, ensure};
use builder::options::Selection;
use builder::setup;
use builder::workspace::{Workspace, read};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// What is printed before each place, so that the test finds it.
const MARK: &str = "at: ";
/// Where it has to be, in this order: symbol and image.
const PLACES: [[&str; 2]; 6] = [
    ["verify_by", "boot.elf"],
    ["hash_file", "nonsecure.elf"],
    ["tfm_psa_call_veneer", "secure.elf"],
    ["", "secure.elf"],
    ["digest", "secure.elf"],
    ["", "nonsecure.elf"],
];
/// The functions in which it stops, which are generic: a line of theirs has a name, they have none.
const VERIFY: [&str; 2] = ["crates/boot/src/verify.rs", "fn verify_by<"];
const SERVICE: [&str; 2] = ["crates/crypto/src/services/digest.rs", "fn digest_setup("];

/// Goes with gdb from the reset into a service and back to the application.
pub fn follow(workspace: &Workspace, bed: &TestBed<'_>, selection: &Selection) -> Result<()> {
    setup::prepare_with(&setup::FOR_DEBUGGING)?;
    let folder = &bed.configured.folder;
    let mut command = typed::command(bed, selection, "run");
    command.args(["--fresh", "--gdb", "--flash"]);
    command.arg(folder.join("test-debugger.bin"));
    let mut device = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = device.stdout.take().context("an output")?;
    let outcome = (|| {
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let steps = folder.join("test-debugger.gdb");
        fs::write(&steps, steps_through(&workspace.root)?)?;
        let mut words = line.split_whitespace();
        let mut debugger = Command::new(words.next().context("a command to type")?);
        debugger
            .args(words)
            .args(["-nx", "-batch", "-x"])
            .arg(steps);
        // The device prints while the debugger is at it.
        let rest = thread::spawn(move || {
            let mut rest = String::new();
            output.read_to_string(&mut rest).map(|_| rest)
        });
        let told = debugger.stdin(Stdio::null()).output()?;
        check(&String::from_utf8_lossy(&told.stdout))
            .with_context(|| String::from_utf8_lossy(&told.stderr).into_owned())?;
        let rest = rest.join().ok().context("the reader panicked")??;
        ensure!(rest.contains("the token is verified"), "the device: {rest}");
        Ok(())
    })();
    device.kill()?;
    device.wait()?;
    outcome
}

fn steps_through(root: &Path) -> Result<String> {
    let place = format!("printf \"{MARK}\"\ninfo symbol $pc\n");
    let stop = |at: &str| format!("tbreak {at}\ncontinue\n{place}");
    Ok([
        stop(&line_of(root, VERIFY)?),
        stop("hash_file"),
        stop("tfm_psa_call_veneer"),
        "set $behind = $lr - 1\n".into(),
        format!("stepi\nstepi\n{place}"),
        stop(&line_of(root, SERVICE)?),
        stop("*$behind"),
        "delete\ncontinue\n".into(),
    ]
    .concat())
}

/// The line behind the head of a function.
fn line_of(root: &Path, [file, head]: [&str; 2]) -> Result<String> {
    let text = String::from_utf8(read(&root.join(file))?)?;
    let number = text.lines().position(|line| line.contains(head));
    let number = number.with_context(|| format!("{file} has no `{head}`"))? + 1;
    Ok(format!("{file}:{number}"))
}

fn check(told: &str) -> Result<()> {
    let mut places = told.split(MARK).skip(1);
    for [symbol, image] in PLACES {
        let place = places
            .next()
            .with_context(|| format!("no stop at {symbol}: {told}"))?;
        let place = place.lines().next().unwrap_or_default();
        let is_there = place.contains(symbol) && place.contains(image);
        ensure!(is_there, "not at {symbol} of {image}: {told}");
    }
    Ok(())
}
