// SPDX-License-Identifier: Apache-2.0
//! The developers' kit: a folder from which applications in C are built without this repository.
//!
//! Its texts are in `client/c`, where `@NAME@` is replaced by a value of the build; what depends on
//! the configuration is generated. Everything is written anew, so that nothing of an older kit
//! is left.

mod generated;
mod library;
mod signing_program;
mod template;

use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::{Builder, SecureWorld};
use builder::workspace::{read, write_if_changed};
use configure::emit_linker;
use std::fs;
use std::path::Path;
use template::Values;

pub use library::{COMPILER, MACHINE};

/// A folder's name by which one knows a kit.
const VERSION_FILE: &str = "VERSION";

/// Writes the kit for a built secure world to `folder`.
pub fn write(builder: &Builder<'_>, world: &SecureWorld, folder: &Path) -> Result<()> {
    make_room(folder)?;
    let effective = &builder.configured.effective;
    let layout = generated::layout(builder, world)?;
    let published = generated::published_key(builder)?;
    let values = Values::new(&layout, effective, published.is_some());

    let kit = Kit { folder };
    kit.text(VERSION_FILE, &generated::version(&layout))?;
    kit.text("README.md", &values.fill("kit/README.md.in")?)?;
    kit.text("layout.json", &serde_json::to_string_pretty(&layout)?)?;

    for folder in ["include/", "link/", "support/", "examples/"] {
        kit.texts(folder)?;
    }
    kit.text("include/casemate/version.h", &values.fill("version.h.in")?)?;
    kit.text(
        "include/casemate/layout.h",
        &generated::layout_header(&layout),
    )?;
    kit.text(
        "include/psa_manifest/sid.h",
        &generated::services_header(effective),
    )?;
    kit.text(
        "include/casemate/crypto_config.h",
        &generated::crypto_header(effective),
    )?;

    let memory = emit_linker::nonsecure(effective, world.nonsecure_start);
    let memory = memory.map_err(anyhow::Error::msg)?;
    kit.text("link/nonsecure_memory.ld", &memory)?;
    let driver = effective.text("nonsecure.console.driver");
    let console = values.fill(&format!("console/{driver}.c.in"))?;
    kit.text("support/console.c", &console)?;

    kit.text(
        "cmake/CasemateConfig.cmake",
        template::text("kit/CasemateConfig.cmake")?,
    )?;
    for name in ["CasemateConfigVersion.cmake", "arm-none-eabi.cmake"] {
        let text = values.fill(&format!("kit/{name}.in"))?;
        kit.text(&format!("cmake/{name}"), &text)?;
    }
    for abi in &library::FLOAT_ABIS {
        let values = values.with_float_abi(abi);
        let text = values.fill("kit/casemate.pc.in")?;
        kit.text(&format!("pkgconfig/casemate{}.pc", abi.suffix), &text)?;
        library::build(builder, &kit, abi)?;
    }
    kit.copy(&world.veneers, "lib/s_veneers.o")?;

    for (image, elf) in world.images() {
        kit.copy(elf, &format!("image/{image}.elf"))?;
    }
    kit.bytes("image/secure.bin", &world.payload.bytes)?;
    if let Some(key) = published {
        kit.copy(&key, "image/development_key.pem")?;
    }
    signing_program::add(builder, &kit)
}

/// An empty folder, or one that held a kit before.
fn make_room(folder: &Path) -> Result<()> {
    check_folder(folder)?;
    if folder.join(VERSION_FILE).exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Ok(())
}

/// Whether a kit may be written there: into an empty folder, a new one, or an older kit.
///
/// # Errors
/// It is something else.
pub fn check_folder(folder: &Path) -> Result<()> {
    ensure!(
        folder.is_dir() || folder.symlink_metadata().is_err(),
        "{} is no folder",
        folder.display()
    );
    if folder.join(VERSION_FILE).exists() {
        return Ok(());
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(
            "{} holds other things than a kit: name an empty folder",
            folder.display()
        );
    }
    Ok(())
}

/// The folder that is being filled.
struct Kit<'a> {
    folder: &'a Path,
}

impl Kit<'_> {
    fn bytes(&self, name: &str, content: &[u8]) -> Result<()> {
        let file = self.folder.join(name);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        write_if_changed(&file, content).map(|_| ())
    }

    fn text(&self, name: &str, content: &str) -> Result<()> {
        self.bytes(name, content.as_bytes())
    }

    fn copy(&self, from: &Path, name: &str) -> Result<()> {
        self.bytes(name, &read(from)?)
    }

    /// All files of the C client library whose paths begin so.
    fn texts(&self, folder: &str) -> Result<()> {
        client_c::FILES
            .iter()
            .filter(|(name, _)| name.starts_with(folder))
            .try_for_each(|(name, text)| self.text(name, text))
    }
}
