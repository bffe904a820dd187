// SPDX-License-Identifier: Apache-2.0
//! The boot loader, and how images are signed.

use super::key::{key, switch};
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "boot.loader",
        Kind::Choice(&["casemate", "none"]),
        "What starts the secure image: the boot ROM (\"casemate\"), or the device's own boot loader (\"none\": docs/own-boot-loader.md).",
    ),
    key(
        "boot.signature",
        Kind::Choice(&["rsa3072", "rsa2048", "ecdsa_p256", "ed25519"]),
        "Signature over the hash of the image: \"rsa3072\" or \"rsa2048\" (PSS), \"ecdsa_p256\", \"ed25519\".",
    ),
    key(
        "boot.upgrade",
        Kind::Choice(&["overwrite", "swap"]),
        "An upgrade overwrites the image (\"overwrite\"), or both change places and back unless confirmed (\"swap\").",
    ),
    key(
        "boot.signing_key",
        Kind::Path,
        "Private key that signs the image: a PEM file; {signature} in its path is replaced by `signature`.",
    ),
    key(
        "boot.key",
        Kind::Choice(&["otp", "builtin"]),
        "Where the public key is: in the image, its hash in OTP (\"otp\"), or in the boot ROM, its hash in the image (\"builtin\").",
    ),
    key(
        "boot.keys",
        Kind::Count { least: 1, most: 2 },
        "Keys that are accepted: 1, or 2 of which an image of the second may revoke the first.",
    ),
    key(
        "boot.second_key",
        Kind::Path,
        "With two keys the second: a PEM file, private or public; {signature} as above.",
    ),
    key(
        "boot.image_number",
        Kind::Count { least: 1, most: 2 },
        "Images: 1, secure and non-secure one signed together, or 2, each with its own slot, version, counter and signature.",
    ),
    key(
        "boot.secure_slot_bytes",
        Kind::Bytes,
        "With two images the part of each slot that is the secure one's; the rest is the non-secure one's.",
    ),
    key(
        "boot.image_version",
        Kind::Version,
        "Version in the image header: major.minor.revision+build.",
    ),
    key(
        "boot.security_counter",
        Kind::Word,
        "Security counter of the image; the boot ROM refuses one below the counter in OTP.",
    ),
    key(
        "boot.nonsecure_image_version",
        Kind::Version,
        "With two images the version of the non-secure one.",
    ),
    key(
        "boot.nonsecure_security_counter",
        Kind::Word,
        "With two images the security counter of the non-secure one, which has a counter of its own in OTP.",
    ),
    key(
        "boot.nonsecure_image_version_min",
        Kind::Version,
        "With two images the lowest version of the non-secure one that the secure one runs with; \"0.0.0+0\": any.",
    ),
    key(
        "boot.secure_image_version_min",
        Kind::Version,
        "With two images the lowest version of the secure one that the non-secure one runs with; \"0.0.0+0\": any.",
    ),
    switch(
        "boot.anti_rollback",
        "Refuse older firmware by its security counter; `false` starts it, with a warning.",
    ),
    key(
        "boot.header_bytes",
        Kind::Bytes,
        "Size of the MCUboot header, which the secure vector table follows.",
    ),
    switch(
        "boot.recovery",
        "Serial recovery over the console when nothing can be started; without it the device halts.",
    ),
];
