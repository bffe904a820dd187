// SPDX-License-Identifier: Apache-2.0
//! Detects the kind of a file that was given for another one, for the error message.

use std::fmt;

use boot::header::MAGIC;

/// Files that are taken for images, payloads and keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A signed image.
    Image,
    /// A linked program.
    Elf,
    /// Bytes as text.
    IntelHex,
    /// A key or a certificate as text.
    Pem,
    /// A key or a certificate in binary.
    Der,
    /// An attestation token.
    Token,
    /// Keys and values as text.
    Toml,
}

impl FileKind {
    /// The kind of a file with this content; nothing if it is a payload or anything else.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        let begins = |with: &[u8]| content.starts_with(with);
        if begins(&MAGIC.to_le_bytes()) {
            Some(Self::Image)
        } else if begins(b"\x7FELF") {
            Some(Self::Elf)
        } else if is_der(content) {
            Some(Self::Der)
        } else if std::str::from_utf8(content).is_ok_and(|text| text.contains("-----BEGIN ")) {
            Some(Self::Pem)
        } else if begins(b":") && content.iter().take(11).skip(1).all(u8::is_ascii_hexdigit) {
            Some(Self::IntelHex)
        } else if TOKENS.iter().any(|token| begins(token)) {
            Some(Self::Token)
        } else if is_toml(content) {
            Some(Self::Toml)
        } else {
            None
        }
    }
}

impl fmt::Display for FileKind {
    /// What the file is, and how it becomes what it has to be.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Image => "an image that is signed already",
            Self::Elf => "a linked program (ELF): `sign` makes an image of it",
            Self::IntelHex => {
                "in Intel HEX: `objcopy -I ihex -O binary FILE FILE.bin` makes a binary of it"
            }
            Self::Pem => "a key or a certificate in PEM",
            Self::Der => {
                "a key or a certificate in DER: `openssl pkey -inform DER -in FILE -out FILE.pem` \
                 makes PEM of a private key, with `-pubin` of a public one"
            }
            Self::Token => "an attestation token: `token show` prints it",
            Self::Toml => {
                "a text of keys and values, as a configuration or the file of a device is"
            }
        })
    }
}

/// An array of four under the tag of COSE_Mac0 or COSE_Sign1 (RFC 9052).
const TOKENS: [&[u8]; 2] = [b"\xD1\x84", b"\xD2\x84"];

/// Text whose first line with a meaning is a section or `key = value`.
fn is_toml(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else {
        return false;
    };
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let is_section = line.starts_with('[') && line.ends_with(']');
        let is_name = |name: &str| {
            let mut letters = name.trim().chars();
            !name.trim().is_empty()
                && letters.all(|letter| letter.is_ascii_alphanumeric() || "_-.\"".contains(letter))
        };
        is_section || line.split_once('=').is_some_and(|(name, _)| is_name(name))
    })
}

/// A sequence that fills the file (X.690, 8.1.3).
fn is_der(content: &[u8]) -> bool {
    let (length, rest) = match content {
        [0x30, 0x82, high, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
        [0x30, 0x81, length, rest @ ..] | [0x30, length @ ..=0x7F, rest @ ..] => {
            (usize::from(*length), rest)
        }
        _ => return false,
    };
    length == rest.len()
}
