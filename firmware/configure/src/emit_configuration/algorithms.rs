// SPDX-License-Identifier: Apache-2.0
//! The algorithms of the Crypto partition.

use crate::effective::Effective;
use std::fmt::Write as _;

/// What the keys of algorithms begin with.
const PREFIX: &str = "crypto.psa_want_";

/// What stands before the implementation of `firmware::Configuration`, and items of it.
pub fn text(effective: &Effective) -> [String; 2] {
    let mut wanted = String::new();
    for name in effective
        .settings()
        .filter_map(|setting| setting.key.name.strip_prefix(PREFIX))
    {
        let flag = effective.flag(&format!("{PREFIX}{name}"));
        let _ = writeln!(wanted, "    {}: {flag},", field(name));
    }
    let number = |key: &str| effective.number(&format!("crypto.{key}"));
    let has = |name: &str| effective.flag(&format!("{PREFIX}alg_{name}"));
    let wide = if has("sha_384") || has("sha_512") {
        "Sha512"
    } else {
        "NoWide"
    };
    let compression = "<Board as firmware::Board>::Compression";
    let hash = if has("sha_224") || wide == "Sha512" {
        format!("sha2::Sha2<{compression}, firmware::primitives::sha512::{wide}>")
    } else {
        format!("sha256::Sha256<{compression}>")
    };
    let items = format!(
        "const ALGORITHMS: firmware::crypto::Wanted = ALGORITHMS;\n\
         type Contexts = Contexts;\n\
         type Hash = firmware::primitives::{hash};\n\
         type Operations = firmware::crypto::Fixed<{operations}>;\n\
         type KeySlots = firmware::crypto::Fixed<{keys}>;\n\
         type KeyMaterial = firmware::crypto::Fixed<{{\n    \
         firmware::crypto::key_material_bytes::<firmware::partitions::CryptoOf<Board, Configured>>({buffer_bytes})\n\
         }}>;\n",
        operations = number("concurrent_operations"),
        keys = number("key_slots"),
        buffer_bytes = number("engine_buffer_bytes"),
    );
    let before = format!(
        "/// The algorithms that the image has.\n\
         const ALGORITHMS: firmware::crypto::Wanted = firmware::crypto::Wanted {{\n{wanted}}};\n\
         \n\
         /// Room for the operations of these algorithms.\n\
         pub enum Contexts {{}}\n\
         \n\
         impl firmware::crypto::Contexts for Contexts {{\n    \
         type OtherAes = firmware::crypto::Included<{{ ALGORITHMS.other_aes() }}>;\n    \
         type Cmac = firmware::crypto::Included<{{ ALGORITHMS.cmac }}>;\n    \
         type Ccm = firmware::crypto::Included<{{ ALGORITHMS.ccm }}>;\n    \
         type Gcm = firmware::crypto::Included<{{ ALGORITHMS.gcm }}>;\n    \
         type ChaCha20Poly1305 = firmware::crypto::Included<{{ ALGORITHMS.chacha20_poly1305 }}>;\n    \
         type BlockCipher = firmware::crypto::Included<{{ ALGORITHMS.block_cipher() }}>;\n    \
         type StreamCipher = firmware::crypto::Included<{{ ALGORITHMS.stream_cipher }}>;\n    \
         type KeyDerivation = firmware::crypto::Included<{{ ALGORITHMS.key_derivation() }}>;\n\
         }}\n",
    );
    [before, items]
}

/// The field of `crypto::Wanted` for a key.
fn field(name: &str) -> String {
    match name.strip_prefix("alg_") {
        Some(algorithm) => algorithm.into(),
        None => name.replace("aes_key_size", "aes").replace("generate_", ""),
    }
}
