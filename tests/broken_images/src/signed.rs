// SPDX-License-Identifier: Apache-2.0
//! Images that are properly signed and yet must not be started.

use anyhow::Result;
use boot::Error;
use boot::header::flags;
use boot::tlv::kind;

use crate::{Bench, BrokenImage};
use signer::draft::{Draft, Entry};

pub fn images(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let flag = |flag: u32| move |draft: &mut Draft| draft.header.flags |= flag;
    let add = |kind: u16, value: &'static [u8]| {
        move |entries: &mut Vec<Entry>| entries.push((kind, value.to_vec()))
    };
    let counter =
        |value: &'static [u8]| move |entries: &mut Vec<Entry>| entries[0].1 = value.to_vec();
    let lower_counter = bench.device_counter.saturating_sub(1).to_le_bytes();

    let mut images: Vec<BrokenImage> = [
        bench.sign(
            "flag: AES-128",
            Error::Encrypted,
            flag(flags::ENCRYPTED_AES128),
        ),
        bench.sign(
            "flag: AES-256",
            Error::Encrypted,
            flag(flags::ENCRYPTED_AES256),
        ),
        bench.sign(
            "flag: not bootable",
            Error::NonBootable,
            flag(flags::NON_BOOTABLE),
        ),
        bench.sign("flag: RAM load", Error::RamLoad, flag(flags::RAM_LOAD)),
        bench.sign(
            "flag: ROM fixed",
            Error::UnsupportedFlags,
            flag(flags::ROM_FIXED),
        ),
        bench.sign("flag: compressed", Error::UnsupportedFlags, flag(0x200)),
        bench.sign("flag: highest", Error::UnsupportedFlags, flag(1 << 31)),
        bench.sign(
            "protected area: announced and absent",
            Error::WrongProtectedArea,
            |draft| {
                draft.protected.clear();
            },
        ),
        bench.sign(
            "protected area: present, not announced",
            Error::WrongProtectedArea,
            |draft| {
                draft.header.protected_area_bytes = 0;
            },
        ),
        bench.sign(
            "protected area: none at all",
            Error::CounterMissing,
            |draft| {
                draft.protected.clear();
                draft.header.protected_area_bytes = 0;
            },
        ),
        bench.sign_entries(
            "security counter: missing",
            Error::CounterMissing,
            |entries| {
                entries.retain(|(kind, _)| *kind != kind::SECURITY_COUNTER);
            },
        ),
        bench.sign_entries(
            "security counter: 2 bytes",
            Error::EntrySize,
            counter(&[9; 2]),
        ),
        bench.sign_entries(
            "security counter: 8 bytes",
            Error::EntrySize,
            counter(&[9; 8]),
        ),
        bench.sign_entries("security counter: empty", Error::EntrySize, counter(&[])),
        bench.sign_entries(
            "security counter: twice",
            Error::EntryDuplicate,
            add(kind::SECURITY_COUNTER, &[0xFF; 4]),
        ),
        bench.sign_entries(
            "security counter: twice, the same",
            Error::EntryDuplicate,
            |entries| entries.push(entries[0].clone()),
        ),
        bench.sign_entries(
            "boot record: twice, the same",
            Error::EntryDuplicate,
            |entries| entries.push(entries[1].clone()),
        ),
        bench.sign_entries(
            "boot record: twice",
            Error::EntryDuplicate,
            add(kind::BOOT_RECORD, &[0; 4]),
        ),
        bench.sign_entries("boot record: empty", Error::WrongBootRecord, |entries| {
            entries[1].1.clear();
        }),
        bench.sign_entries(
            "boot record: measurement cut short",
            Error::WrongBootRecord,
            |entries| {
                entries[1].1.pop();
            },
        ),
        bench.sign_entries(
            "boot record: measurement filled in",
            Error::WrongBootRecord,
            |entries| {
                *entries[1].1.last_mut().unwrap() = 1;
            },
        ),
        bench.sign_entries(
            "boot record: zeros only",
            Error::WrongBootRecord,
            |entries| {
                entries[1].1.fill(0);
            },
        ),
        bench.sign_entries(
            "protected area: hash in it",
            Error::EntryNotAllowed,
            add(kind::SHA256, &[0; 32]),
        ),
        bench.sign_entries(
            "protected area: public key in it",
            Error::EntryNotAllowed,
            add(kind::PUBLIC_KEY, &[0x30; 44]),
        ),
        bench.sign_entries(
            "protected area: hash of the key in it",
            Error::EntryNotAllowed,
            add(kind::KEY_HASH, &[0; 32]),
        ),
        bench.sign_entries(
            "protected area: signature in it",
            Error::EntryNotAllowed,
            |entries| {
                let kind = bench.key.signature_type().tlv_kind();
                entries.push((kind, vec![0; 64]));
            },
        ),
        bench.sign_entries(
            "dependency: on a later build of the image",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
        ),
        bench.sign_entries(
            "dependency: on a later version of the image",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
        ),
        bench.sign_entries(
            "dependency: on another image",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ),
        bench.sign_entries(
            "dependency: on another image, by a byte that is padding",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ),
        bench.sign_entries(
            "dependency: 8 bytes",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[0; 8]),
        ),
        bench.sign_entries(
            "dependency: 13 bytes",
            Error::DependencyNotMet,
            add(kind::DEPENDENCY, &[0; 13]),
        ),
        bench.sign_entries(
            "dependency: one that is met, and one that is not",
            Error::DependencyNotMet,
            |entries| {
                let met = (kind::DEPENDENCY, vec![0; 12]);
                let unmet = (kind::DEPENDENCY, [&[0; 4][..], &[0xFF; 8]].concat());
                entries.extend([met, unmet]);
            },
        ),
        bench.sign_entries(
            "protected area: unknown type in it",
            Error::EntryNotAllowed,
            add(0x9F, &[]),
        ),
        bench.sign_entries(
            "protected area: greatest type in it",
            Error::EntryNotAllowed,
            add(0xFFFF, &[]),
        ),
    ]
    .into_iter()
    .collect::<Result<_>>()?;

    // A device that accepts every counter refuses none.
    if bench.device_counter > 0 {
        images.push(bench.sign_entries(
            "security counter: one too low",
            Error::CounterTooLow,
            |entries| {
                entries[0].1 = lower_counter.to_vec();
            },
        )?);
        images.push(bench.sign_entries(
            "security counter: 0",
            Error::CounterTooLow,
            counter(&[0; 4]),
        )?);
    }
    Ok(images)
}
