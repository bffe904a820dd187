// SPDX-License-Identifier: Apache-2.0
//! Link errors of parts that do not fit.

use super::gcc::Gcc;
use crate::Tally;
use anyhow::Result;
use builder::firmware::kit_symbol;
use builder::process;
use std::fs;
use std::process::Command;

const OWN_VERSION: &str = env!("CARGO_PKG_VERSION");
const OTHER_VERSION: &str = "99.0.1";
const HARD_FLOAT: [&str; 2] = ["-march=armv8-m.main+fp", "-mfloat-abi=hard"];

/// Links in each wrong way, and in the right way for the other float ABI.
pub fn check(gcc: &Gcc<'_>, tally: &mut Tally) -> Result<()> {
    let header = fs::read_to_string(gcc.kit.join("include/casemate/version.h"))?;
    let other = header.replace(&kit_symbol(OWN_VERSION), &kit_symbol(OTHER_VERSION));
    let other = gcc
        .room
        .write("other/casemate/version.h", other.as_bytes())?;
    let others = other.ancestors().nth(2).unwrap_or(&other);
    let lib = |name: &str| gcc.kit.join("lib").join(name).display().to_string();
    let (soft, hard) = (lib("libpsa_client.a"), lib("hard/libpsa_client.a"));
    let veneers = lib("s_veneers.o");

    let mut headers = start(gcc);
    headers.arg("-iquote").arg(others);
    let expected = kit_symbol(OTHER_VERSION);
    fails(
        gcc,
        tally,
        "headers of another kit",
        headers,
        &[&soft, &veneers],
        &expected,
    )?;

    let expected = kit_symbol(OWN_VERSION);
    fails(gcc, tally, "no veneers", start(gcc), &[&soft], &expected)?;

    for (section, what) in [(".fast", "fast = 1"), (".spare", "spare[9]")] {
        let name = what.split([' ', '[']).take(1).collect::<String>();
        // A constructor refers to it, or the linker drops it.
        let text = format!(
            "__attribute__((section(\"{section}\"))) int {what};\n\
             __attribute__((constructor)) static void keep(void) {{ __asm__(\"\" : : \"r\"(&{name})); }}\n"
        );
        let source = gcc.room.write("orphan.c", text.as_bytes())?;
        let mut orphan = start(gcc);
        orphan.arg(source);
        fails(
            gcc,
            tally,
            &format!("section {section} without a place"),
            orphan,
            &[&soft, &veneers],
            &format!("unplaced orphan section `{section}'"),
        )?;
    }

    let mut float = start(gcc);
    float.args(HARD_FLOAT);
    let expected = "uses VFP register arguments";
    fails(
        gcc,
        tally,
        "soft library for hard float",
        float,
        &[&soft, &veneers],
        expected,
    )?;

    let mut float = start(gcc);
    float.args(HARD_FLOAT);
    let outcome = link(gcc, float, &[&hard, &veneers])?;
    tally.count("C links for hard float", outcome);
    Ok(())
}

/// The minimal example with its surroundings, up to the libraries.
fn start(gcc: &Gcc<'_>) -> Command {
    let mut command = gcc.command();
    command.arg(gcc.kit.join("examples/minimal/main.c"));
    command.args(Gcc::sources(&gcc.kit.join("support")).unwrap_or_default());
    command
}

/// Links; the error is what the linker said.
fn link(gcc: &Gcc<'_>, mut command: Command, libraries: &[&str]) -> Result<Result<(), String>> {
    command.args(libraries);
    command.arg("-o").arg(gcc.room.path("linked.elf"));
    Ok(process::output(&mut command)
        .map(|_| ())
        .map_err(|error| format!("{error:#}")))
}

/// Linking must fail and say `expected`.
fn fails(
    gcc: &Gcc<'_>,
    tally: &mut Tally,
    name: &str,
    command: Command,
    libraries: &[&str],
    expected: &str,
) -> Result<()> {
    let outcome = match link(gcc, command, libraries)? {
        Ok(()) => Err("it was linked".into()),
        Err(text) if text.contains(expected) => Ok(()),
        Err(text) => Err(format!("the linker did not say `{expected}`:\n{text}")),
    };
    tally.count(&format!("linker refuses: {name}"), outcome);
    Ok(())
}
