// SPDX-License-Identifier: Apache-2.0
//! Ciphers, and what is authenticated by AES and ChaCha20, through the safe client: a published
//! example for each. The host tests run all vectors.

use client::aead::{self, Parameters};
use client::cipher::{self, Cipher};
use client::mac;
use client::veneers::Veneers;
use client::{Status, key};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};

/// The keys of SP 800-38A.
const KEYS: [&[u8]; 3] = [
    &0x2b7e1516_28aed2a6_abf71588_09cf4f3c_u128.to_be_bytes(),
    &[
        0x8e, 0x73, 0xb0, 0xf7, 0xda, 0x0e, 0x64, 0x52, 0xc8, 0x10, 0xf3, 0x2b, 0x80, 0x90, 0x79,
        0xe5, 0x62, 0xf8, 0xea, 0xd2, 0x52, 0x2c, 0x6b, 0x7b,
    ],
    &[
        0x60, 0x3d, 0xeb, 0x10, 0x15, 0xca, 0x71, 0xbe, 0x2b, 0x73, 0xae, 0xf0, 0x85, 0x7d, 0x77,
        0x81, 0x1f, 0x35, 0x2c, 0x07, 0x3b, 0x61, 0x08, 0xd7, 0x2d, 0x98, 0x10, 0xa3, 0x09, 0x14,
        0xdf, 0xf4,
    ],
];
const PLAIN: u128 = 0x6bc1bee2_2e409f96_e93d7e11_7393172a;
const COUNTING: u128 = 0x00010203_04050607_08090a0b_0c0d0e0f;
const COUNTER: u128 = 0xf0f1f2f3_f4f5f6f7_f8f9fafb_fcfdfeff;

/// RFC 8439, 2.8.2.
const SUNSCREEN: &[u8] = b"Ladies and Gentlemen of the class of '99: If I could offer you \
    only one tip for the future, sunscreen would be it.";

fn import(key_type: KeyType, algorithm: Algorithm, data: &[u8]) -> KeyId {
    let all = Usage::ENCRYPT
        .with(Usage::DECRYPT)
        .with(Usage::SIGN_MESSAGE)
        .with(Usage::VERIFY_MESSAGE);
    let attributes = KeyAttributes::new(key_type, 0, all, algorithm);
    key::import(&Veneers, &attributes, data).unwrap()
}

/// A mode encrypts and decrypts the first block of its example.
fn check_block(algorithm: Algorithm, iv: Option<u128>, data: &[u8], expected: u128) {
    assert_eq!(cipher::can_do(&Veneers, KeyType::AES, algorithm), Ok(true));
    let key = import(KeyType::AES, algorithm, data);
    let encrypt = Cipher::encrypt_setup(&Veneers, key, algorithm);
    let decrypt = Cipher::decrypt_setup(&Veneers, key, algorithm);
    for (setup, input, output) in [(encrypt, PLAIN, expected), (decrypt, expected, PLAIN)] {
        let mut operation = setup.unwrap();
        if let Some(iv) = iv {
            operation.set_iv(&iv.to_be_bytes()).unwrap();
        }
        let mut block = [0; 16];
        let length = operation.update(&input.to_be_bytes(), &mut block);
        assert_eq!((length, u128::from_be_bytes(block)), (Ok(16), output));
        assert_eq!(operation.finish(&mut [0; 16]), Ok(0));
    }
    key::destroy(&Veneers, key).unwrap();
}

macro_rules! modes {
    ($($mode:ident, $iv:expr => $($name:ident = $block:literal with $key:literal),+;)*) => {
        $($(
            pub fn $name() {
                check_block(Algorithm::$mode, $iv, KEYS[$key], $block);
            }
        )+)*
    };
}

