// SPDX-License-Identifier: Apache-2.0
//! Public keys, as a device is given those whose private part is elsewhere.

use anyhow::{Context as _, Result};
use boot::signature::{EcdsaP256, Ed25519, Rsa2048, Rsa3072, Scheme};
use p256::pkcs8::Document;
use p256::pkcs8::spki::SubjectPublicKeyInfoRef;
use primitives::sha256::Sha256;

use super::{SignatureType, SigningKey, pem};

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// What it verifies.
    pub signature_type: SignatureType,
    /// As it stands in an image.
    pub encoded: Vec<u8>,
}

impl PublicKey {
    /// Reads a key as [`PublicKey::from_pem`] from the content of a file.
    ///
    /// # Errors
    ///
    /// Also when the file is of another kind, which the error names.
    pub fn from_file(content: &[u8]) -> Result<Self> {
        Self::from_pem(pem::text(content)?)
    }

    /// Reads a key, or takes it from a private one: the forms of [`SigningKey::from_pem`], and
    /// `SubjectPublicKeyInfo` or `RSAPublicKey`, as `openssl pkey -pubout` or
    /// `imgtool getpub --encoding pem` write it.
    ///
    /// # Errors
    ///
    /// When there is no such key, or one that boot ROMs do not accept.
    pub fn from_pem(text: &str) -> Result<Self> {
        let (label, block) = pem::key_block(text)?;
        if !label.ends_with("PUBLIC KEY") {
            return SigningKey::from_pem(text)?.try_into();
        }
        pem::refuse_other_curve(block)?;
        let document = Document::from_pem(block).ok();
        let (_, document) = document.context("reading the public key")?;
        let info = SubjectPublicKeyInfoRef::try_from(document.as_bytes());
        // RSA keys stand in images without the frame that says what they are.
        let inner = info.map_or_else(
            |_| Vec::new(),
            |info| info.subject_public_key.raw_bytes().to_vec(),
        );
        let mut forms = [document.as_bytes().to_vec(), inner].into_iter();
        forms
            .find_map(|encoded| {
                type_of(&encoded).map(|signature_type| Self {
                    signature_type,
                    encoded,
                })
            })
            .context(
                "the public key is of a type that no boot ROM verifies: rsa2048, rsa3072, \
                 ecdsa_p256 and ed25519 can be used",
            )
    }

    /// What a device keeps of the key.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.encoded)
    }
}

impl TryFrom<SigningKey> for PublicKey {
    type Error = anyhow::Error;

    fn try_from(key: SigningKey) -> Result<Self> {
        Ok(Self {
            signature_type: key.signature_type(),
            encoded: key.public_key()?,
        })
    }
}

/// The type whose keys are encoded so.
fn type_of(encoded: &[u8]) -> Option<SignatureType> {
    SignatureType::ALL.into_iter().find(|own| match own {
        SignatureType::Rsa2048 => Rsa2048::key(encoded).is_some(),
        SignatureType::Rsa3072 => Rsa3072::key(encoded).is_some(),
        SignatureType::EcdsaP256 => EcdsaP256::key(encoded).is_some(),
        SignatureType::Ed25519 => Ed25519::key(encoded).is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::PrivateKey;
    use super::{PublicKey, SignatureType, SigningKey};
    use p256::pkcs8::{EncodePublicKey as _, LineEnding};
    use rsa::pkcs1::EncodeRsaPublicKey as _;

    #[test]
    fn a_public_key_is_read_from_either_half() {
        for signature_type in SignatureType::ALL {
            let folder = env!("CARGO_MANIFEST_DIR");
            let file = format!("{folder}/../../profiles/keys/development_{signature_type}.pem");
            let key = SigningKey::from_pem(&std::fs::read_to_string(file).unwrap()).unwrap();
            let forms = match &key.private {
                PrivateKey::Rsa(key) => {
                    let key = key.to_public_key();
                    vec![
                        rsa::pkcs8::EncodePublicKey::to_public_key_pem(&key, LineEnding::LF)
                            .unwrap(),
                        key.to_pkcs1_pem(LineEnding::LF).unwrap(),
                    ]
                }
                PrivateKey::EcdsaP256(key) => {
                    vec![key.public_key().to_public_key_pem(LineEnding::LF).unwrap()]
                }
                PrivateKey::Ed25519(key) => {
                    let key = key.verifying_key();
                    vec![key.to_public_key_pem(LineEnding::LF).unwrap()]
                }
            };
            let own = PublicKey::from_pem(&key.to_pem().unwrap()).unwrap();
            assert_eq!(own.signature_type, signature_type);
            assert_eq!(own.encoded, key.public_key().unwrap());
            assert_eq!(own.hash(), key.public_key_hash().unwrap());
            for form in forms {
                assert_eq!(PublicKey::from_pem(&form).unwrap(), own);
                assert!(SigningKey::from_pem(&form).is_err());
            }
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let begin = "-----BEGIN PUBLIC KEY-----\n";
        for wrong in [
            "",
            begin,
            &format!("{begin}AAAA\n-----END PUBLIC KEY-----\n"),
        ] {
            assert!(PublicKey::from_pem(wrong).is_err());
        }
    }
}
