// SPDX-License-Identifier: Apache-2.0
//! The boot ROM and the secure image.

use super::compile::Types;
use super::elf::Linked;
use super::stack_sizes::Deepest;
use super::{Builder, signing, stack_sizes, veneers};
use crate::workspace::{read, write_if_changed};
use anyhow::{Context as _, Result, bail};
use configure::stacks;
use signer::Payload;
use std::fs;
use std::path::{Path, PathBuf};

/// The images of the board's package: without the first where the device has a boot loader of its
/// own.
const IMAGES: [&str; 2] = ["boot", "secure"];

/// The built secure world, and what it tells a non-secure image.
#[derive(Clone)]
pub struct SecureWorld {
    /// What the processor starts at reset: the boot ROM, or the boot loader that was named.
    boot: Option<PathBuf>,
    /// Whether that is our boot ROM.
    has_boot_rom: bool,
    /// The secure image.
    pub secure_elf: PathBuf,
    /// The import object.
    pub veneers: PathBuf,
    /// Where a non-secure image starts.
    pub nonsecure_start: u64,
    /// The bytes of the secure image.
    pub payload: Payload,
    /// At how many priorities non-secure handlers may be within the gateway at once.
    handler_levels: u64,
}

impl SecureWorld {
    /// What the processor starts at reset.
    ///
    /// # Errors
    /// The device has a boot loader of its own, and none was named.
    pub fn boot_elf(&self) -> Result<&Path> {
        self.boot.as_deref().context(
            "`boot.loader` is \"none\", so there is no boot ROM: `run --loader ELF` starts the \
             device's own boot loader (examples/own_boot_loader is one, docs/own-boot-loader.md \
             tells what it has to do)",
        )
    }

    /// The same secure world, started by a boot loader of the device.
    #[must_use]
    pub fn with_loader(mut self, elf: PathBuf) -> Self {
        self.boot = Some(elf);
        self
    }

    /// The images that were built, by name.
    pub fn images(&self) -> Vec<(&'static str, &Path)> {
        let boot_rom = self.boot.as_deref().filter(|_| self.has_boot_rom);
        let boot_rom = boot_rom.map(|elf| (IMAGES[0], elf));
        let secure = (IMAGES[1], self.secure_elf.as_path());
        boot_rom.into_iter().chain([secure]).collect()
    }

    /// The static bound of each stack: `boot_main`, `secure_process`, `secure_main`.
    pub fn stacks(&self) -> Result<Vec<(String, u64)>> {
        let deepest = self.deepest_calls()?.into_iter();
        Ok(deepest.map(|(name, stack)| (name, stack.bytes)).collect())
    }

    /// The same, with the calls that lead there.
    pub fn deepest_calls(&self) -> Result<Vec<(String, Deepest)>> {
        let mut named = Vec::new();
        for (image, elf) in self.images() {
            for deepest in stack_sizes::deepest(image, self.handler_levels, &read(elf)?)? {
                let stack = match deepest.symbol {
                    stacks::PROCESS => "process",
                    stacks::MAIN => "main",
                    _ => continue,
                };
                named.push((format!("{image}_{stack}"), deepest));
            }
        }
        Ok(named)
    }
}

