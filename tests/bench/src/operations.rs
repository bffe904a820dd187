// SPDX-License-Identifier: Apache-2.0
//! Instructions of each operation, as a non-secure application counts them.
//!
//! `-icount` makes time a function of the instructions executed, so the counts are the same on
//! every host. The application prints `bench NAME COUNT` for each.

use anyhow::{Result, bail};
use builder::device::development_otp;
use builder::firmware::{Application, SecureWorld};
use builder::flash_file::FlashFile;
use builder::options::Configured;
use builder::qemu::{Event, Machine, Settings};
use builder::workspace::Workspace;
use std::time::Duration;

/// The application that measures.
pub const BENCH: Application = Application {
    package: "on-target",
    binary: "bench",
};

const TIME: Duration = Duration::from_secs(120);

/// Runs the application in `image` to its end on a device fresh from the factory, and returns its
/// output.
pub fn run(
    workspace: &Workspace,
    configured: &Configured,
    world: &SecureWorld,
    image: &[u8],
    arguments: &[&str],
    options: &[&str],
) -> Result<Vec<String>> {
    let effective = &configured.effective;
    let flash = FlashFile::create(
        &configured.folder.join("bench-flash.bin"),
        effective,
        &development_otp(workspace, effective)?,
    )?;
    flash.write("primary", image)?;
    let settings = Settings {
        effective,
        boot_elf: world.boot_elf()?,
        flash: flash.path(),
        arguments,
        options,
    };
    let mut machine = Machine::start(&settings, TIME)?;
    let event = machine.wait_for_exit(|_| ())?;
    let output = machine.seen().join("\n");
    match event {
        Event::Exit(status) if status.success() => {}
        Event::Exit(status) => bail!("the measuring application ended with {status}:\n{output}"),
        _ => bail!("the measuring application hangs:\n{output}"),
    }
    Ok(machine.seen().to_vec())
}

/// The rows among these lines.
pub fn counts(lines: &[String]) -> Vec<(String, u64)> {
    lines.iter().filter_map(|line| count(line)).collect()
}

fn count(line: &str) -> Option<(String, u64)> {
    let (name, count) = line.strip_prefix("bench ")?.split_once(' ')?;
    Some((name.into(), count.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn lines_of_counts_are_known() {
        assert_eq!(
            count("bench psa_version 92"),
            Some(("psa_version".into(), 92))
        );
        for other in ["bench", "bench x", "bench x y", "test x 3", "bench x -1"] {
            assert_eq!(count(other), None, "{other}");
        }
    }
}
