// SPDX-License-Identifier: Apache-2.0
//! The evidence for tokens: references to the data of the boot ROM and of the factory, found when
//! the partition starts. If anything is missing or wrong, there is no evidence and no token.

use boot::boot_data::{BOOT_SEED, INSTANCE_ID, Module, Reader};
use boot::measured::{BOOT_SEED_BYTES, INSTANCE_ID_BYTES, is_of_image};
use provisioning::Identity;

use crate::{EvidenceSource, record::Component};

/// Everything that stays the same until the next boot.
#[derive(Debug)]
pub struct Evidence {
    /// The running image.
    pub image: Component<'static>,
    /// The boot ROM that started it, if tokens include it.
    pub boot_rom: Option<Component<'static>>,
    /// The boot seed: random, different in each boot.
    pub boot_seed: &'static [u8; BOOT_SEED_BYTES],
    /// The instance id of the device.
    pub instance_id: &'static [u8; INSTANCE_ID_BYTES],
    /// Implementation id and certification reference.
    pub identity: Identity<'static>,
}

/// The non-secure image, if it is a component of its own. It is read again for each token, so that
/// other configurations keep no room for it; [`Evidence::find`] has checked it.
pub fn nonsecure<P: EvidenceSource>() -> Option<Component<'static>> {
    if !P::CONFIGURATION.nonsecure_component {
        return None;
    }
    let data = Reader::new(P::boot_data()).ok()?;
    let record = data.find(Module::NonSecure.boot_record_kind())?;
    Component::read(record, P::CONFIGURATION.has_texts())
}

impl Evidence {
    /// Reads the boot data and checks them against the running image.
    #[inline(never)] // its frame must not be in the start of the manager
    pub fn find<P: EvidenceSource>() -> Option<Self> {
        let data = Reader::new(P::boot_data()).ok()?;
        let module = match P::CONFIGURATION.nonsecure_component {
            true => Module::Secure,
            false => Module::SecureAndNonSecure,
        };
        let record = data.find(module.boot_record_kind())?;
        if P::HAS_BOOT_ROM && !is_of_image(record, P::running_slot()) {
            return None;
        }
        let has_texts = P::CONFIGURATION.has_texts();
        if P::CONFIGURATION.nonsecure_component {
            let record = data.find(Module::NonSecure.boot_record_kind())?;
            Component::read(record, has_texts)?;
            if P::HAS_BOOT_ROM && !is_of_image(record, P::nonsecure_slot()) {
                return None;
            }
        }
        Some(Self {
            image: Component::read(record, has_texts)?,
            boot_rom: if P::CONFIGURATION.has_boot_rom() {
                let record = data.find(Module::Boot.boot_record_kind())?;
                Some(Component::read(record, has_texts)?)
            } else {
                None
            },
            boot_seed: data.find(BOOT_SEED)?.try_into().ok()?,
            instance_id: data.find(INSTANCE_ID)?.try_into().ok()?,
            identity: P::identity()?,
        })
    }
}
