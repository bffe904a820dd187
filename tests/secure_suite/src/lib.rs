// SPDX-License-Identifier: Apache-2.0
//! The services of the secure world, tested from within it: a partition with a list of cases that an
//! application runs one by one.
//!
//! A case is built exactly when the image has what it needs. The partition has no state, so that the
//! application decides about order and repetition; `test.secure` puts it into an image.
//!
//! Not here: what the application says of the results (`tests/on_target`).
#![cfg_attr(not(test), no_std)]

mod case;
mod crypto;
mod keys;
mod storage;

use psa::service::{CRYPTO, INTERNAL_TRUSTED_STORAGE, ServiceIdentity};
use psa::{Framework, Message, Partition, Status};

use case::Outcome;
pub use storage::APPLICATION_UID;

/// The numbers of `manifest.toml`.
pub const SERVICE: ServiceIdentity = ServiceIdentity {
    sid: 0xCA5E_0003,
    stateless_handle: 17,
    partition_id: 1001,
    version: 1,
};

/// Message type: runs the case whose index is the `u32` in input 0, in little endian. Output 0 gets
/// 0, or the line of the check that failed, likewise.
///
/// The status is `NOT_SUPPORTED` for a case whose needs the image lacks, and `DOES_NOT_EXIST` behind
/// the last case.
pub const RUN: i16 = 1;
/// Message type: output 0 gets the name of the case.
pub const NAME: i16 = 2;
/// Message type: output 0 gets what the case needs, in words.
pub const NEEDS: i16 = 3;

/// The room that every name and every need fits.
pub const TEXT_BYTES: usize = 64;

/// The cases: name, needs.
const CASES: [(&str, &str); 8] = [
    ("versions_are_told", "Crypto"),
    ("a_hash_matches_its_vector", "PSA_WANT_ALG_SHA_256"),
    ("an_unknown_hash_is_refused", "PSA_WANT_ALG_SHA_256"),
    ("a_mac_matches_its_vector", "PSA_WANT_ALG_HMAC"),
    ("a_message_is_sealed_and_opened", "PSA_WANT_ALG_CCM"),
    ("random_numbers_differ", "PSA_WANT_GENERATE_RANDOM"),
    ("an_object_is_stored", "Internal Trusted Storage"),
    (
        "objects_of_others_are_out_of_reach",
        "Internal Trusted Storage",
    ),
];

/// The partition, for an image with these algorithms.
#[derive(Clone, Copy, Debug)]
pub struct Suite<const SHA_256: bool, const HMAC: bool, const CCM: bool, const RANDOM: bool>;

impl<const SHA_256: bool, const HMAC: bool, const CCM: bool, const RANDOM: bool> Partition
    for Suite<SHA_256, HMAC, CCM, RANDOM>
{
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let outcome = Self::serve(message, framework);
        outcome.err().unwrap_or(Status::SUCCESS)
    }
}

impl<const SHA_256: bool, const HMAC: bool, const CCM: bool, const RANDOM: bool>
    Suite<SHA_256, HMAC, CCM, RANDOM>
{
    fn serve(message: &mut impl Message, framework: &impl Framework) -> Result<(), Status> {
        let mut index = [0; 4];
        if message.in_size(0) != index.len() {
            return Err(Status::INVALID_ARGUMENT);
        }
        message.read(0, &mut index);
        let index = u32::from_le_bytes(index) as usize;
        let (name, needs) = CASES.get(index).ok_or(Status::DOES_NOT_EXIST)?;
        match i16::try_from(message.message_type()) {
            Ok(RUN) => {
                let outcome = Self::run(index, framework).ok_or(Status::NOT_SUPPORTED)?;
                let line = outcome.err().unwrap_or(0);
                message.write(0, &line.to_le_bytes())
            }
            Ok(NAME) => message.write(0, name.as_bytes()),
            Ok(NEEDS) => message.write(0, needs.as_bytes()),
            _ => Err(Status::NOT_SUPPORTED),
        }
    }

    /// Runs a case that the image has.
    fn run(index: usize, framework: &impl Framework) -> Option<Outcome> {
        let has = |sid| framework.version(sid) != 0;
        match index {
            0 if has(CRYPTO.sid) => Some(crypto::versions_are_told(framework)),
            1 if SHA_256 => Some(crypto::a_hash_matches_its_vector(framework)),
            2 if SHA_256 => Some(crypto::an_unknown_hash_is_refused(framework)),
            3 if HMAC => Some(keys::a_mac_matches_its_vector(framework)),
            4 if CCM => Some(keys::a_message_is_sealed_and_opened(framework)),
            5 if RANDOM => Some(crypto::random_numbers_differ(framework)),
            6 if has(INTERNAL_TRUSTED_STORAGE.sid) => Some(storage::an_object_is_stored(framework)),
            7 if has(INTERNAL_TRUSTED_STORAGE.sid) => {
                Some(storage::objects_of_others_are_out_of_reach(framework))
            }
            _ => None,
        }
    }
}