// SP 800-38A, appendix F: each mode with each key.
modes! {
    ECB_NO_PADDING, None =>
        ecb_with_128_bits = 0x3ad77bb4_0d7a3660_a89ecaf3_2466ef97 with 0,
        ecb_with_192_bits = 0xbd334f1d_6e45f25f_f712a214_571fa5cc with 1,
        ecb_with_256_bits = 0xf3eed1bd_b5d2a03c_064b5a7e_3db181f8 with 2;
    CBC_NO_PADDING, Some(COUNTING) =>
        cbc_with_128_bits = 0x7649abac_8119b246_cee98e9b_12e9197d with 0,
        cbc_with_192_bits = 0x4f021db2_43bc633d_7178183a_9fa071e8 with 1,
        cbc_with_256_bits = 0xf58c4c04_d6e5f1ba_779eabfb_5f7bfbd6 with 2;
    CFB, Some(COUNTING) =>
        cfb_with_128_bits = 0x3b3fd92e_b72dad20_333449f8_e83cfb4a with 0,
        cfb_with_192_bits = 0xcdc80d6f_ddf18cab_34c25909_c99a4174 with 1,
        cfb_with_256_bits = 0xdc7e84bf_da79164b_7ecd8486_985d3860 with 2;
    CTR, Some(COUNTER) =>
        ctr_with_128_bits = 0x874d6191_b620e326_1bef6864_990db6ce with 0,
        ctr_with_192_bits = 0x1abc9324_17521ca2_4f2b0459_fe7e6e0b with 1,
        ctr_with_256_bits = 0x601ec313_775789a5_b7a7f504_bbf3d228 with 2;
}

/// RFC 8439, appendix A.1, the beginning of test vector 1; and encryption with decryption.
pub fn chacha20_matches_published_vectors() {
    let algorithm = Algorithm::STREAM_CIPHER;
    let key = import(KeyType::CHACHA20, algorithm, &[0; 32]);
    let mut stream = [0; 16];
    let length = cipher::decrypt(&Veneers, key, algorithm, &[0; 28], &mut stream);
    assert_eq!(length, Ok(16));
    assert_eq!(
        u128::from_be_bytes(stream),
        0x76b8e0ad_a0f13d90_405d6ae5_5386bd28
    );
    let mut sealed = [0; 12 + 114];
    let length = cipher::encrypt(&Veneers, key, algorithm, SUNSCREEN, &mut sealed);
    assert_eq!(length, Ok(sealed.len()));
    let mut opened = [0; 114];
    let length = cipher::decrypt(&Veneers, key, algorithm, &sealed, &mut opened);
    assert_eq!((length, &opened[..]), (Ok(114), SUNSCREEN));
    key::destroy(&Veneers, key).unwrap();
}

pub fn paddings_are_checked() {
    let algorithm = Algorithm::CBC_PKCS7;
    let key = import(KeyType::AES, algorithm, KEYS[0]);
    for length in [0, 1, 15, 16, 17, 100] {
        let mut sealed = [0; 128];
        let sealed_bytes =
            cipher::encrypt(&Veneers, key, algorithm, &SUNSCREEN[..length], &mut sealed).unwrap();
        assert_eq!(sealed_bytes, 16 + length / 16 * 16 + 16);
        let mut opened = [0; 128];
        let sealed = &mut sealed[..sealed_bytes];
        let opened_bytes = cipher::decrypt(&Veneers, key, algorithm, sealed, &mut opened);
        assert_eq!(opened_bytes, Ok(length));
        assert_eq!(opened[..length], SUNSCREEN[..length]);
        // What changes the last byte of the padding to another value.
        opened = [0; 128];
        sealed[sealed_bytes - 17] ^= 0x80;
        let refused = cipher::decrypt(&Veneers, key, algorithm, sealed, &mut opened);
        assert_eq!(refused, Err(Status::INVALID_PADDING));
        assert_eq!(opened, [0; 128]);
    }
    key::destroy(&Veneers, key).unwrap();
}

