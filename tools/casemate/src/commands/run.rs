// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate run`: builds what has changed and runs the application in QEMU.

use crate::application;
use anyhow::{Context as _, Result, bail};
use builder::attestation::{CHALLENGE_OPTION, TOKEN, Verifier, has_tokens};
use builder::device::development_otp;
use builder::firmware::{Builder, DEMO, Image, SecureWorld};
use builder::flash_file::FlashFile;
use builder::options::{BuildOptions, Configured};
use builder::qemu::{DETERMINISTIC, Event, Machine, Settings, TERMINAL};
use builder::report;
use builder::setup;
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;
use configure::Effective;
use provisioning::Device;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// The boot ROM says so, and stops. A refused upgrade is another line: the device goes on.
const REFUSED: &str = "boot: refused ";
/// A configuration whose boot ROM has serial recovery.
const RECOVERY_EXAMPLE: &str = "profiles/examples/serial_recovery.toml";

/// Build what has changed and start the device in QEMU with the application
///
/// In a product it is the product's application; in the tree of Casemate it is the demonstration,
/// which hashes a file. `--nonsecure` names another one. The command ends with the application's
/// status. The device keeps its flash in a file from run to run; one command at a time has it.
#[derive(Args)]
pub struct Run {
    /// File that the demonstration hashes [default: README.md of the tree]; another application
    /// finds the name on its command line
    file: Option<PathBuf>,
    /// Application to start in place of the usual one: an ELF file linked for the secure
    /// image, or its binary
    #[arg(long, value_name = "APP")]
    nonsecure: Option<PathBuf>,
    /// Write the token of the device to this file, for the command `token`
    #[arg(long, value_name = "FILE", conflicts_with = "nonsecure")]
    token: Option<PathBuf>,
    #[command(flatten)]
    options: BuildOptions,
    /// Let time follow the instructions executed, as the tests do: interrupts come at the same
    /// places in every run
    #[arg(long)]
    deterministic: bool,
    /// Start with a device fresh from the factory
    #[arg(long)]
    fresh: bool,
    /// The device: a file with its flash [default: target/casemate/BOARD/flash.bin]
    #[arg(long, value_name = "FILE")]
    flash: Option<PathBuf>,
    /// Start a device in serial recovery, its console on a terminal, and wait for an image
    #[arg(long, conflicts_with_all = ["file", "nonsecure", "token"])]
    recovery: bool,
    /// Seconds after which the device counts as hung
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
}

impl Run {
    /// One run on a device of its own, fresh from the factory.
    pub fn fresh(options: BuildOptions, timeout: u64, workspace: &Workspace) -> Result<Self> {
        let flash = workspace.folder(&["test"])?.join("flash.bin");
        Ok(Self {
            file: None,
            nonsecure: None,
            token: None,
            options,
            deterministic: false,
            fresh: true,
            flash: Some(flash),
            recovery: false,
            timeout,
        })
    }

