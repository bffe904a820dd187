// SPDX-License-Identifier: Apache-2.0
//! Figures of the reference, TF-M in C, Profile Small on AN521, for comparison.
//!
//! GNU Arm 12.2, `MinSizeRel`, logs silent, isolation level 1; measured in QEMU 7.2 in the same
//! way as ours. They are facts about other programs, so they are data here and not code.

/// The versions in the columns.
pub const COLUMNS: [&str; 3] = ["v1.6 Library", "v1.6 SFN", "v2.1.5 SFN"];

/// Instructions of each operation; `None` where the version does not have it.
pub const INSTRUCTIONS: &[(&str, [Option<u64>; 3])] = &[
    ("psa_framework_version", [None, Some(41), Some(43)]),
    ("psa_version", [None, Some(92), Some(94)]),
    ("hash_setup_abort", [Some(3_551), Some(5_777), Some(5_358)]),
    (
        "hash_multipart_64",
        [Some(13_757), Some(17_975), Some(17_879)],
    ),
    (
        "hash_multipart_1024",
        [Some(76_081), Some(83_900), Some(87_059)],
    ),
    ("hash_single_64", [Some(10_675), Some(12_482), None]),
    ("hash_single_1024", [Some(73_000), Some(78_407), None]),
    (
        "its_set_create_32",
        [Some(31_222), Some(32_501), Some(31_802)],
    ),
    (
        "its_set_overwrite_32",
        [Some(23_927), Some(25_739), Some(24_544)],
    ),
    ("its_get_32", [Some(4_231), Some(5_874), Some(4_759)]),
    ("its_get_info", [Some(2_450), Some(3_507), Some(2_860)]),
    ("its_remove", [Some(26_410), Some(27_873), Some(27_066)]),
    (
        "hmac_multipart_64",
        [Some(29_295), Some(33_452), Some(35_391)],
    ),
    (
        "hmac_multipart_1024",
        [Some(91_620), Some(99_377), Some(104_571)],
    ),
    ("hmac_single_64", [Some(26_386), Some(28_133), None]),
    ("hmac_single_1024", [Some(88_711), Some(94_058), None]),
    (
        "ccm_multipart_64",
        [Some(21_239), Some(31_637), Some(30_428)],
    ),
    (
        "ccm_multipart_1024",
        [Some(137_279), Some(151_997), Some(207_728)],
    ),
    ("ccm_single_64", [Some(15_160), Some(18_573), None]),
    ("ccm_single_1024", [Some(131_199), Some(140_372), None]),
    ("import_destroy", [Some(3_563), Some(6_230), Some(5_494)]),
    ("random_32", [Some(7_876), Some(9_184), Some(8_084)]),
    ("token_32", [Some(89_419), Some(109_749), Some(72_001)]),
];

/// Sizes of what operations give: the tokens with optional claims and without.
pub const BYTES: &[(&str, [Option<u64>; 3])] = &[("token", [Some(387), None, Some(341)])];

/// The versions in the columns of the boot.
pub const BOOT_COLUMNS: [&str; 3] = ["v1.6 (RSA-3072)", "v2.1.5 (EC-P256)", "v2.1.5 (RSA-3072)"];

/// Instructions of each segment of a warm boot; the reference hashes 536 KB.
pub const BOOT: &[(&str, [Option<f64>; 3])] = &[
    (
        "hash",
        [Some(23_194_286.0), Some(25_391_932.0), Some(25_373_884.0)],
    ),
    ("hash_per_byte", [Some(43.3), Some(47.4), Some(47.4)]),
    (
        "signature",
        [Some(5_161_830.0), Some(55_899_218.0), Some(8_801_336.0)],
    ),
    ("rest", [Some(63_949.0), Some(71_179.0), Some(70_905.0)]),
    (
        "secure_start",
        [Some(130_582.0), Some(222_336.0), Some(222_350.0)],
    ),
    (
        "total_warm",
        [Some(28_555_486.0), Some(81_603_587.0), Some(34_487_397.0)],
    ),
];
