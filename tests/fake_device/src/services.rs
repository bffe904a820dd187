// SPDX-License-Identifier: Apache-2.0
//! The partitions of the fake device and the image that they make.

use crypto::{AllContexts, Configuration, Fixed, Wanted, key_material_bytes};
use flash::{Geometry, fake::RamFlash};
use its::Its;
use primitives::aes::Aes128;
use primitives::hash_drbg::{Entropy, EntropyFailure};
use primitives::sha2::Sha2;
use primitives::sha256::Portable;
use primitives::sha512::Sha512;
use spm::Spm;
use spm::fake::FakeMemory;

use crate::image;

const ENGINE_BUFFER_BYTES: usize = 0x1800;
const MOST_OBJECTS: usize = 12;
const LARGEST_OBJECT_BYTES: usize = 512;
const STORAGE_BUFFER_BYTES: usize = 32;
const FLASH: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 0x1000,
    program_unit_bytes: 4,
};

pub type StoragePartition = Its<StorageSizes>;

/// The sizes of the storage.
pub struct StorageSizes;

impl its::Configuration for StorageSizes {
    type Flash = RamFlash;
    type Assets = its::Assets<MOST_OBJECTS>;
    type Buffer = its::Buffer<STORAGE_BUFFER_BYTES>;
    const MAX_ASSET_BYTES: usize = LARGEST_OBJECT_BYTES;
}

/// All algorithms in portable code, with persistent keys.
pub struct AllAlgorithms;

impl Configuration for AllAlgorithms {
    const WANTED: Wanted = Wanted::ALL;
    type Contexts = AllContexts;
    type Operations = Fixed<4>;
    type Keys = Fixed<8>;
    type KeyMaterial = Fixed<{ key_material_bytes::<AllAlgorithms>(ENGINE_BUFFER_BYTES) }>;
    type Hash = Sha2<Portable, Sha512>;
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Counter;
    const KEY_OBJECT_BYTES: Option<usize> = Some(LARGEST_OBJECT_BYTES);
}

/// Bytes that count up in place of entropy: every run of a test sees the same numbers.
#[derive(Default)]
pub struct Counter(u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        for byte in bytes {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
        Ok(())
    }
}

/// The image: all algorithms, over the real storage.
pub type Image = image::Image<AllAlgorithms, StoragePartition>;

/// Starts the image over this non-secure memory.
pub fn start(memory: FakeMemory) -> Spm<Image> {
    let storage = Its::new(RamFlash::new(FLASH));
    let spm = image::spm(memory, Counter::default(), storage);
    spm.start();
    spm
}