    /// Builds, runs, and compares the digest that the demonstration printed with our own.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let toolchain = setup::prepare(true)?;
        let configured = self.options.configure(workspace)?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let flash = self.device(workspace, &configured.effective)?;
        if let Some(application) = &self.nonsecure {
            let image = builder.foreign_application(&world, application)?;
            let mut arguments = vec![text(application)?];
            arguments.extend(self.file.as_deref().map(text).transpose()?);
            let outcome = self.start(&configured, &world, &flash, &image, &arguments)?;
            return Ok(outcome.0);
        }
        let image = application::build(&builder, &world)?;
        if self.recovery {
            let name = application::name(&builder);
            return self.recover(&configured, &world, &flash, &image, name);
        }
        if workspace.product.is_some() {
            let mut arguments = vec![application::name(&builder)];
            arguments.extend(self.file.as_deref().map(text).transpose()?);
            let outcome = self.start(&configured, &world, &flash, &image, &arguments)?;
            return Ok(outcome.0);
        }
        let file = self
            .file
            .clone()
            .unwrap_or_else(|| workspace.root.join("README.md"));
        let digest = hex::encode(Sha256::digest(read(&file)?));
        let effective = &configured.effective;
        let verifier = has_tokens(effective)
            .then(|| Verifier::new(effective, &flash.read("otp")?, &read(&image.signed)?))
            .transpose()?;
        let challenge = verifier.as_ref().map(Verifier::challenge);
        let mut arguments = vec![DEMO.binary];
        if let Some(challenge) = &challenge {
            arguments.extend([CHALLENGE_OPTION, challenge]);
        }
        arguments.push(text(&file)?);
        let (code, lines) = self.start(&configured, &world, &flash, &image, &arguments)?;
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
        let name = file.display();
        if !lines.iter().any(|line| line.contains(&digest)) {
            bail!("the device printed another digest than that of {name}, which is {digest}");
        }
        report::say(format_args!("The digest is that of {name}."));
        let Some(verifier) = verifier else {
            return Ok(code);
        };
        let token = lines.iter().find_map(|line| line.strip_prefix(TOKEN));
        let token = token.context("the device printed no token")?;
        if let Some(file) = &self.token {
            let bytes = hex::decode(token).context("the token has to be hexadecimal digits")?;
            write_if_changed(file, &bytes)?;
        }
        let judgement = verifier.verify(token)?;
        report::say(&judgement);
        Ok(if judgement.verified {
            code
        } else {
            ExitCode::FAILURE
        })
    }

    /// Runs an image to its end; its status, and what it printed.
    fn start(
        &self,
        configured: &Configured,
        world: &SecureWorld,
        flash: &FlashFile<'_>,
        image: &Image,
        arguments: &[&str],
    ) -> Result<(ExitCode, Vec<String>)> {
        flash.write("primary", &read(&image.signed)?)?;
        let settings = Settings {
            effective: &configured.effective,
            boot_elf: &world.boot_elf,
            flash: flash.path(),
            arguments,
            options: if self.deterministic {
                &DETERMINISTIC
            } else {
                &[]
            },
        };
        let mut machine = Machine::start(&settings, Duration::from_secs(self.timeout))?;
        let refused = |line: &str| line.starts_with(REFUSED);
        let code = match machine.wait_for(refused, |line| self.show(line))? {
            Event::Line(_) => bail!(
                "the boot ROM starts nothing; `--fresh` takes a device fresh from the factory, \
                 whose security counter is that of the configuration"
            ),
            Event::Exit(status) if status.success() => ExitCode::SUCCESS,
            Event::Exit(status) => {
                let code = status
                    .code()
                    .and_then(|code| u8::try_from(code).ok())
                    .unwrap_or(1);
                ExitCode::from(code.max(1))
            }
            _ => bail!(
                "the device did not finish within {} seconds; `--timeout SECONDS` gives it more",
                self.timeout
            ),
        };
        Ok((code, machine.seen().to_vec()))
    }

    /// Starts a device with an empty primary slot, whose image is to come over its console, and
    /// goes on until the application ends.
    fn recover(
        &self,
        configured: &Configured,
        world: &SecureWorld,
        flash: &FlashFile<'_>,
        image: &Image,
        name: &str,
    ) -> Result<ExitCode> {
        if !configured.effective.flag("boot.recovery") {
            bail!("this boot ROM has no recovery: type `--config {RECOVERY_EXAMPLE}`");
        }
        flash.write("primary", &[])?;
        let settings = Settings {
            effective: &configured.effective,
            boot_elf: &world.boot_elf,
            flash: flash.path(),
            arguments: &[name, text(&image.signed)?],
            options: &TERMINAL,
        };
        let mut machine = Machine::start(&settings, Duration::from_secs(self.timeout))?;
        report::say(format_args!("The console is {}", machine.terminal()?));
        report::say(format_args!("An image is {}", image.signed.display()));
        let is_frame = |line: &str| line.starts_with(['\u{4}', '\u{6}']);
        let event = machine.wait_for_exit(|line| {
            if !is_frame(line) {
                self.show(line);
            }
        })?;
        match event {
            Event::Exit(status) if status.success() => Ok(ExitCode::SUCCESS),
            Event::Exit(status) => bail!("the application ended with {status}"),
            _ => bail!(
                "nothing ran within {} seconds; `--timeout SECONDS`",
                self.timeout
            ),
        }
    }

    /// Shows a line of the device; of the demonstration's token, which is long, only
    /// its size.
    fn show(&self, line: &str) {
        match line.strip_prefix(TOKEN) {
            Some(digits) if self.nonsecure.is_none() => {
                report::say(format_args!("{TOKEN}{} bytes", digits.len() / 2));
            }
            _ => report::say(line),
        }
    }

    /// The device's flash: that of the last run, or a new one.
    fn device<'a>(&self, workspace: &Workspace, effective: &'a Effective) -> Result<FlashFile<'a>> {
        let path = match &self.flash {
            Some(path) => path.clone(),
            None => workspace
                .folder(&[effective.text("board.name")])?
                .join("flash.bin"),
        };
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
        Ok(flash)
    }
}

/// A path as it goes on a command line.
fn text(path: &Path) -> Result<&str> {
    path.to_str()
        .with_context(|| format!("the name {} is not UTF-8", path.display()))
}
