// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask run`: from whatever is there to the demonstration in QEMU.

use crate::device::development_otp;
use crate::firmware::{Builder, DEMO};
use crate::flash_file::FlashFile;
use crate::options::BuildOptions;
use crate::qemu::{Event, Machine, Settings};
use crate::report;
use crate::setup;
use crate::workspace::{Workspace, read};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use provisioning::Device;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The boot ROM says so, and stops. A refused upgrade is another line: the device goes on.
const REFUSED: &str = "boot: refused ";

/// Build all that has changed, start the device in QEMU and hash a file on it
///
/// The device keeps its flash in target/casemate/BOARD/flash.bin from run to run.
#[derive(Args)]
pub struct Run {
    /// File that the demonstration hashes [default: README.md of the repository]
    file: Option<PathBuf>,
    #[command(flatten)]
    options: BuildOptions,
    /// Start with a device fresh from the factory
    #[arg(long)]
    fresh: bool,
    /// Seconds after which the device counts as hung
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
}

impl Run {
    /// Builds, runs, and compares the digest that the device printed with our own.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let file = self
            .file
            .clone()
            .unwrap_or_else(|| workspace.root.join("README.md"));
        let content = read(&file)?;
        let toolchain = setup::prepare(true)?;
        let configured = self.options.configure(workspace)?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let image = builder.application(&world, DEMO)?;

        let effective = &configured.effective;
        let path = workspace
            .folder(&[effective.text("board.name")])?
            .join("flash.bin");
        let kept = if self.fresh {
            None
        } else {
            FlashFile::open(&path, effective)?
        };
        let flash = match kept {
            Some(flash) => flash,
            None => FlashFile::create(&path, effective, &development_otp(workspace, effective)?)?,
        };
        if let Err(error) = Device::read(&flash.read("otp")?) {
            bail!(
                "the device in {} starts nothing, {error}: `--fresh` takes a new one",
                path.display()
            );
        }
        flash.write("primary", &read(&image.signed)?)?;

        let name = file.to_str().context("the name of the file is not UTF-8")?;
        let settings = Settings {
            effective,
            boot_elf: &world.boot_elf,
            flash: flash.path(),
            arguments: &[DEMO.binary, name],
            options: &[],
        };
        let mut machine = Machine::start(&settings, Duration::from_secs(self.timeout))?;
        let refused = |line: &str| line.starts_with(REFUSED);
        match machine.wait_for(refused, |line| report::say(format_args!("{line}")))? {
            Event::Line(_) => bail!(
                "the boot ROM starts nothing; `--fresh` takes a device fresh from the factory, \
                 whose security counter is that of the configuration"
            ),
            Event::Exit(status) if status.success() => {}
            Event::Exit(status) => {
                let code = status
                    .code()
                    .and_then(|code| u8::try_from(code).ok())
                    .unwrap_or(1);
                return Ok(ExitCode::from(code.max(1)));
            }
            _ => bail!(
                "the device did not finish within {} seconds; `--timeout SECONDS` gives it more",
                self.timeout
            ),
        }
        let digest = hex::encode(Sha256::digest(&content));
        if !machine.seen().iter().any(|line| line.contains(&digest)) {
            bail!("the device printed another digest than that of {name}, which is {digest}");
        }
        report::say(format_args!("The digest is that of {name}."));
        Ok(ExitCode::SUCCESS)
    }
}
