// SPDX-License-Identifier: Apache-2.0
//! Devices with two keys, in OTP or built into the boot ROM: what each signs, and how the first
//! one is revoked, with the power cut at every operation of the flash.

mod common;

use boot::boot_data::{Module, Reader};
use boot::keys::{BuiltInKeys, OtpKeys, PUBLISHED, PublicKeys};
use boot::settings::Portable;
use boot::signature::EcdsaP256;
use boot::{Error, Measured, Refusal, Settings, Upgrade, verify_by};
use common::board::{Board, LAYOUT, SECTOR_BYTES, TEARS, options};
use common::{key_of, key_path_of, otp};
use flash::Flash as _;
use flash::fake::Tear;
use primitives::sha256::Portable as Portable256;
use provisioning::{Device, Lifecycle, Parameters, SigningKeys, layout};
use signer::{Expected, Options, PublicKey, PublicKeyFormat, SignatureType, SigningKey, inspect};

/// ECDSA, for it is quick here.
const TYPE: SignatureType = SignatureType::EcdsaP256;

type InOtp = Portable<EcdsaP256, OtpKeys<2>>;
type InRom = Portable<EcdsaP256, BuiltInKeys<Both>>;
type OneInRom = Portable<EcdsaP256, BuiltInKeys<First>>;

/// The keys of `profiles/keys`.
#[derive(Clone, Copy)]
struct Both;

impl PublicKeys for Both {
    const ALL: &'static [&'static [u8]] = &[FIRST, SECOND];
    // Not published keys: the devices of these tests are not marked.
    const HASHES: &'static [[u8; 32]] = &[[0; 32]; 2];
}

#[derive(Clone, Copy)]
struct First;

impl PublicKeys for First {
    const ALL: &'static [&'static [u8]] = &[FIRST];
    const HASHES: &'static [[u8; 32]] = &[[0; 32]];
}

const FIRST: &[u8] = &hexadecimal(
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004348f1c2985bc1020e3211c2339c94af9\
     b616fdb53efa9ab45616b6f672eb9c42b1a571b1a4947aef6ab62637d198d10b9a80b942da672eae939127518f3b8fb8",
);
const SECOND: &[u8] = &hexadecimal(
    "3059301306072a8648ce3d020106082a8648ce3d0301070342000495432e621f4cb93753559b40c8ab79a2\
     2f7d23defd3c1b05cc2f027b19267164ad55d748548f8fb6f8b1ebced8a5c9930dc7706720674a0f1e63b287ddbc87cc",
);

/// The bytes of a public key.
const fn hexadecimal(digits: &str) -> [u8; 91] {
    const fn digit(character: u8) -> u8 {
        match character {
            b'0'..=b'9' => character - b'0',
            _ => character - b'a' + 10,
        }
    }
    let digits = digits.as_bytes();
    let mut bytes = [0; 91];
    let mut place = 0;
    while place < bytes.len() {
        bytes[place] = digit(digits[2 * place]) << 4 | digit(digits[2 * place + 1]);
        place += 1;
    }
    bytes
}

fn first() -> SigningKey {
    key_of(TYPE)
}

