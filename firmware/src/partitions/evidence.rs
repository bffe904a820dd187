// SPDX-License-Identifier: Apache-2.0
//! Where the Attestation partition finds its evidence.

use core::marker::PhantomData;

use attestation::{Configuration as Tokens, EvidenceSource};
use provisioning::Identity;

use crate::{Board, Configuration};

/// The evidence of a board.
#[derive(Debug)]
pub struct EvidenceOf<B, C>(PhantomData<(B, C)>);

impl<B: Board, C: Configuration> EvidenceSource for EvidenceOf<B, C> {
    const CONFIGURATION: Tokens = C::TOKENS;
    const HAS_BOOT_ROM: bool = C::HAS_BOOT_ROM;

    fn boot_data() -> &'static [u8] {
        B::boot_data()
    }

    fn running_slot() -> &'static [u8] {
        B::running_image()
    }

    fn nonsecure_slot() -> &'static [u8] {
        let offset_bytes = match const { C::NONSECURE_LAYOUT } {
            Some(layout) => layout.primary.offset_bytes - C::BOOT_LAYOUT.primary.offset_bytes,
            None => 0,
        };
        B::running_image().get(offset_bytes..).unwrap_or_default()
    }

    fn identity() -> Option<Identity<'static>> {
        Identity::read(B::otp()).ok()
    }
}