/// Encrypts and decrypts, and checks that a changed message is refused.
fn seal_and_open(
    parameters: &Parameters<'_>,
    additional: &[u8],
    plain: &[u8],
    tag: u128,
) -> [u8; 160] {
    let mut sealed = [0; 160];
    let length = aead::encrypt(&Veneers, parameters, additional, plain, &mut sealed).unwrap();
    assert_eq!(length, plain.len() + 16);
    assert_eq!(sealed[plain.len()..length], tag.to_be_bytes());
    let mut opened = [0; 160];
    let opened_bytes = aead::decrypt(
        &Veneers,
        parameters,
        additional,
        &sealed[..length],
        &mut opened,
    );
    assert_eq!(
        (opened_bytes, &opened[..plain.len()]),
        (Ok(plain.len()), plain)
    );
    let mut wrong = sealed;
    wrong[0] ^= 1;
    let refused = aead::decrypt(
        &Veneers,
        parameters,
        additional,
        &wrong[..length],
        &mut opened,
    );
    assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
    assert_eq!(opened, [0; 160]);
    sealed
}

/// McGrew and Viega, "The Galois/Counter Mode of Operation".
fn check_gcm(key_bytes: usize, block: u128, tag: u128) {
    let parameters = Parameters {
        key: import(KeyType::AES, Algorithm::GCM, &[0; 32][..key_bytes]),
        algorithm: Algorithm::GCM,
        nonce: &[0; 12],
    };
    let sealed = seal_and_open(&parameters, &[], &[0; 16], tag);
    assert_eq!(sealed[..16], block.to_be_bytes());
    key::destroy(&Veneers, parameters.key).unwrap();
}

/// Test case 2.
pub fn gcm_with_128_bits() {
    let block = 0x0388dace_60b6a392_f328c2b9_71b2fe78;
    check_gcm(16, block, 0xab6e47d4_2cec13bd_f53a67b2_1257bddf);
}

/// Test case 14.
pub fn gcm_with_256_bits() {
    let block = 0xcea7403d_4d606b6e_074ec5d3_baf39d18;
    check_gcm(32, block, 0xd0d1c8a7_99996bf0_265b98b5_d48ab919);
}

/// RFC 8439, 2.8.2.
pub fn chacha20_poly1305_matches_published_vectors() {
    let algorithm = Algorithm::CHACHA20_POLY1305;
    let data: [u8; 32] = core::array::from_fn(|index| index as u8 + 0x80);
    let parameters = Parameters {
        key: import(KeyType::CHACHA20, algorithm, &data),
        algorithm,
        nonce: &[7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47],
    };
    let additional = [
        0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
    ];
    let tag = 0x1ae10b59_4f09e26a_7e902ecb_d0600691;
    let sealed = seal_and_open(&parameters, &additional, SUNSCREEN, tag);
    let first = 0xd31a8d34_648e60db_7b86afbc_53ef7ec2_u128;
    assert_eq!(sealed[..16], first.to_be_bytes());
    key::destroy(&Veneers, parameters.key).unwrap();
}

/// SP 800-38B, appendix D: the message of one block.
fn check_cmac(data: &[u8], expected: u128) {
    let key = import(KeyType::AES, Algorithm::CMAC, data);
    let message = PLAIN.to_be_bytes();
    let mut code = [0; 16];
    let length = mac::compute(&Veneers, key, Algorithm::CMAC, &message, &mut code);
    assert_eq!((length, code), (Ok(16), expected.to_be_bytes()));
    code[15] ^= 1;
    let refused = mac::verify(&Veneers, key, Algorithm::CMAC, &message, &code);
    assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
    key::destroy(&Veneers, key).unwrap();
}

pub fn cmac_with_128_bits() {
    check_cmac(KEYS[0], 0x070a16b4_6b4d4144_f79bdd9d_d04a287c);
}

pub fn cmac_with_192_bits() {
    check_cmac(KEYS[1], 0x9e99a7bf_31e71090_0662f65e_617c5184);
}

pub fn cmac_with_256_bits() {
    check_cmac(KEYS[2], 0x28a7023f_452e8f82_bd4bf28d_8c37c35c);
}
