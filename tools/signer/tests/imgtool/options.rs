// SPDX-License-Identifier: Apache-2.0
//! What a device does with images that were signed with other options.

use boot::{Placement, Trust, trailer};
use signer::SignatureType;

use crate::common::{self, Device, SLOT_BYTES, device, key_path_of, slot};
use crate::tool::{signed_by_imgtool, signed_with};

/// Options that this device does not support, and values that are free for every vendor.
#[test]
fn options_of_imgtool() {
    let counter = ["--security-counter", "6"];
    let cases: [(&str, &[&str], Option<boot::Error>); 10] = [
        ("no_counter", &[], Some(boot::Error::CounterMissing)),
        (
            "low_counter",
            &["-s", "4"],
            Some(boot::Error::CounterTooLow),
        ),
        (
            "ram_load",
            &["-s", "6", "--load-addr", "0x38000000"],
            Some(boot::Error::RamLoad),
        ),
        (
            "non_bootable",
            &["-s", "6", "--non-bootable"],
            Some(boot::Error::NonBootable),
        ),
        (
            "dependency_on_itself",
            &["-s", "6", "--dependencies", "(0, 1.2.3+4)"],
            None,
        ),
        (
            "dependency_on_an_older_one",
            &["-s", "6", "--dependencies", "(0, 1.2.2+9), (0, 0.9.0+0)"],
            None,
        ),
        (
            "dependency_on_a_later_one",
            &["-s", "6", "--dependencies", "(0, 1.2.3+5)"],
            Some(boot::Error::DependencyNotMet),
        ),
        (
            "dependency_on_another",
            &["-s", "6", "--dependencies", "(0, 1.0.0), (1, 1.2.3+0)"],
            Some(boot::Error::DependencyNotMet),
        ),
        (
            "vendor",
            &["-s", "6", "--custom-tlv", "0x00a1", "0x1234"],
            None,
        ),
        ("counter", &counter, None),
    ];
    for (name, more, expected) in cases {
        let Some(theirs) = signed_by_imgtool(name, more) else {
            return;
        };
        assert_eq!(
            boot::verify(&slot(&theirs), &device()).err(),
            expected,
            "{name}"
        );
    }
}

/// A device that knows where it runs images.
struct Placed(Device);

impl Trust for Placed {
    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        self.0.accepts_key(key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.0.security_counter()
    }

    fn placement(&self) -> Option<Placement> {
        Some(common::PLACEMENT)
    }
}

/// Every option that changes the header, or what a device does with the image: it runs, or it is
/// refused with its reason. None is installed to fault at every start.
#[test]
fn options_that_move_an_image() {
    use boot::Error::{Encrypted, RamLoad, UnsupportedFlags, WrongHeaderSize, WrongMagic};
    let encryption_key = key_path_of(SignatureType::EcdsaP256);
    let encryption_key = encryption_key.to_str().unwrap();
    let cases: [(&str, &[&str], Option<boot::Error>); 12] = [
        ("as_it_is", &[], None),
        ("header_0x20", &["-H", "0x20"], Some(WrongHeaderSize)),
        ("header_0x200", &["-H", "0x200"], Some(WrongHeaderSize)),
        ("header_0x404", &["-H", "0x404"], Some(WrongHeaderSize)),
        ("header_0x800", &["-H", "0x800"], Some(WrongHeaderSize)),
        ("align_8", &["--align", "8", "--pad"], None),
        ("max_align_8", &["--max-align", "8", "--pad"], None),
        ("erased_0", &["--erased-val", "0", "--pad"], None),
        ("rom_fixed", &["-F", "0x80100000"], Some(UnsupportedFlags)),
        ("load_addr", &["-L", "0x38000000"], Some(RamLoad)),
        ("big_endian", &["--endian", "big"], Some(WrongMagic)),
        ("encrypted", &["-E", encryption_key], Some(Encrypted)),
    ];
    for (name, more, expected) in cases {
        let more = [&["-s", "6"], more].concat();
        // Of RSA keys `imgtool` encrypts with small ones only; the flag is seen before any key.
        let signature_type = match expected {
            Some(Encrypted) => SignatureType::EcdsaP256,
            _ => SignatureType::Rsa3072,
        };
        let Some(theirs) = signed_with(signature_type, &format!("moved_{name}"), &more) else {
            return;
        };
        let slot = slot(&theirs);
        let refused = boot::verify(&slot, &Placed(device())).err();
        assert_eq!(refused, expected, "{name}");
        if theirs.len() == SLOT_BYTES {
            assert!(trailer::requested(&theirs).is_some(), "{name}");
            assert!(signer::check_trailer(&theirs).is_ok(), "{name}");
        }
    }
}