fn second() -> SigningKey {
    let path = key_path_of(TYPE).with_file_name("development_ecdsa_p256_second.pem");
    SigningKey::from_pem(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// An image that may revoke a key.
fn image(format: PublicKeyFormat, key: &SigningKey, minor: u8, revoked: Option<&[u8]>) -> Vec<u8> {
    let options = Options {
        public_key_format: format,
        revoked_key: revoked.map(primitives::sha256::Sha256::digest),
        ..options(minor, minor.into())
    };
    signer::sign(&[0x5A; 600], key, &options).unwrap()
}

/// What is the same wherever the keys are.
trait Place: Settings {
    const FORMAT: PublicKeyFormat;

    fn image(key: &SigningKey, minor: u8, revoked: Option<&[u8]>) -> Vec<u8> {
        image(Self::FORMAT, key, minor, revoked)
    }

    /// A device that runs an image of the first key, and accepts both.
    fn board() -> Board {
        let second = second();
        Board::with_keys(&first(), Some(&second), &Self::image(&first(), 1, None), 1)
    }
}

impl Place for InOtp {
    const FORMAT: PublicKeyFormat = PublicKeyFormat::Full;
}

impl Place for InRom {
    const FORMAT: PublicKeyFormat = PublicKeyFormat::Hash;
}

fn is_first_revoked(board: &Board) -> bool {
    let keys = SigningKeys::read(board.area(LAYOUT.otp)).unwrap();
    keys.is_first_revoked
}

#[test]
fn the_keys_built_in_are_those_of_the_files() {
    for (encoded, key) in [(FIRST, first()), (SECOND, second())] {
        assert_eq!(key.public_key().unwrap(), encoded);
        assert_eq!(PublicKey::try_from(key).unwrap().encoded, encoded);
    }
}

fn each_key_signs_and_no_other<P: Place>() {
    let mut board = P::board();
    assert_eq!(board.start_by::<P>(), Ok((1, Upgrade::NotRequested)));
    board.request(&P::image(&second(), 2, None));
    assert_eq!(board.start_by::<P>(), Ok((2, Upgrade::Installed)));
    board.request(&P::image(&first(), 3, None));
    assert_eq!(board.start_by::<P>(), Ok((3, Upgrade::Installed)));
    let stranger = SigningKey::generate(TYPE).unwrap();
    board.request(&P::image(&stranger, 4, Some(FIRST)));
    let refused = Upgrade::Refused(Error::WrongKey);
    assert_eq!(board.start_by::<P>(), Ok((3, refused)));
    assert!(!is_first_revoked(&board));
}

#[test]
fn two_keys_sign() {
    each_key_signs_and_no_other::<InOtp>();
    each_key_signs_and_no_other::<InRom>();
}

fn the_second_key_revokes_the_first<P: Place>() {
    let mut board = P::board();
    board.request(&P::image(&second(), 2, Some(FIRST)));
    assert_eq!(board.start_by::<P>(), Ok((2, Upgrade::Installed)));
    assert!(is_first_revoked(&board));
    board.request(&P::image(&first(), 3, None));
    let refused = Upgrade::Refused(Error::WrongKey);
    assert_eq!(board.start_by::<P>(), Ok((2, refused)));
    board.request(&P::image(&second(), 4, Some(FIRST)));
    assert_eq!(board.start_by::<P>(), Ok((4, Upgrade::Installed)));
    // An image that came into the primary slot by another way revokes as well.
    let mut board = Board::with_keys(
        &first(),
        Some(&second()),
        &P::image(&second(), 1, Some(FIRST)),
        1,
    );
    assert_eq!(board.start_by::<P>(), Ok((1, Upgrade::NotRequested)));
    assert!(is_first_revoked(&board));
}

#[test]
fn the_first_key_is_revoked() {
    the_second_key_revokes_the_first::<InOtp>();
    the_second_key_revokes_the_first::<InRom>();
}

fn nothing_else_revokes<P: Place>() {
    let stranger = [1, 2, 3];
    for (key, revoked) in [
        (first(), FIRST),
        (first(), SECOND),
        (second(), SECOND),
        (second(), &stranger[..]),
    ] {
        let mut board = P::board();
        board.request(&P::image(&key, 2, Some(revoked)));
        assert_eq!(board.start_by::<P>(), Ok((2, Upgrade::Installed)));
        assert!(!is_first_revoked(&board));
        for (minor, key) in [(3, first()), (4, second())] {
            board.request(&P::image(&key, minor, None));
            assert_eq!(board.start_by::<P>(), Ok((minor, Upgrade::Installed)));
        }
    }
    // A request that is refused changes nothing either.
    let mut board = P::board();
    let mut damaged = P::image(&second(), 2, Some(FIRST));
    damaged[100] ^= 1;
    board.request(&damaged);
    let refused = Upgrade::Refused(Error::WrongHash);
    assert_eq!(board.start_by::<P>(), Ok((1, refused)));
    assert!(!is_first_revoked(&board));
}

#[test]
fn only_the_second_key_revokes_and_only_the_first() {
    nothing_else_revokes::<InOtp>();
    nothing_else_revokes::<InRom>();
}

/// Cuts the start of this device at every operation, and the one that follows.
fn cut<P: Place>(before: &Board, version: u8, tears: &[Tear]) -> u64 {
    let mut operations = 0;
    for tear in tears {
        for cut in 0.. {
            let mut board = before.clone();
            board.0.cut_after(cut, *tear);
            let outcome = board.start_by::<P>();
            if !board.0.is_off() {
                assert_eq!(outcome.unwrap().0, version);
                operations = cut;
                break;
            }
            for again in [0, cut] {
                let mut board = board.clone();
                board.0.power_on();
                board.0.cut_after(again, TEARS[(again % 7) as usize]);
                let _ = board.start_by::<P>();
                board.0.power_on();
                let started = board.start_by::<P>().unwrap();
                assert_eq!(started.0, version, "{tear:?} at {cut}, then {again}");
                assert!(is_first_revoked(&board));
                assert_eq!(board.security_counter(), version.into());
            }
        }
    }
    operations
}

#[test]
fn cuts_leave_the_first_key_revoked_or_not_and_the_device_able_to_start() {
    fn in_place<P: Place>() {
        let new = P::image(&second(), 2, Some(FIRST));
        let board = Board::with_keys(&first(), Some(&second()), &new, 1);
        assert!(cut::<P>(&board, 2, &TEARS) > 1);
    }
    in_place::<InOtp>();
    in_place::<InRom>();
    let mut board = InOtp::board();
    board.request(&InOtp::image(&second(), 2, Some(FIRST)));
    assert!(cut::<InOtp>(&board, 2, &[Tear::Bits(1)]) > 8);
}

#[test]
fn a_device_with_one_key_does_not_lose_it() {
    let image = |minor, revoked| image(PublicKeyFormat::Full, &first(), minor, revoked);
    let mut board = Board::of(&first(), &image(1, Some(FIRST)), 1);
    assert_eq!(board.start_by::<InOtp>(), Ok((1, Upgrade::NotRequested)));
    assert!(!is_first_revoked(&board));
    board.program(layout::REVOCATION.start, &[0; 32]).unwrap();
    board.request(&image(2, None));
    assert_eq!(board.start_by::<InOtp>(), Ok((2, Upgrade::Installed)));
    // A boot ROM for one key does not look at the mark.
    type One = Portable<EcdsaP256, OtpKeys<1>>;
    assert_eq!(board.start_by::<One>(), Ok((2, Upgrade::NotRequested)));

    let image = |minor| self::image(PublicKeyFormat::Hash, &first(), minor, None);
    let mut board = Board::of(&first(), &image(1), 1);
    board.program(layout::REVOCATION.start, &[0; 32]).unwrap();
    board.request(&image(2));
    assert_eq!(board.start_by::<OneInRom>(), Ok((2, Upgrade::Installed)));
}

#[test]
fn an_image_brings_its_key_or_the_hash_as_the_boot_rom_expects_it() {
    let whole = image(PublicKeyFormat::Full, &first(), 1, None);
    let hash = image(PublicKeyFormat::Hash, &first(), 1, None);
    let start = |image: &[u8], built_in: bool| {
        let mut board = Board::of(&first(), image, 1);
        match built_in {
            true => board.start_by::<OneInRom>(),
            false => board.start_by::<InOtp>(),
        }
    };
    assert!(start(&whole, false).is_ok());
    assert!(start(&hash, true).is_ok());
    let refused = |error| Err(Refusal::Image(error));
    assert_eq!(start(&hash, false), refused(Error::KeyHashOnly));
    assert_eq!(start(&whole, true), refused(Error::EntryNotAllowed));
    let other = image(PublicKeyFormat::Hash, &second(), 1, None);
    assert_eq!(start(&other, true), refused(Error::WrongKey));
}

#[test]
fn the_boot_rom_names_the_key_by_which_it_accepted_the_image() {
    let slot = image(PublicKeyFormat::Full, &second(), 1, None);
    let board = Board::with_keys(&first(), Some(&second()), &slot, 1);
    let device = Device::read(board.area(LAYOUT.otp)).unwrap();
    let expected = Expected {
        key_hash: Some(second().public_key_hash().unwrap()),
        ..Expected::default()
    };
    let measured = Measured {
        nonsecure: None,
        image: &verify_by::<InOtp>(&slot, &expected).unwrap(),
        device: &device,
        boot_rom: &[],
        boot_seed: None,
    };
    let mut area = [0; 0x400];
    measured.write::<Portable256>(&mut area).unwrap();
    let data = Reader::new(&area).unwrap();
    let record = data.find(Module::Boot.boot_record_kind()).unwrap();
    let signer = second().public_key_hash().unwrap();
    assert!(record.windows(32).any(|part| part == signer));
}

#[test]
fn a_report_judges_by_keys_that_are_built_in() {
    let expected = |built_in: &[SigningKey]| Expected {
        of_pair: false,
        signature_type: Some(TYPE),
        key_hash: Some(first().public_key_hash().unwrap()),
        second_key_hash: Some(second().public_key_hash().unwrap()),
        built_in: built_in
            .iter()
            .map(|key| key.clone().try_into().unwrap())
            .collect(),
        security_counter: 1,
        placement: None,
    };
    let image = |format, key: &SigningKey| image(format, key, 1, None);
    for key in [first(), second()] {
        let hash = image(PublicKeyFormat::Hash, &key);
        assert_eq!(
            inspect(&hash, &expected(&[first(), second()])).refused,
            None
        );
        let whole = image(PublicKeyFormat::Full, &key);
        assert_eq!(inspect(&whole, &expected(&[])).refused, None);
    }
    let other = inspect(
        &image(PublicKeyFormat::Hash, &second()),
        &expected(&[first()]),
    );
    assert_eq!(other.refused, Some("wrong key"));
    let hash_alone = inspect(&image(PublicKeyFormat::Hash, &first()), &expected(&[]));
    assert_eq!(hash_alone.refused, Some(Error::KeyHashOnly.as_str()));
}

/// The same keys, of which the build knows whose they are.
#[derive(Clone, Copy)]
struct Published;

impl PublicKeys for Published {
    const ALL: &'static [&'static [u8]] = &[FIRST, SECOND];
    const HASHES: &'static [[u8; 32]] = &[[0; 32], PUBLISHED[5]];
}

/// The guard looks at what is used: OTP says nothing of a key that is built in.
#[test]
fn no_secured_device_starts_by_a_published_key_that_is_built_in() {
    use Lifecycle::{AssemblyAndTest, Secured};
    assert_eq!(PUBLISHED[5], second().public_key_hash().unwrap());
    let image = image(PublicKeyFormat::Hash, &first(), 5, None);
    for (lifecycle, starts) in [(AssemblyAndTest, true), (Secured, false)] {
        let otp = otp::area(&Parameters {
            lifecycle,
            ..otp::parameters([9; 32], 5)
        });
        let mut board = Board::new(&image, 5);
        for sector in (0..otp.len()).step_by(SECTOR_BYTES) {
            board.erase(LAYOUT.otp.offset_bytes + sector).unwrap();
        }
        board.write(LAYOUT.otp, &otp);
        type Rom<K> = Portable<EcdsaP256, BuiltInKeys<K>>;
        let refused = Err(Refusal::Device(
            provisioning::Error::SecuredWithDevelopmentKeys,
        ));
        let started = board.start_by::<Rom<Published>>();
        assert!(if starts {
            started.is_ok()
        } else {
            started == refused
        });
        let is_listed =
            boot::is_acceptable::<Rom<Published>>(&board.chip(), &LAYOUT, LAYOUT.primary);
        assert_eq!(is_listed, starts);
        assert!(board.start_by::<Rom<Both>>().is_ok(), "keys of one's own");
    }
}
