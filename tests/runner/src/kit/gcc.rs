// SPDX-License-Identifier: Apache-2.0
//! Builds applications from a kit with make, with CMake and with the compiler alone.

use super::room::Room;
use crate::Tally;
use anyhow::{Context as _, Result};
use builder::process;
use configure::Effective;
use kit::{COMPILER, MACHINE};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The kit and where to build.
pub struct Gcc<'a> {
    /// The kit.
    pub kit: &'a Path,
    /// Where things are built.
    pub room: &'a Room,
    /// The services of the image, by their names.
    pub services: Vec<&'a str>,
}

/// The names of the services that applications may call.
pub fn services(effective: &Effective) -> Vec<&str> {
    let partitions = effective.partitions().iter();
    let services = partitions.flat_map(|partition| &partition.services);
    let open = services.filter(|service| service.non_secure_clients);
    open.map(|service| service.name.as_str()).collect()
}

/// Whether a program is linked with the client library, or with the veneers alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// It is.
    Linked,
    /// It brings its own.
    Absent,
}

const OPTIONS: [&str; 13] = [
    "-std=c11",
    "-Os",
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Werror",
    "-ffunction-sections",
    "-fdata-sections",
    "-nostartfiles",
    "--specs=nano.specs",
    "-Wl,--gc-sections",
    "-Wl,--orphan-handling=error",
    "-Tnonsecure.ld",
];

impl Gcc<'_> {
    /// A compiler for programs, with everything but sources and libraries.
    pub fn command(&self) -> Command {
        let mut command = Command::new(COMPILER);
        command.args(MACHINE).args(OPTIONS);
        for (option, folder) in [("-I", "include"), ("-I", "support"), ("-L", "link")] {
            command.arg(format!("{option}{}", self.kit.join(folder).display()));
        }
        command
    }

    /// The C files of a folder.
    pub fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .with_context(|| folder.display().to_string())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|kind| kind == "c"));
        files.sort();
        Ok(files)
    }

    /// Compiles, links and signs the sources of a folder.
    pub fn signed(&self, folder: &Path, library: Library) -> Result<PathBuf> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let program = self.room.path(&format!("{name}.elf"));
        let mut command = self.command();
        // What a test may ask for: `HAS` of `tests/c/test.h`.
        command.args(["-include", "casemate/crypto_config.h"]);
        let services = self.services.iter();
        command.args(services.map(|name| format!("-DSERVICE_{name}=1")));
        command
            .args(Self::sources(folder)?)
            .args(Self::sources(&self.kit.join("support"))?);
        if library == Library::Linked {
            command.arg(self.kit.join("lib/libpsa_client.a"));
        } else {
            command.arg("-Wl,--no-undefined");
        }
        command.arg(self.kit.join("lib/s_veneers.o"));
        process::output(command.arg("-o").arg(&program))?;
        let signed = program.with_extension("signed.bin");
        let mut sign = Command::new(self.kit.join("bin/casemate-sign"));
        process::output(sign.arg(&program).arg("-o").arg(&signed))?;
        Ok(signed)
    }

    /// A copy of an example of the kit.
    fn example(&self, name: &str, builder: &str) -> Result<PathBuf> {
        let from = self.kit.join("examples").join(name);
        self.room.copy(&from, &format!("{name}-by-{builder}"))
    }
}

/// Builds an example by its Makefile; `image` is what comes out.
pub fn by_make(gcc: &Gcc<'_>, example: &str, image: &str) -> Result<PathBuf> {
    let folder = gcc.example(example, "make")?;
    let mut make = Command::new("make");
    make.arg("-C").arg(&folder);
    make.arg(format!("KIT={}", gcc.kit.display()));
    process::output(&mut make)?;
    Ok(folder.join(image))
}

/// Builds an example by its CMakeLists.txt; `image` is what comes out.
pub fn by_cmake(gcc: &Gcc<'_>, example: &str, image: &str) -> Result<PathBuf> {
    let folder = gcc.example(example, "cmake")?;
    let build = folder.join("build");
    let toolchain = gcc.kit.join("cmake/arm-none-eabi.cmake");
    let mut configure = Command::new("cmake");
    configure
        .arg("-S")
        .arg(&folder)
        .arg("-B")
        .arg(&build)
        .args([
            format!("-DCMAKE_TOOLCHAIN_FILE={}", toolchain.display()),
            format!("-DCMAKE_PREFIX_PATH={}", gcc.kit.display()),
        ]);
    process::output(&mut configure)?;
    process::output(Command::new("cmake").arg("--build").arg(&build))?;
    Ok(build.join(image))
}

/// Bytes of the client library in a program, by the linker's map: the lines that end in a size
/// and a member of the archive, at an address of the image.
pub fn linked_bytes(map: &str) -> u64 {
    map.lines()
        .filter(|line| line.contains("libpsa_client.a("))
        .filter_map(|line| {
            let mut words = line.split_whitespace().rev().skip(1);
            let (size, address) = (hexadecimal(words.next()?)?, hexadecimal(words.next()?)?);
            // What was dropped, and what is not loaded, lies near address zero.
            (address >= 0x1000_0000).then_some(size)
        })
        .sum()
}

fn hexadecimal(word: &str) -> Option<u64> {
    u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()
}

/// The headers of the kit compile for the device too, in each language.
pub fn compile_headers(gcc: &Gcc<'_>, tally: &mut Tally) -> Result<()> {
    let names = [
        "psa/client.h",
        "psa/crypto.h",
        "psa/initial_attestation.h",
        "psa/internal_trusted_storage.h",
        "psa/lifecycle.h",
        "psa/protected_storage.h",
        "psa/update.h",
        "psa_manifest/sid.h",
        "casemate/layout.h",
        "casemate/lock.h",
        "casemate/crypto_config.h",
        "tfm_ns_interface.h",
        "tfm_platform_api.h",
    ];
    let line = |name: &&str| format!("#include <{name}>\n");
    let forward: String = names.iter().map(line).collect();
    let backward: String = names.iter().rev().map(line).collect();
    let file = gcc.room.write("headers.c", forward.as_bytes())?;
    let reversed = gcc.room.write("headers_backward.c", backward.as_bytes())?;
    for (compiler, language) in [
        (COMPILER, "-std=c99"),
        (COMPILER, "-std=c11"),
        ("arm-none-eabi-g++", "-std=c++17"),
    ] {
        let mut command = Command::new(compiler);
        command.args(MACHINE).args([language, "-fsyntax-only"]);
        command.args(["-Wall", "-Wextra", "-Wpedantic", "-Werror"]);
        if language == "-std=c++17" {
            command.arg("-xc++");
        }
        command.arg("-I").arg(gcc.kit.join("include"));
        command.arg(&file).arg(&reversed);
        let outcome = process::output(&mut command).map(|_| ());
        tally.check(&format!("headers of the kit {language}"), outcome);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_tells_what_was_linked() {
        let map = " .text.psa_close\n                0x00000000       0x16 lib/libpsa_client.a(c.o)\n\
                   \x20.text.psa_version\n                0x80106c7a       0x18 lib/libpsa_client.a(c.o)\n\
                   \x20.text          0x80106d80       0x16 lib/libpsa_client.a(gateway.o)\n\
                   \x20.text          0x80106e00      0x100 libc.a(printf.o)\n\
                   \x20.debug_x       0x00000010        0x4 lib/libpsa_client.a(gateway.o)\n\
                   lib/libpsa_client.a(gateway.o)\n";
        assert_eq!(linked_bytes(map), 0x18 + 0x16);
    }
}