impl Builder<'_> {
    /// Builds boot ROM and secure image, the stacks as large as their static bound.
    pub fn secure_world(&self) -> Result<SecureWorld> {
        let mut images = self.link_secure_world()?;
        if !self.configured.is_debug() && self.update_stacks(&images)? {
            images = self.link_secure_world()?;
        }
        let secure_elf = images.pop().context("no secure image was built")?;
        self.describe(images.pop(), secure_elf)
    }

    /// The names of the images of this configuration.
    fn images(&self) -> &'static [&'static str] {
        match self.configured.effective.has_boot_rom() {
            true => &IMAGES,
            false => &IMAGES[1..],
        }
    }

    fn stacks_file(&self, image: &str) -> PathBuf {
        self.configured.folder.join(format!("{image}_stacks.ld"))
    }

    /// Builds the secure image once more, with the types of its objects in its debugging
    /// information. Its code is not exactly that of the image; its objects are.
    pub fn described_objects(&self) -> Result<PathBuf> {
        let (package, variables) = self.inputs_of_secure_world()?;
        let built = self.compile(&package, &["secure"], &variables, Types::Described)?;
        let [secure] = &built[..] else {
            bail!("{package} has no image `secure`")
        };
        self.keep(secure, self.configured.folder.join("secure_objects.elf"))
    }

    /// Links with the stacks that the last build found, or at first with the limits.
    fn link_secure_world(&self) -> Result<Vec<PathBuf>> {
        let (package, variables) = self.inputs_of_secure_world()?;
        let built = self.compile(&package, self.images(), &variables, Types::Without)?;
        let named = self.images().iter().zip(&built);
        named
            .map(|(name, elf)| self.keep(elf, self.configured.folder.join(format!("{name}.elf"))))
            .collect()
    }

    /// The package of the images, and what its build scripts read from the environment.
    fn inputs_of_secure_world(&self) -> Result<(String, Vec<(&'static str, String)>)> {
        let mut variables = Vec::new();
        for image in self.images().iter().copied() {
            let file = self.stacks_file(image);
            let limits = stacks::limits(&self.configured.effective, image);
            // A file of an older build may lack a symbol.
            let last = fs::read_to_string(&file).unwrap_or_default();
            let complete = limits.iter().all(|(symbol, _)| last.contains(symbol));
            if self.configured.is_debug() || !complete {
                write_if_changed(&file, stacks::fragment(&limits).as_bytes())?;
            }
            variables.push((stack_sizes::variable(image), file.display().to_string()));
        }
        if let Some(file) = self.signing_keys_file()? {
            variables.push(("CASEMATE_SIGNING_KEYS", file.display().to_string()));
        }
        let board = self.configured.effective.text("board.name");
        Ok((self.workspace.firmware_package(board)?, variables))
    }

    /// The public keys that are to be built in, if any: a line of hexadecimal digits each.
    fn signing_keys_file(&self) -> Result<Option<PathBuf>> {
        let keys = signing::built_in_keys(&self.configured.effective)?;
        if keys.is_empty() {
            return Ok(None);
        }
        let file = self.configured.folder.join("signing_keys");
        let lines = keys.iter().map(|key| hex::encode(&key.encoded) + "\n");
        write_if_changed(&file, lines.collect::<String>().as_bytes())?;
        Ok(Some(file))
    }

    /// Writes the static bounds where they differ from what was linked.
    fn update_stacks(&self, images: &[PathBuf]) -> Result<bool> {
        let mut changed = false;
        for (image, elf) in self.images().iter().zip(images) {
            let bounds = stack_sizes::bounds(&self.configured.effective, image, &read(elf)?)
                .with_context(|| format!("the stacks of `{image}` have no static bound"))?;
            stack_sizes::check(&self.configured.effective, image, &bounds)?;
            changed |= write_if_changed(
                &self.stacks_file(image),
                stacks::fragment(&bounds).as_bytes(),
            )?;
        }
        Ok(changed)
    }

    fn describe(&self, boot: Option<PathBuf>, secure_elf: PathBuf) -> Result<SecureWorld> {
        let data = read(&secure_elf)?;
        let secure = Linked::parse(&data)?;
        let object = veneers::import_object(
            &secure.symbols(veneers::is_veneer),
            env!("CARGO_PKG_VERSION"),
        )?;
        let file = self.configured.folder.join("s_veneers.o");
        write_if_changed(&file, &object)?;
        let payload = Payload::from_elf(&data)?;
        let expected = self.configured.effective.image_address();
        if payload.address != expected {
            bail!(
                "the secure image starts at {:#x} instead of {expected:#x}, behind the header in \
                 the primary slot: look at secure.ld",
                payload.address
            );
        }
        Ok(SecureWorld {
            boot,
            has_boot_rom: self.configured.effective.has_boot_rom(),
            secure_elf,
            veneers: file,
            nonsecure_start: secure.symbol("__nonsecure_start")?,
            payload,
            handler_levels: stack_sizes::handler_levels(&self.configured.effective),
        })
    }
}
