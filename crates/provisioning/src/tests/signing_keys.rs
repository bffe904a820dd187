// SPDX-License-Identifier: Apache-2.0
//! Two signing keys.

use super::{AREA_BYTES, area, parameters, set_length};
use crate::{Device, Error, Parameters, SigningKeys, layout};

#[test]
fn a_second_key_stands_behind_the_rest() {
    let one = area();
    assert_eq!(SigningKeys::read(&one), Ok(SigningKeys::default()));
    let mut two = vec![0; AREA_BYTES];
    let parameters = Parameters {
        second_public_key_hash: Some([0x2D; 32]),
        ..parameters()
    };
    parameters.encode(&mut two).unwrap();
    assert_eq!(two[6..8], [0xC4, 0]);
    assert_eq!(two[0xA4..0xC4], [0x2D; 32]);
    assert_eq!(two[0xC4..0x200], [0xFF; 0x200 - 0xC4]);
    let keys = SigningKeys::read(&two).unwrap();
    assert_eq!(keys.second_hash, Some(&[0x2D; 32]));
    assert!(!keys.is_first_revoked);
    // Firmware that knows of one key only reads the same device.
    assert_eq!(Device::read(&two), Device::read(&one));
    for length_bytes in 0xA5..0xC4 {
        set_length(&mut two, length_bytes);
        assert_eq!(SigningKeys::read(&two), Err(Error::WrongLength));
    }
}

#[test]
fn any_bit_of_the_mark_revokes_the_first_key() {
    for bit in 0..layout::REVOCATION.len() * 8 {
        let mut area = area();
        area[layout::REVOCATION.start + bit / 8] ^= 1 << (bit % 8);
        assert!(SigningKeys::read(&area).unwrap().is_first_revoked);
        assert!(Device::read(&area).is_ok());
    }
}
