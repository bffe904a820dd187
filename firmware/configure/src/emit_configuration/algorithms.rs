// SPDX-License-Identifier: Apache-2.0
//! The algorithms of the Crypto partition.

use crate::derive;
use crate::effective::Effective;

/// What stands before the implementation of `firmware::Configuration`, and items of it.
pub fn text(effective: &Effective) -> [String; 2] {
    let wanted = derive::wanted(effective);
    let number = |key: &str| effective.number(&format!("crypto.{key}"));
    let wide = if wanted.wide_hashes() {
        "Sha512"
    } else {
        "NoWide"
    };
    let compression = "<Board as firmware::Board>::Compression";
    let hash = if wanted.hashes_beside_sha_256() {
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
         const ALGORITHMS: firmware::crypto::Wanted = firmware::crypto::{wanted:#?};\n\
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
         }}\n\
         \n\
         // What the engine buffer was checked with.\n\
         const _: () = assert!(\n    \
         firmware::crypto::context_bytes::<firmware::partitions::CryptoOf<Board, Configured>>() <= {context_bytes},\n    \
         \"a context of an operation is larger than `cargo xtask config` counted\"\n\
         );\n",
        context_bytes = derive::context_bytes(effective),
    );
    [before, items]
}
