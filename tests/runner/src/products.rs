// SPDX-License-Identifier: Apache-2.0
//! Tests of products: repositories outside the tree that use only the packages of Casemate.
//!
//! `cargo package` makes the packages from the sources of the tree; they are unpacked into an empty
//! folder. The tool is the binary of the tree, copied there. In that folder the tests create products,
//! build and boot them, and change them as `docs/products.md` describes. All products of a run share one
//! target directory of cargo in that folder, so nothing comes from an earlier build.

mod mistakes;
mod packages;
mod repository;

use super::Tally;
use anyhow::{Context as _, Result, ensure};
use builder::setup;
use builder::workspace::Workspace;
use packages::Place;
use repository::Repository;

/// The name by which `--only` selects these tests.
pub const NAME: &str = "products outside the tree";

/// What each application of the templates prints. The hash is that of FIPS 180-4.
const SAYS: [&str; 3] = [
    "sha-256 of abc: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "boot 1",
    "application: done",
];
/// What an application prints if its product has a partition.
const GREETING: &str = "Hello, world!";

/// A step of the test.
type Step = fn(&Place) -> Result<()>;

/// In this order: each step uses the products of the steps before.
const STEPS: &[(&str, Step)] = &[
    ("a new product boots", a_new_product_boots),
    (
        "errors name the file, the key and what to type",
        mistakes::are_told,
    ),
    (
        "an option, a partition and a board of its own",
        everything_of_its_own,
    ),
    ("a C application", a_product_in_c),
    (
        "no file of a product names the tree",
        nothing_names_the_tree,
    ),
];

/// Makes the packages and runs the steps.
pub fn run(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    setup::prepare_with(&setup::FOR_APPLICATIONS)?;
    let place = Place::new(workspace)?;
    for (name, step) in STEPS {
        let outcome = step(&place).map_err(|error| format!("{error:#}"));
        let is_broken = outcome.is_err();
        tally.count(&format!("{NAME}: {name}"), outcome);
        if is_broken {
            place.keep();
            break;
        }
    }
    Ok(())
}

/// The product in Rust, which the steps change.
const RUST: &str = "thermostat";
/// A product with a partition, which is copied from there.
const WITH_PARTITION: &str = "with_partition";
const IN_C: &str = "lock_in_c";

fn a_new_product_boots(place: &Place) -> Result<()> {
    place.succeeds(place.root(), &["new", RUST])?;
    let product = Repository::new(place, RUST)?;
    let said = product.tool(&["test"])?;
    says(&said, &SAYS)?;
    says(&said, &["2 passed, 0 failed"])?;
    // The device keeps its flash between runs.
    says(&product.tool(&["run"])?, &["boot 1"])?;
    says(&product.tool(&["run"])?, &["boot 2"])?;
    let size = product.tool(&["size", "--json"])?;
    ensure!(size.contains("\"secure\""), "size: {size}");
    let config = product.tool(&["config", "--set", "spm.fault_action=halt"])?;
    says(
        &config,
        &["--set", "casemate.toml:", "profiles/small.toml:"],
    )?;
    ensure!(config.contains("keys/development.pem"), "{config}");
    // Another signature of the same payload.
    let image = "target/casemate/an521/small/image.bin";
    product.tool(&["sign", &place.made(image), "--output", "signed.bin"])?;
    says(&product.tool(&["inspect", "signed.bin"])?, &["0.1.0"])
}

/// As `docs/products.md` tells: an option in `casemate.toml`, a partition, and a board in a folder.
/// The board is the example of `docs/porting.md`.
fn everything_of_its_own(place: &Place) -> Result<()> {
    place.succeeds(
        place.root(),
        &["new", WITH_PARTITION, "--partition", "greeting"],
    )?;
    let other = Repository::new(place, WITH_PARTITION)?;
    let product = Repository::new(place, RUST)?;
    product.append(
        "casemate.toml",
        "greeting = \"partitions/greeting/manifest.toml\"\n\n[spm]\nbackend = \"sfn\"\n",
    )?;
    for folder in ["partitions/greeting", "application/src"] {
        product.copy(&other.path(folder), folder)?;
    }
    product.copy(&place.package("casemate-an505")?, "board")?;
    for file in ["board/Cargo.toml", "board/Cargo.toml.orig"] {
        product.replace(file, "casemate-an505", "thermostat-board")?;
    }
    product.replace(
        "board/board.toml",
        "name = \"an505\"",
        "name = \"thermostat\"",
    )?;
    product.replace("casemate.toml", "board = \"an521\"", "board = \"board\"")?;
    product.replace(
        "Cargo.toml",
        "\"firmware\",",
        "\"board\", \"partitions/greeting\", \"firmware\",",
    )?;
    let version = env!("CARGO_PKG_VERSION");
    let released = format!("an521 = {{ package = \"casemate-an521\", version = \"{version}\" }}");
    let own = "an505 = { package = \"thermostat-board\", path = \"board\" }\n\
               greeting = { path = \"partitions/greeting\" }";
    product.replace("Cargo.toml", &released, own)?;
    let dependency = "an521.workspace = true";
    let both = "an505.workspace = true\ngreeting.workspace = true";
    product.replace("firmware/Cargo.toml", dependency, both)?;
    let dependency = "client.workspace = true";
    let both = "client.workspace = true\ngreeting.workspace = true";
    product.replace("application/Cargo.toml", dependency, both)?;

    for binary in ["firmware/src/bin/boot.rs", "firmware/src/bin/secure.rs"] {
        product.replace(binary, "an521::An521", "an505::An505")?;
    }

    let config = product.tool(&["config"])?;
    says(
        &config,
        &["\"sfn\"", "board/board.toml:", "partitions.greeting"],
    )?;
    let said = product.tool(&["test"])?;
    says(&said, &SAYS)?;
    says(&said, &[GREETING, "2 passed, 0 failed"])?;
    // The new board has a device of its own.
    says(&product.tool(&["run"])?, &["boot 1", GREETING])?;
    says(&product.tool(&["size"])?, &["proven from the calls"])
}

fn a_product_in_c(place: &Place) -> Result<()> {
    place.succeeds(
        place.root(),
        &["new", IN_C, "--c", "--partition", "greeting"],
    )?;
    let product = Repository::new(place, IN_C)?;
    let said = product.tool(&["test"])?;
    says(&said, &SAYS)?;
    says(&said, &[GREETING, "2 passed, 0 failed"])?;
    product.tool(&["kit", "--out", "kit"])?;
    ensure!(
        product.path("kit/bin/casemate-sign").exists(),
        "the kit has no casemate-sign"
    );
    product.replace("application/main.c", "return 0;\n}", "return 3;\n}")?;
    let said = place.fails(&product.path(""), &["test", "--device"])?;
    says(&said, &["0 passed, 1 failed"])
}

/// No file of a product and no image contains a path of the tree.
fn nothing_names_the_tree(place: &Place) -> Result<()> {
    for folder in [RUST, WITH_PARTITION, IN_C, "target/casemate"] {
        let found = repository::files_with(&place.root().join(folder), place.tree())?;
        ensure!(found.is_empty(), "the tree is named in {found:?}");
    }
    place.tree_is_unchanged()
}

/// Whether a text has all these words.
fn says(text: &str, words: &[&str]) -> Result<()> {
    let missing = words.iter().find(|word| !text.contains(**word));
    match missing {
        None => Ok(()),
        Some(word) => {
            Err(anyhow::anyhow!("{text}")).with_context(|| format!("`{word}` is missing"))
        }
    }
}
