// SPDX-License-Identifier: Apache-2.0
//! The two primes of P-256 (SP 800-186, 3.2.1.3).

use crate::modular::Modulus;

/// The prime of the field: 2^256 - 2^224 + 2^192 + 2^96 - 1.
#[rustfmt::skip]
pub(super) static FIELD: Modulus = Modulus {
    value: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0, 0, 0, 1, 0xffff_ffff],
    negated_inverse: 1,
    radix_squared: [3, 0, 0xffff_ffff, 0xffff_fffb, 0xffff_fffe, 0xffff_ffff, 0xffff_fffd, 4],
};

/// The order of the curve, a prime too.
pub(super) static ORDER: Modulus = Modulus {
    value: [
        0xfc63_2551,
        0xf3b9_cac2,
        0xa717_9e84,
        0xbce6_faad,
        0xffff_ffff,
        0xffff_ffff,
        0,
        0xffff_ffff,
    ],
    negated_inverse: 0xee00_bc4f,
    radix_squared: [
        0xbe79_eea2,
        0x8324_4c95,
        0x49bd_6fa6,
        0x4699_799c,
        0x2b6b_ec59,
        0x2845_b239,
        0xf3d9_5620,
        0x66e1_2d94,
    ],
};
