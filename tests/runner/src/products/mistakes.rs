// SPDX-License-Identifier: Apache-2.0
//! Mistakes of users: each error names the file, the key and the command to type.

use super::packages::Place;
use super::repository::Repository;
use super::{RUST, says};
use anyhow::{Context as _, Result, ensure};
use std::fs;

/// Outside a product: what the user types, and words of the error.
const TYPED: &[(&[&str], &[&str])] = &[
    (&["new", RUST], &["thermostat is not empty", "a new folder"]),
    (&["new", "file"], &["file is not a folder"]),
    (
        &["new", "other", "--board", "an512"],
        &["no board `an512`", "nearest is `an521`"],
    ),
    (
        &["new", "1st"],
        &["`1st` can't begin the names of packages"],
    ),
    (
        &["new", "other", "--partition", "Greeting"],
        &["`Greeting` can't name a partition"],
    ),
    (
        &["new", "other", "--partition", "crypto"],
        &["`crypto` can't name a partition: Casemate has"],
    ),
    (
        &["new", "other", "--partition", "match"],
        &["`match` can't name a partition"],
    ),
    (&["new", "other", "--c", "--rust"], &["cannot be used with"]),
    (
        &["new", "other", "--casemate-path", "bin"],
        &["bin is no tree of Casemate"],
    ),
    (&["new"], &["<DIR>"]),
    (
        &["run"],
        &["there is no casemate.toml in", "cargo casemate new DIR"],
    ),
    (&["test"], &["there is no casemate.toml in"]),
];

/// In a product: a text of its `casemate.toml`, what stands there instead, and words of the answer
/// of `config`.
const WRITTEN: &[(&str, &str, &[&str])] = &[
    (
        "board = \"an521\"",
        "baord = \"an521\"",
        &[
            "casemate.toml:7: there is no key `product.baord`",
            "`product.board`",
        ],
    ),
    (
        "board = \"an521\"",
        "",
        &["casemate.toml: `product.board` is missing"],
    ),
    (
        "board = \"an521\"",
        "board = 521",
        &["casemate.toml:7: `product.board` takes text in quotes, not 521"],
    ),
    (
        "board = \"an521\"",
        "board = \"an512\"",
        &["no board `an512`", "nearest is `an521`"],
    ),
    (
        "profile = \"small\"",
        "profile = \"smal\"",
        &[
            "no profile profiles/smal.toml",
            "nearest is profiles/small.toml",
        ],
    ),
    (
        "profile = \"small\"",
        "profile = \"own.toml\"",
        &["own.toml: "],
    ),
    (
        "[boot]",
        "[boot]\nsignatur = \"rsa2048\"",
        &[
            "there is no key `boot.signatur`",
            "nearest is `boot.signature`",
        ],
    ),
    (
        "[boot]",
        "[boot]\nsignature = \"rsa\"",
        &["casemate.toml:", "`boot.signature` takes \"rsa3072\""],
    ),
    (
        "[partitions]",
        "[partitions]\ngreeting = \"partitions/none/manifest.toml\"",
        &[
            "casemate.toml:",
            "`partitions.greeting`",
            "partitions/none/manifest.toml",
        ],
    ),
    (
        "[partitions]",
        "[partitions]\ngreeting = \"acme-greeting\"",
        &[
            "casemate.toml:",
            "no package `acme-greeting` is among the dependencies",
        ],
    ),
    (
        "[partitions]",
        "[partitions]\ngreeting = \"casemate-cripto\"",
        &["nearest with a manifest.toml is `casemate-crypto`"],
    ),
    ("[product]", "[product", &["casemate.toml:5: "]),
    ("[product]", "[produkt]", &["there is no key `produkt`"]),
];

/// The same for `build`, which also needs the files.
const BUILT: &[(&str, &str, &[&str])] = &[
    (
        "keys/development.pem",
        "keys/none.pem",
        &["`boot.signing_key`", "keys/none.pem"],
    ),
    (
        "application = \"application\"",
        "application = \"keys\"",
        &[
            "`product.application`",
            "neither a Cargo.toml nor a Makefile",
        ],
    ),
    (
        "application = \"application\"",
        "application = \"application\"\nfirmware = \"keys\"",
        &["keys/Cargo.toml"],
    ),
];

/// Makes each mistake and checks the error.
pub fn are_told(place: &Place) -> Result<()> {
    fs::write(place.root().join("file"), "")?;
    for (typed, words) in TYPED {
        let said = place.fails(place.root(), typed)?;
        says(&said, words).with_context(|| typed.join(" "))?;
    }
    ensure!(
        !place.root().join("other").exists(),
        "a mistake has left a folder"
    );

    let product = Repository::new(place, RUST)?;
    let good = product.read("casemate.toml")?;
    for (command, mistakes) in [("config", WRITTEN), ("build", BUILT)] {
        for (from, to, words) in mistakes {
            product.replace("casemate.toml", from, to)?;
            let said = place.fails(&product.path(""), &[command]);
            product.write("casemate.toml", &good)?;
            says(&said?, words).with_context(|| format!("{to} for {from}"))?;
        }
    }
    // Only casemate.toml has the section.
    fs::write(product.path("extra.toml"), "[product]\nboard = \"an521\"\n")?;
    let said = place.fails(&product.path(""), &["config", "--config", "extra.toml"])?;
    says(
        &said,
        &["extra.toml: `[product]` is for the file casemate.toml"],
    )?;
    // The tool finds casemate.toml above the current folder.
    let said = place.succeeds(&product.path("firmware/src"), &["config"])?;
    says(&said, &["casemate.toml:"])?;
    // The packages have another version than the tool.
    let configure = place.package("casemate-configure")?.join("Cargo.toml");
    let text = fs::read_to_string(&configure)?;
    let version = env!("CARGO_PKG_VERSION");
    fs::write(
        &configure,
        text.replacen(
            &format!("version = \"{version}\""),
            "version = \"0.2.99\"",
            1,
        ),
    )?;
    let said = place.fails(&product.path(""), &["config"]);
    fs::write(&configure, text)?;
    says(
        &said?,
        &[
            "depends on Casemate 0.2.99",
            "cargo install casemate --version 0.2.99",
        ],
    )?;
    place.succeeds(&product.path(""), &["config"]).map(|_| ())
}
