// SPDX-License-Identifier: Apache-2.0
//! The file of a device: TOML, all keys at the top, bytes in hexadecimal.
//!
//! A key that is misspelt is refused, and so is a value of another size: a device cannot be
//! given its keys twice.

use crate::flash_file::random;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use provisioning::Lifecycle;
use provisioning::identity::{CERTIFICATION_REFERENCE_BYTES, certification_reference};
use toml::de::{DeTable, DeValue};

pub const INITIAL_ATTESTATION_KEY: &str = "initial_attestation_key";
pub const HARDWARE_UNIQUE_KEY: &str = "hardware_unique_key";
pub const IMPLEMENTATION_ID: &str = "implementation_id";
pub const CERTIFICATION_REFERENCE: &str = "certification_reference";
pub const PUBLIC_KEY_HASH: &str = "public_key_hash";
pub const SECOND_PUBLIC_KEY_HASH: &str = "second_public_key_hash";
pub const LIFECYCLE: &str = "lifecycle";
pub const SECURITY_COUNTER: &str = "security_counter";

/// The states in which a device can leave the factory.
const LIFECYCLES: [Lifecycle; 3] = [
    Lifecycle::AssemblyAndTest,
    Lifecycle::Provisioning,
    Lifecycle::Secured,
];

/// What a file says of a device; it need not say all.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DeviceFile {
    /// Key that signs attestation tokens (IAK).
    pub initial_attestation_key: Option<[u8; 32]>,
    /// Key from which the keys of the device are derived (HUK).
    pub hardware_unique_key: Option<[u8; 32]>,
    /// Name of the hardware and the immutable boot ROM, as tokens claim it.
    pub implementation_id: Option<[u8; 32]>,
    /// Number of the PSA certificate, 13 digits, a hyphen and 5 digits.
    pub certification_reference: Option<[u8; CERTIFICATION_REFERENCE_BYTES]>,
    /// SHA-256 of the public key that signs the firmware.
    pub public_key_hash: Option<[u8; 32]>,
    /// The same of a second key, to which the device can change over.
    pub second_public_key_hash: Option<[u8; 32]>,
    /// State in which the device leaves the factory.
    pub lifecycle: Option<Lifecycle>,
    /// Lowest security counter of firmware that may run.
    pub security_counter: Option<u32>,
}

impl DeviceFile {
    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self> {
        let table = DeTable::parse(text).map_err(|error| anyhow!("{}", error.message()))?;
        let mut file = Self::default();
        for (key, value) in table.get_ref() {
            let (key, value) = (key.get_ref().as_ref(), value.get_ref());
            file.set(key, value).with_context(|| format!("`{key}`"))?;
        }
        Ok(file)
    }

    /// Makes the keys that are not named from random numbers.
    pub fn generate_keys(&mut self) -> Result<()> {
        for key in [
            &mut self.initial_attestation_key,
            &mut self.hardware_unique_key,
        ] {
            if key.is_none() {
                *key = Some(random()?);
            }
        }
        Ok(())
    }

    /// The text of a file that says the same.
    pub fn to_toml(&self) -> String {
        let texts = [
            (
                INITIAL_ATTESTATION_KEY,
                self.initial_attestation_key.map(hex::encode),
            ),
            (
                HARDWARE_UNIQUE_KEY,
                self.hardware_unique_key.map(hex::encode),
            ),
            (IMPLEMENTATION_ID, self.implementation_id.map(hex::encode)),
            (
                CERTIFICATION_REFERENCE,
                self.certification_reference
                    .map(|reference| String::from_utf8_lossy(&reference).into_owned()),
            ),
            (PUBLIC_KEY_HASH, self.public_key_hash.map(hex::encode)),
            (
                SECOND_PUBLIC_KEY_HASH,
                self.second_public_key_hash.map(hex::encode),
            ),
            (
                LIFECYCLE,
                self.lifecycle.map(|state| state.name().to_owned()),
            ),
        ];
        let mut lines =
            String::from("# What a device was given once. Whoever has this is the device.\n");
        for (key, text) in texts {
            if let Some(text) = text {
                lines.push_str(&format!("{key} = \"{text}\"\n"));
            }
        }
        if let Some(counter) = self.security_counter {
            lines.push_str(&format!("{SECURITY_COUNTER} = {counter}\n"));
        }
        lines
    }

