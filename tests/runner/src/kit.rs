// SPDX-License-Identifier: Apache-2.0
//! Tests of the developers' kit: applications built from it alone, outside the source tree, and
//! run on the device; and the link errors of wrong use.

mod gcc;
mod link_errors;
mod room;

use super::scenario::Scenario;
use super::test_bed::TestBed;
use super::{Tally, scenarios};
use builder::attestation::{CHALLENGE_OPTION, TOKEN};
use builder::firmware::{Builder, SecureWorld};

use anyhow::Result;
use builder::setup;
use builder::workspace::read;
use gcc::Gcc;
use room::Room;
use std::path::{Path, PathBuf};

/// By what these tests are chosen.
pub const NAME: &str = "developers' kit for C";
/// What the demonstration hashes.
const MESSAGE: &[u8] = b"abc";
/// SHA-256 of it (FIPS 180-4).
const DIGEST: &[&str] = &["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"];
/// Tag 17, a list of four, the protected header: the beginning of a COSE_Mac0.
const TOKEN_BEGINS: &[&str] = &["d18443a10105"];
/// What the threads of the example find.
const THREADS: [&str; 3] = ["apart", "many hashes", "many versions"];
/// The most that the demonstration may link of the client library.
const CLIENT_LIBRARY_BYTES: u64 = 2048;

/// Writes the kit, builds everything from it, and counts what works.
pub fn run(
    builder: &Builder<'_>,
    world: &SecureWorld,
    bed: &TestBed<'_>,
    tally: &mut Tally,
) -> Result<()> {
    setup::prepare_with(&setup::FOR_APPLICATIONS)?;
    let room = Room::new()?;
    let kit = room.path("kit");
    kit::write(builder, world, &kit)?;
    let message = room.write("message", MESSAGE)?.display().to_string();
    let own = builder.workspace.root.join("tests/c");
    let compiler = Gcc {
        kit: &kit,
        room: &room,
        services: gcc::services(&bed.configured.effective),
    };
    let made = gcc::by_make(&compiler, "demo", "demo.signed.bin");
    let built = made.as_ref().map_err(|error| format!("{error:#}"));
    tally.count(
        "C demonstration links little of the client library",
        built.and_then(|image| within_limit(&image.with_file_name("demo.map"))),
    );
    let hashes = |name: &str, image: &[u8]| {
        let arguments = ["demo", &message];
        scenarios::line(name, image, &arguments, "sha-256 of 3 bytes", DIGEST)
    };
    let challenge = "5a".repeat(32);
    let mut list = Vec::new();
    let mut add = |name, made: Result<PathBuf>, scenario: &dyn Fn(&str, &[u8]) -> Scenario| {
        let image = made.and_then(|file| read(&file));
        match image {
            Ok(image) => list.push(scenario(name, &image)),
            Err(error) => tally.check(name, Err(error)),
        }
    };
    add("C demonstration by make", made, &hashes);
    let made = gcc::by_cmake(&compiler, "demo", "demo.elf.signed.bin");
    add("C demonstration by CMake", made, &|name, image| {
        let arguments = ["demo", CHALLENGE_OPTION, &challenge, &message];
        scenarios::line(name, image, &arguments, TOKEN, TOKEN_BEGINS)
    });
    let made = gcc::by_make(&compiler, "minimal", "main.signed.bin");
    add("first C application", made, &|name, image| {
        scenarios::line(name, image, &["main"], "sha-256 of abc", DIGEST)
    });
    let made = gcc::by_make(&compiler, "threads", "main.signed.bin");
    add("C threads under a scheduler", made, &|name, image| {
        scenarios::line(name, image, &["main"], "threads: ", &THREADS)
    });
    let made = compiler.signed(&own.join("suite"), gcc::Library::Linked);
    add("C suite", made, &scenarios::program);
    let made = compiler.signed(&own.join("reset"), gcc::Library::Linked);
    add("C application resets the device", made, &scenarios::program);
    let made = compiler.signed(&own.join("old_clients"), gcc::Library::Absent);
    add("C clients of older versions", made, &scenarios::program);
    let made = compiler.signed(&own.join("reference"), gcc::Library::Absent);
    add(
        "C client of the reference's shape",
        made,
        &scenarios::program,
    );
    bed.run_all(&list, tally);
    link_errors::check(&compiler, tally)?;
    gcc::compile_headers(&compiler, tally)
}

/// The signed C suite for a secure world, from a kit of its own.
pub fn suite(builder: &Builder<'_>, world: &SecureWorld) -> Result<Vec<u8>> {
    let room = Room::new()?;
    let kit = room.path("kit");
    kit::write(builder, world, &kit)?;
    let compiler = Gcc {
        kit: &kit,
        room: &room,
        services: gcc::services(&builder.configured.effective),
    };
    let suite = builder.workspace.root.join("tests/c/suite");
    read(&compiler.signed(&suite, gcc::Library::Linked)?)
}

/// What a linked program has of the client library, by the linker's map.
fn within_limit(map: &Path) -> Result<(), String> {
    let map = read(map).map_err(|error| format!("{error:#}"))?;
    match gcc::linked_bytes(&String::from_utf8_lossy(&map)) {
        1..=CLIENT_LIBRARY_BYTES => Ok(()),
        bytes => Err(format!("{bytes} bytes, and {CLIENT_LIBRARY_BYTES} allowed")),
    }
}
