// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate run`: builds what has changed and runs the application in QEMU.

mod debugger;
mod watch;

use crate::application;
use anyhow::{Context as _, Result, bail, ensure};
use builder::attestation::{CHALLENGE_OPTION, TOKEN, Verifier, has_tokens};
use builder::device::development_otp;
use builder::firmware::{Builder, Image, SecureWorld};
use builder::flash_file::FlashFile;
use builder::options::{BuildOptions, Configured, Selection};
use builder::qemu::{Event, Machine, Settings, TERMINAL};
use builder::report;
use builder::setup;
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;
use configure::Effective;
use debugger::Debugger;
use provisioning::Device;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use watch::Watch;

/// A configuration whose boot ROM has serial recovery.
const RECOVERY_EXAMPLE: &str = "profiles/examples/serial_recovery.toml";

/// Build what has changed and start the device in QEMU with the application
///
/// In a product it is the product's application; in the tree of Casemate it is the demonstration,
/// which hashes a file, or the tests, where `test.secure` or `test.nonsecure` is true. `--nonsecure`
/// names another one. The command ends with the application's status. The device keeps its flash in
/// a file from run to run; one command at a time has it.
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
    /// Boot loader of a device that has its own (`boot.loader`): a linked program, or the folder of
    /// a package that is built
    #[arg(long, value_name = "ELF")]
    loader: Option<PathBuf>,
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
    /// Wait for gdb before the first instruction, at this port of the host or at a free one, and
    /// print what to type
    #[arg(long, value_name = "PORT", num_args = 0..=1, require_equals = true,
        default_missing_value = "0", conflicts_with = "recovery")]
    gdb: Option<u16>,
    /// Seconds after which the device counts as hung [default: 60; with --gdb, a month]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

/// After so many seconds a device counts as hung.
const TIMEOUT_SECONDS: u64 = 60;
/// No device is waited for longer; the clock of the host ends somewhere.
const SECONDS_MAX: u64 = 30 * 24 * 3600;

impl Run {
    /// One run on a device of its own, fresh from the factory.
    pub fn fresh(options: BuildOptions, timeout: u64, workspace: &Workspace) -> Result<Self> {
        let flash = workspace.folder(&["test"])?.join("flash.bin");
        Ok(Self {
            file: None,
            nonsecure: None,
            token: None,
            options,
            loader: None,
            deterministic: false,
            fresh: true,
            flash: Some(flash),
            recovery: false,
            gdb: None,
            timeout: Some(timeout),
        })
    }