    fn set(&mut self, key: &str, value: &DeValue<'_>) -> Result<()> {
        match key {
            INITIAL_ATTESTATION_KEY => self.initial_attestation_key = Some(bytes(value)?),
            HARDWARE_UNIQUE_KEY => self.hardware_unique_key = Some(bytes(value)?),
            IMPLEMENTATION_ID => self.implementation_id = Some(bytes(value)?),
            PUBLIC_KEY_HASH => self.public_key_hash = Some(bytes(value)?),
            SECOND_PUBLIC_KEY_HASH => self.second_public_key_hash = Some(bytes(value)?),
            CERTIFICATION_REFERENCE => {
                let reference = certification_reference(text(value)?.as_bytes());
                let form = "expected 13 digits, a hyphen and 5 digits";
                self.certification_reference = Some(reference.context(form)?);
            }
            LIFECYCLE => self.lifecycle = Some(lifecycle(text(value)?)?),
            SECURITY_COUNTER => {
                let DeValue::Integer(number) = value else {
                    bail!("expected a number");
                };
                let parsed = u32::from_str_radix(&number.as_str().replace('_', ""), number.radix());
                self.security_counter = Some(parsed.context("expected a number of 32 bits")?);
            }
            _ => bail!("there is no such key"),
        }
        Ok(())
    }
}

fn text<'a>(value: &'a DeValue<'_>) -> Result<&'a str> {
    match value {
        DeValue::String(text) => Ok(text),
        _ => bail!("expected text in quotes"),
    }
}

fn bytes(value: &DeValue<'_>) -> Result<[u8; 32]> {
    let decoded = hex::decode(text(value)?).context("expected hexadecimal digits")?;
    let length = decoded.len();
    ensure!(length == 32, "expected 32 bytes, these are {length}");
    decoded.try_into().map_err(|_| anyhow!("expected 32 bytes"))
}

/// The state of this name in which a device can leave the factory.
pub fn lifecycle(name: &str) -> Result<Lifecycle> {
    let found = Lifecycle::named(name).filter(|state| LIFECYCLES.contains(state));
    found.with_context(|| format!("expected {}", LIFECYCLES.map(Lifecycle::name).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[test]
    fn what_a_file_says_is_read() {
        let file = DeviceFile::parse(&format!(
            "initial_attestation_key = \"{KEY}\"\n\
             certification_reference = \"0604565272829-10010\"\n\
             lifecycle = \"secured\"\nsecurity_counter = 0x1_0000\n"
        ))
        .expect("a file");
        let key = core::array::from_fn(|index| index as u8);
        assert_eq!(file.initial_attestation_key, Some(key));
        assert_eq!(file.hardware_unique_key, None);
        let reference = file.certification_reference;
        assert_eq!(reference, Some(*b"0604565272829-10010"));
        assert_eq!(file.lifecycle, Some(Lifecycle::Secured));
        assert_eq!(file.security_counter, Some(0x1_0000));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut file = DeviceFile {
            implementation_id: Some([5; 32]),
            certification_reference: Some(*b"0604565272829-10010"),
            public_key_hash: Some([9; 32]),
            second_public_key_hash: Some([10; 32]),
            lifecycle: Some(Lifecycle::Provisioning),
            security_counter: Some(7),
            ..DeviceFile::default()
        };
        file.generate_keys().expect("random numbers");
        assert_ne!(file.initial_attestation_key, file.hardware_unique_key);
        let kept = file.clone();
        file.generate_keys().expect("random numbers");
        assert!(file == kept, "a key that is there stays");
        assert!(DeviceFile::parse(&file.to_toml()).expect("a file") == file);
    }

    #[test]
    fn mistakes_are_told() {
        for (text, words) in [
            ("initial_attestation_kay = \"00\"", "no such key"),
            ("initial_attestation_key = \"0001\"", "these are 2"),
            ("hardware_unique_key = \"xy\"", "hexadecimal"),
            ("implementation_id = 5", "text in quotes"),
            ("certification_reference = \"0604565272829\"", "13 digits"),
            ("lifecycle = \"unknown\"", "assembly_and_test, provisioning"),
            ("security_counter = 0x1_0000_0000", "32 bits"),
            ("security_counter = \"1\"", "a number"),
        ] {
            let error = DeviceFile::parse(text).err().expect("an error");
            assert!(format!("{error:#}").contains(words), "{error:#}");
        }
        assert!(DeviceFile::parse("lifecycle").is_err());
    }
}
