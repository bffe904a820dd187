// SPDX-License-Identifier: Apache-2.0
//! Memory that algorithms need, for tools on the host that choose the size of the engine buffer.
//!
//! The compiler computes the size of a context for each combination. No field of a context depends
//! on the width of a pointer, so that the device has the same; the build of an image checks that.

use core::marker::PhantomData;

use primitives::{
    aes::{self, BlockPairCipher},
    hash::Hash,
    hash_drbg::{Entropy, EntropyFailure},
    sha2::Sha2,
    sha256::{Portable, Sha256},
    sha512::{NoWide, Sha512},
};

use crate::{
    configuration::{
        AES_128_KEY_BYTES, Configuration,
        capacity::Fixed,
        contexts::Contexts,
        presence::{Included, Presence},
        wanted::Wanted,
    },
    keys::store::Key,
    operations::slot::Slot,
};

/// What keys of HMAC have at most, by recommendation: the digest of the hash.
const HMAC_KEY_BYTES: usize = 32;
const WIDE_HMAC_KEY_BYTES: usize = 64;
const LONG_KEY_BYTES: usize = 32;
const AES_192_KEY_BYTES: usize = 24;
const PUBLIC_KEY_BYTES: usize = primitives::p256::PUBLIC_KEY_BYTES;

/// Bytes of RAM that a key takes beside its material.
pub const KEY_ROW_BYTES: usize = size_of::<Key>();

/// Bytes of material of the largest usual key that the algorithms have; 0 if there are no keys. Keys
/// of HMAC and of derivations may be longer, and take the room of several.
#[must_use]
pub const fn usual_key_bytes(wanted: &Wanted) -> usize {
    if wanted.elliptic_curves() {
        PUBLIC_KEY_BYTES
    } else if wanted.hmac && wanted.wide_hashes() {
        WIDE_HMAC_KEY_BYTES
    } else if wanted.hmac {
        HMAC_KEY_BYTES
    } else if wanted.aes_256 || wanted.chacha20() || wanted.key_derivation() {
        LONG_KEY_BYTES
    } else if wanted.aes_192 {
        AES_192_KEY_BYTES
    } else if wanted.keys() {
        AES_128_KEY_BYTES
    } else {
        0
    }
}

/// Bytes that every key has at least in an engine buffer.
pub const LEAST_KEY_BYTES: usize = AES_128_KEY_BYTES;

/// Bytes of the context of one operation with these algorithms. `has_table` is for an AES with a
/// table of round keys; the other one is in constant time, portable or of the board.
#[must_use]
pub fn context_bytes(wanted: &Wanted, has_table: bool) -> usize {
    if has_table {
        with_cipher::<aes::table::Aes128>(wanted)
    } else {
        with_cipher::<aes::Aes128>(wanted)
    }
}

fn with_cipher<A: BlockPairCipher<Key = [u8; AES_128_KEY_BYTES]>>(wanted: &Wanted) -> usize {
    if wanted.wide_hashes() {
        with_hash::<A, Sha2<Portable, Sha512>>(wanted)
    } else if wanted.hashes_beside_sha_256() {
        with_hash::<A, Sha2<Portable, NoWide>>(wanted)
    } else {
        with_hash::<A, Sha256<Portable>>(wanted)
    }
}

/// Chooses a type for each flag, and returns the size.
macro_rules! size {
    ($a:ty, $h:ty;; $($chosen:ty,)*) => {
        const { size_of::<Slot<Probe<$a, $h, ($($chosen,)*)>>>() }
    };
    ($a:ty, $h:ty; $flag:expr, $($rest:expr,)*; $($chosen:ty,)*) => {
        if $flag {
            size!($a, $h; $($rest,)*; $($chosen,)* Included<true>,)
        } else {
            size!($a, $h; $($rest,)*; $($chosen,)* Included<false>,)
        }
    };
}

fn with_hash<A: BlockPairCipher<Key = [u8; AES_128_KEY_BYTES]>, H: Hash>(wanted: &Wanted) -> usize {
    size!(
        A, H;
        wanted.other_aes(), wanted.cmac, wanted.ccm, wanted.gcm, wanted.chacha20_poly1305,
        wanted.block_cipher(), wanted.stream_cipher, wanted.key_derivation(),;
    )
}

/// A service with this cipher, hash and room in contexts.
struct Probe<A, H, K>(PhantomData<(A, H, K)>);

impl<A: BlockPairCipher<Key = [u8; AES_128_KEY_BYTES]>, H: Hash, K: Contexts> Configuration
    for Probe<A, H, K>
{
    const WANTED: Wanted = Wanted::NONE;
    type Contexts = K;
    type Operations = Fixed<0>;
    type Keys = Fixed<0>;
    type KeyMaterial = Fixed<0>;
    type Hash = H;
    type Compression = Portable;
    type Cipher = A;
    type Entropy = Nothing;
}

struct Nothing;

impl Entropy for Nothing {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyFailure> {
        Err(EntropyFailure)
    }
}

impl<O, M, C, G, P, B, S, D> Contexts for (O, M, C, G, P, B, S, D)
where
    O: Presence,
    M: Presence,
    C: Presence,
    G: Presence,
    P: Presence,
    B: Presence,
    S: Presence,
    D: Presence,
{
    type OtherAes = O;
    type Cmac = M;
    type Ccm = C;
    type Gcm = G;
    type ChaCha20Poly1305 = P;
    type BlockCipher = B;
    type StreamCipher = S;
    type KeyDerivation = D;
}

#[cfg(test)]
mod tests {
    use super::{KEY_ROW_BYTES, Slot, context_bytes, usual_key_bytes};
    use crate::configuration::wanted::Wanted;
    use crate::fake::{Fake, Full};

    #[test]
    fn a_context_is_as_large_as_in_an_image() {
        assert_eq!(
            context_bytes(&Wanted::SMALL, false),
            size_of::<Slot<Fake<4, 4>>>()
        );
        assert_eq!(context_bytes(&Wanted::ALL, false), size_of::<Slot<Full>>());
        assert!(context_bytes(&Wanted::SMALL, true) < context_bytes(&Wanted::SMALL, false));
    }

    #[test]
    fn room_follows_the_algorithms() {
        assert_eq!(context_bytes(&Wanted::SMALL, false), 440);
        assert!(context_bytes(&Wanted::NONE, false) < 240);
        let keys = [Wanted::NONE, Wanted::SMALL, Wanted::SYMMETRIC, Wanted::ALL];
        assert_eq!(keys.map(|wanted| usual_key_bytes(&wanted)), [0, 32, 64, 65]);
        assert_eq!(KEY_ROW_BYTES % 4, 0);
    }
}
