// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask keygen`: a key of one's own that signs images.

use crate::report::{self, Step};
use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::json;
use signer::SigningKey;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

/// Make a new key that signs images: RSA with 3072 bits
///
/// Use it by `--set boot.signing_key=FILE` in all commands, `provision` among them. An existing
/// file is never overwritten.
#[derive(Args)]
pub struct Keygen {
    /// New file for the private key, in PEM (PKCS#8); only its owner may read it
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Keygen {
    /// Makes the key and prints the hash by which devices know it.
    pub fn execute(&self) -> Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&self.file)
            .with_context(|| format!("cannot make {}", self.file.display()))?;
        let step = Step::start("Looking for two primes");
        let key = SigningKey::generate()?;
        step.done();
        file.write_all(key.to_pem()?.as_bytes())
            .with_context(|| self.file.display().to_string())?;
        let hash = hex::encode(key.public_key_hash()?);
        if self.json {
            let object = json!({
                "file": self.file.display().to_string(),
                "signature": "rsa3072",
                "public_key_hash": hash,
            });
            report::say(serde_json::to_string_pretty(&object)?);
        } else {
            let file = self.file.display();
            report::say(format_args!("{file}: public key hash {hash}"));
        }
        Ok(())
    }
}
