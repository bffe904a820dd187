// SPDX-License-Identifier: Apache-2.0
//! A software component: what was measured at boot (RFC 9783, section 4.4.1). The boot record
//! in a signed image has the same form, with the measurement still empty.

use crate::cbor::Reader;
use crate::error::Error;
use crate::hex_bytes::HexBytes;
use boot::ParsedImage;
use primitives::sha256::Portable;
use serde::Serialize;

const KEY_TYPE: i64 = 1;
const KEY_VALUE: i64 = 2;
const KEY_VERSION: i64 = 4;
const KEY_SIGNER_ID: i64 = 5;
const KEY_DESCRIPTION: i64 = 6;

/// Lengths of hashes, in bytes.
const HASH_BYTES: [usize; 3] = [32, 48, 64];

/// One component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Component {
    /// What it is, for example "NSPE_SPE".
    #[serde(rename = "type")]
    pub measurement_type: Option<String>,
    /// Its hash.
    pub measurement: HexBytes,
    /// Its version.
    pub version: Option<String>,
    /// Hash of the public key that signed it.
    pub signer_id: Option<HexBytes>,
    /// The algorithm of the hash, or what else the device says of the measurement.
    pub description: Option<String>,
}

impl Component {
    /// Reads one map.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let (mut measurement_type, mut version, mut description) = (None, None, None);
        let (mut measurement, mut signer_id) = (None, None);
        let mut seen = Vec::new();
        for _ in 0..reader.map()? {
            let key = reader.integer()?;
            if seen.contains(&key) {
                return Err(Error::DuplicateClaim(key));
            }
            seen.push(key);
            match key {
                KEY_TYPE => measurement_type = Some(reader.text()?.to_owned()),
                KEY_VALUE => measurement = Some(hash(reader, "measurement value")?),
                KEY_VERSION => version = Some(reader.text()?.to_owned()),
                KEY_SIGNER_ID => signer_id = Some(hash(reader, "signer id")?),
                KEY_DESCRIPTION => description = Some(reader.text()?.to_owned()),
                _ => {
                    reader.item()?;
                }
            }
        }
        Ok(Self {
            measurement_type,
            measurement: measurement.ok_or(Error::ClaimMissing("measurement value"))?,
            version,
            signer_id,
            description,
        })
    }

    /// The component that a device has to report when this signed image runs on it.
    ///
    /// # Errors
    /// [`Error::ImageMalformed`] when the file is no image or has no boot record.
    pub fn of_image(image: &[u8]) -> Result<Self, Error> {
        let (_, parsed) =
            ParsedImage::read_any(image).map_err(|error| Error::ImageMalformed(error.as_str()))?;
        let record = parsed
            .boot_record
            .ok_or(Error::ImageMalformed("it has no boot record"))?;
        let mut reader = Reader::new(record, "the boot record");
        let mut component = Self::read(&mut reader)?;
        reader.end()?;
        component.measurement =
            HexBytes(boot::verify::hash_image::<Portable>(parsed.signed).to_vec());
        Ok(component)
    }
}

fn hash(reader: &mut Reader<'_>, name: &'static str) -> Result<HexBytes, Error> {
    let bytes = reader.bytes()?;
    if HASH_BYTES.contains(&bytes.len()) {
        Ok(HexBytes(bytes.to_vec()))
    } else {
        Err(Error::ClaimMalformed {
            name,
            wanted: "a hash of 32, 48 or 64 bytes",
        })
    }
}
