// SPDX-License-Identifier: Apache-2.0
//! `casemate-sign`: the signing step of a developers' kit.
//!
//! It stands in the folder `bin` of the kit and takes the secure image, the layout and the key
//! for development from there.

use anyhow::{Context as _, Result};
use builder::whole_file;
use clap::Parser;
use signer::{Layout, Payload, SigningKey, parse_version, sign};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// Put an application behind the secure image of the kit and sign both
#[derive(Parser)]
#[command(name = "casemate-sign", version)]
struct Arguments {
    /// The application: an ELF file, or a binary that begins with its vector table
    application: PathBuf,
    /// Signed image, for the primary slot [default: the application's name with .signed.bin]
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Private key, a PEM file [default: the kit's key for development]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Version of the image: major.minor.revision+build [default: that of the kit]
    #[arg(long)]
    image_version: Option<String>,
    /// Security counter of the image [default: that of the kit]
    #[arg(long, value_name = "NUMBER")]
    security_counter: Option<u32>,
    /// Write the payload without a signature, for another signer
    #[arg(long)]
    unsigned: bool,
    /// Folder of the kit [default: the one that this program lies in]
    #[arg(long, value_name = "DIR")]
    kit: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(output) => {
            println!("{}", output.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("casemate-sign: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<PathBuf> {
    let kit = match &arguments.kit {
        Some(folder) => folder.clone(),
        None => own_kit()?,
    };
    let text = read(&kit.join("layout.json"))?;
    let mut layout: Layout = serde_json::from_slice(&text).context("layout.json")?;
    if let Some(version) = &arguments.image_version {
        parse_version(version)?;
        layout.image.version.clone_from(version);
    }
    if let Some(counter) = arguments.security_counter {
        layout.image.security_counter = counter;
    }
    let secure = Payload {
        address: layout.image.secure_address,
        bytes: read(&kit.join("image/secure.bin"))?,
    };
    let start = layout.image.nonsecure_address;
    let file = &arguments.application;
    let payload = Payload::from_file(&read(file)?, start)
        .and_then(|application| secure.join(start, &application))
        .with_context(|| file.display().to_string())?;

    let kind = if arguments.unsigned {
        "image.bin"
    } else {
        "signed.bin"
    };
    let output = arguments
        .output
        .clone()
        .unwrap_or_else(|| file.with_extension(kind));
    let content = if arguments.unsigned {
        payload.bytes
    } else {
        let key = arguments
            .key
            .clone()
            .unwrap_or_else(|| kit.join("image/development_key.pem"));
        let naming = || format!("{}: name a key with --key", key.display());
        let content = fs::read(&key).with_context(naming)?;
        let key = SigningKey::from_file(&content).with_context(naming)?;
        layout.image.check(&key).with_context(naming)?;
        sign(&payload.bytes, &key, &layout.image.options()?)?
    };
    whole_file::write(&output, &content)?;
    Ok(output)
}

/// The folder above the one that this program lies in.
fn own_kit() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let kit = program.parent().and_then(Path::parent);
    kit.map(Path::to_path_buf)
        .context("the program lies in no kit: name it with --kit")
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| file.display().to_string())
}
