// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate keygen`: makes a private key that signs images.

use anyhow::{Result, ensure};
use builder::report::{self, Step};
use builder::whole_file;
use clap::Args;
use serde_json::json;
use signer::{SignatureType, SigningKey};
use std::path::PathBuf;

/// Permissions of a secret.
const OWNER_ONLY: u32 = 0o600;

/// Make a new key that signs images
///
/// Use it by `--set boot.signing_key=FILE` in all commands, `provision` among them, and another
/// type than rsa3072 by `--set boot.signature=TYPE` too. An existing file is never overwritten.
#[derive(Args)]
pub struct Keygen {
    /// New file for the private key, in PEM (PKCS#8); only its owner may read it
    file: PathBuf,
    /// What the key is: the boot ROM verifies the one that boot.signature says
    #[arg(
        long = "type",
        short = 't',
        value_name = "TYPE",
        default_value = "rsa3072"
    )]
    signature_type: SignatureType,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Keygen {
    /// Makes the key and prints the hash by which devices know it.
    pub fn execute(&self) -> Result<()> {
        ensure!(
            self.file.symlink_metadata().is_err(),
            "{} exists, and a key is never overwritten: name a new file",
            self.file.display()
        );
        let step = Step::start(format!("Making a key of type {}", self.signature_type));
        let key = SigningKey::generate(self.signature_type)?;
        step.done();
        whole_file::create(&self.file, key.to_pem()?.as_bytes(), OWNER_ONLY)?;
        let hash = hex::encode(key.public_key_hash()?);
        if self.json {
            let object = json!({
                "file": self.file.display().to_string(),
                "signature": self.signature_type.name(),
                "public_key_hash": hash,
            });
            report::say_json(&object)?;
        } else {
            let file = self.file.display();
            report::say(format_args!("{file}: public key hash {hash}"));
        }
        Ok(())
    }
}
