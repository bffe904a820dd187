// SPDX-License-Identifier: Apache-2.0
//! The hash of tests that are about calls and not about hashes: the first one that the image has.

use nonsecure::config::crypto;
use psa::crypto::Algorithm;

/// Algorithm, length of its hash, and how the hash of "abc" begins (FIPS 180-4, examples).
type Row = (Algorithm, usize, [u8; 4]);

const ROW: Option<Row> = if crypto::PSA_WANT_ALG_SHA_256 {
    Some((Algorithm::SHA_256, 32, [0xba, 0x78, 0x16, 0xbf]))
} else if crypto::PSA_WANT_ALG_SHA_512 {
    Some((Algorithm::SHA_512, 64, [0xdd, 0xaf, 0x35, 0xa1]))
} else if crypto::PSA_WANT_ALG_SHA_384 {
    Some((Algorithm::SHA_384, 48, [0xcb, 0x00, 0x75, 0x3f]))
} else if crypto::PSA_WANT_ALG_SHA_224 {
    Some((Algorithm::SHA_224, 28, [0x23, 0x09, 0x7d, 0x22]))
} else {
    None
};

/// Whether there is any.
pub const IS_THERE: bool = ROW.is_some();
/// The algorithm; without one, a call for SHA-256 is refused.
pub const ALGORITHM: Algorithm = match ROW {
    Some((algorithm, ..)) => algorithm,
    None => Algorithm::SHA_256,
};
/// The length of a hash.
pub const BYTES: usize = match ROW {
    Some((_, bytes, _)) => bytes,
    None => 32,
};
/// How the hash of "abc" begins.
pub const ABC_BEGINS: [u8; 4] = match ROW {
    Some((.., begins)) => begins,
    None => [0; 4],
};
