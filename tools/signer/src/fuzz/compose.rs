// SPDX-License-Identifier: Apache-2.0
//! Composes an image from a plan: valid, except for the changes of the plan.
//!
//! A plan is a row of bytes, each of which decides about the next thing; low numbers stand for
//! what is usual, so that few changes of a plan make few changes of the image.

use boot::tlv::{PROTECTED_MAGIC, UNPROTECTED_MAGIC, kind};
use boot::{Header, Version};
use primitives::sha256::Sha256;

use super::{KEY, SECURITY_COUNTER, signature_of};
use crate::draft::ERASED;

/// Types that an entry can have by a plan; others by their number.
const KINDS: [u16; 12] = [
    kind::SECURITY_COUNTER,
    kind::BOOT_RECORD,
    kind::SHA256,
    kind::PUBLIC_KEY,
    kind::ED25519,
    kind::VENDOR_FIRST,
    kind::VENDOR_LAST,
    kind::KEY_HASH,
    kind::RSA3072,
    kind::DEPENDENCY,
    u16::MAX,
    0,
];

/// The decisions that are left.
struct Plan<'a>(&'a [u8]);

impl Plan<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn word(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    /// A number that is as it must be, mostly; else one near it, or any.
    fn number(&mut self, right: u16) -> u16 {
        match self.byte() {
            0..=200 => right,
            step @ 201..=228 => right.wrapping_add(u16::from(step - 200)),
            step @ 229..=245 => right.wrapping_sub(u16::from(step - 228)),
            _ => self.word(),
        }
    }

    /// A value that is as it must be, mostly; else shorter, longer or changed.
    fn value(&mut self, mut right: Vec<u8>) -> Vec<u8> {
        match self.byte() {
            0..=200 => {}
            cut @ 201..=220 => right.truncate(right.len().saturating_sub(usize::from(cut - 200))),
            more @ 221..=235 => right.resize(right.len() + usize::from(more - 220), more),
            _ => {
                let place = usize::from(self.byte()) % right.len().max(1);
                let change = self.byte() | 1;
                right
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|byte| *byte ^= change);
            }
        }
        right
    }

    /// Further entries.
    fn extras(&mut self) -> Vec<(u16, Vec<u8>)> {
        let count = self.byte().saturating_sub(180) / 25;
        let entry = |_| {
            let kind = match self.byte() {
                named if usize::from(named) < KINDS.len() => KINDS[usize::from(named)],
                other => u16::from(other),
            };
            let length = self.byte() % 64;
            (kind, (0..length).map(|_| self.byte()).collect())
        };
        (0..count).map(entry).collect()
    }

    /// An area of entries whose sizes are mostly right.
    fn area(&mut self, magic: u16, mut entries: Vec<(u16, Vec<u8>)>) -> Vec<u8> {
        match self.byte() {
            0..=220 => {}
            turn @ 221..=235 if !entries.is_empty() => {
                let by = usize::from(turn) % entries.len();
                entries.rotate_left(by);
            }
            gone => {
                let index = usize::from(gone) % entries.len().max(1);
                entries = entries
                    .into_iter()
                    .enumerate()
                    .filter(|(at, _)| *at != index)
                    .map(|(_, entry)| entry)
                    .collect();
            }
        }
        let mut content = Vec::new();
        for (kind, value) in entries {
            content.extend(self.number(kind).to_le_bytes());
            content.extend(self.number(value.len() as u16).to_le_bytes());
            content.extend(value);
        }
        let total_bytes = self.number(content.len() as u16 + 4).to_le_bytes();
        [
            &self.number(magic).to_le_bytes()[..],
            &total_bytes,
            &content,
        ]
        .concat()
    }
}

/// The image of a plan, and what follows it in its slot.
pub fn image(plan: &[u8]) -> Vec<u8> {
    let mut plan = Plan(plan);
    let mut record = b"record\x02\x58\x20".to_vec();
    record.resize(record.len() + 32, 0);
    let counter = (SECURITY_COUNTER + 1).wrapping_sub(u32::from(plan.byte() / 100));
    let mut protected = vec![(kind::SECURITY_COUNTER, counter.to_le_bytes().to_vec())];
    if plan.byte() < 128 {
        protected.push((kind::BOOT_RECORD, record));
    }
    if plan.byte() > 128 {
        // On the image itself, of the version that it has or of one nearby.
        let mut dependency = vec![0; 12];
        dependency[usize::from(plan.byte() % 12)] = plan.byte() / 64;
        protected.push((kind::DEPENDENCY, dependency));
    }
    for (_, value) in &mut protected {
        *value = plan.value(std::mem::take(value));
    }
    protected.extend(plan.extras());
    let protected = match plan.byte() {
        0..=240 => plan.area(PROTECTED_MAGIC, protected),
        _ => Vec::new(),
    };

    let payload_bytes = 8 + u16::from(plan.byte() % 32);
    let padding_bytes = u16::from(plan.byte() % 64);
    let header_bytes = plan.number(32 + padding_bytes);
    let flags = match plan.byte() {
        0..=200 => 0,
        bit => 1 << (bit % 32),
    };
    let header = Header {
        load_address: 0,
        header_bytes,
        protected_area_bytes: plan.number(protected.len() as u16),
        payload_bytes: u32::from(plan.number(payload_bytes)) | u32::from(plan.byte() / 250) << 31,
        flags,
        version: Version {
            minor: plan.byte() / 64,
            build: u32::from(plan.byte() / 64),
            ..Version::default()
        },
    };
    let mut image = header.encode().to_vec();
    image.resize(usize::from(header_bytes % 256).max(32), ERASED);
    image.resize(image.len() + usize::from(payload_bytes), 0x5A);
    image.extend(protected);

    let digest = Sha256::digest(&image);
    let proof = [
        (kind::SHA256, digest.to_vec()),
        (kind::PUBLIC_KEY, KEY.to_vec()),
        (kind::ED25519, signature_of(&digest).to_vec()),
    ];
    let mut proof: Vec<_> = proof.map(|(kind, value)| (kind, plan.value(value))).into();
    proof.extend(plan.extras());
    image.extend(plan.area(UNPROTECTED_MAGIC, proof));

    let behind = plan.byte();
    image.resize(image.len() + usize::from(behind), ERASED);
    for _ in 0..plan.byte().saturating_sub(200) / 10 {
        let place = usize::from(plan.word()) % image.len();
        image[place] = plan.byte();
    }
    image
}