    /// Builds, runs, and compares the digest that the demonstration printed with our own.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let selection = self.options.selection().or_last_build(workspace);
        self.execute_with(&selection, workspace)
    }

    /// The same with this configuration, whatever was built last.
    pub fn execute_with(&self, selection: &Selection, workspace: &Workspace) -> Result<ExitCode> {
        self.check_files(workspace)?;
        let configured = selection.configure(workspace)?;
        application::check(workspace, &configured.effective)?;
        self.check_loader(&configured.effective)?;
        self.check_device(workspace, &configured.effective)?;
        if self.gdb.is_some() {
            setup::prepare_with(&setup::FOR_DEBUGGING)?;
        }
        let toolchain = setup::prepare(true)?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let mut world = builder.secure_world()?;
        if let Some(loader) = &self.loader {
            world = world.with_loader(builder.boot_loader(loader)?);
        }
        let image = match &self.nonsecure {
            Some(application) => builder.foreign_application(&world, application)?,
            None => application::build(&builder, &world)?,
        };
        let flash = self.device(workspace, &configured.effective)?;
        let is_tests =
            self.nonsecure.is_none() && application::is_tests(workspace, &configured.effective);
        let debugger = self
            .gdb
            .map(|port| Debugger::prepare(port, &world, &image))
            .transpose()?;
        let watch = Watch {
            workspace,
            configured: &configured,
            world: &world,
            flash: &flash,
            image: &image,
            is_deterministic: self.deterministic || is_tests,
            timeout_seconds: self.timeout,
            debugger: debugger.as_ref(),
        };
        let name = match &self.nonsecure {
            Some(application) => text(application)?,
            None => application::name(&builder),
        };
        if self.recovery {
            return self.recover(&configured, &world, &flash, &image, name);
        }
        if self.nonsecure.is_some() || workspace.product.is_some() || is_tests {
            let mut arguments = vec![name];
            arguments.extend(self.file.as_deref().map(text).transpose()?);
            return Ok(watch.run(&arguments, |line| self.show(line))?.0);
        }
        self.demonstrate(&watch, name)
    }

    /// What is named has to be there before anything is built.
    fn check_files(&self, workspace: &Workspace) -> Result<()> {
        // What another application makes of its argument is its own affair.
        let is_hashed = self.nonsecure.is_none() && workspace.product.is_none();
        let hashed = self.file.as_ref().filter(|_| is_hashed);
        for file in hashed.into_iter().chain(&self.nonsecure) {
            File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
            ensure!(!file.is_dir(), "{} is a folder", file.display());
        }
        for (option, file) in [("--token", &self.token), ("--flash", &self.flash)] {
            let folder = file.as_deref().and_then(Path::parent);
            let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
            ensure!(
                folder.is_none_or(Path::is_dir),
                "`{option}`: there is no folder {}",
                folder.unwrap_or(Path::new("")).display()
            );
        }
        Ok(())
    }

    /// A device that another command has is refused before anything is built.
    fn check_device(&self, workspace: &Workspace, effective: &Effective) -> Result<()> {
        FlashFile::open(&self.flash_path(workspace, effective)?, effective).map(drop)
    }

    /// Runs the demonstration, and checks what it says.
    fn demonstrate(&self, watch: &Watch<'_>, name: &str) -> Result<ExitCode> {
        let file = self
            .file
            .clone()
            .unwrap_or_else(|| watch.workspace.root.join("README.md"));
        let digest = hex::encode(Sha256::digest(read(&file)?));
        let (effective, image) = (&watch.configured.effective, watch.image);
        let verifier = has_tokens(effective)
            .then(|| Verifier::new(effective, &watch.flash.read("otp")?, &read(&image.signed)?))
            .transpose()?;
        let challenge = verifier.as_ref().map(Verifier::challenge);
        let mut arguments = vec![name];
        if let Some(challenge) = &challenge {
            arguments.extend([CHALLENGE_OPTION, challenge]);
        }
        arguments.push(text(&file)?);
        let (code, lines) = watch.run(&arguments, |line| self.show(line))?;
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

    /// A device with a boot loader of its own needs one, another has no use for it. Said before
    /// anything is built.
    fn check_loader(&self, effective: &Effective) -> Result<()> {
        match (&self.loader, effective.has_boot_rom()) {
            (None, false) => bail!(
                "`boot.loader` is \"none\": name the device's own boot loader by `--loader ELF`; \
                 `--loader examples/own_boot_loader` builds and starts the example of \
                 docs/own-boot-loader.md"
            ),
            (Some(loader), true) => bail!(
                "{}: this configuration has a boot ROM, `--loader` is for `--set boot.loader=none`",
                loader.display()
            ),
            (Some(loader), _) if !loader.exists() => {
                bail!("{} is not there", loader.display())
            }
            _ => Ok(()),
        }
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
            boot_elf: world.boot_elf()?,
            flash: flash.path(),
            arguments: &[name, text(&image.signed)?],
            options: &TERMINAL,
        };
        let seconds = self.timeout.unwrap_or(TIMEOUT_SECONDS).min(SECONDS_MAX);
        let mut machine = Machine::start(&settings, Duration::from_secs(seconds))?;
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
            _ => bail!("nothing ran within {seconds} seconds; `--timeout SECONDS` gives it more"),
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

    fn flash_path(&self, workspace: &Workspace, effective: &Effective) -> Result<PathBuf> {
        match &self.flash {
            Some(path) => Ok(path.clone()),
            None => {
                let folder = workspace.folder(&[effective.text("board.name")])?;
                Ok(folder.join("flash.bin"))
            }
        }
    }

    /// The device's flash: that of the last run, or a new one.
    fn device<'a>(&self, workspace: &Workspace, effective: &'a Effective) -> Result<FlashFile<'a>> {
        let path = self.flash_path(workspace, effective)?;
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
