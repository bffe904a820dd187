// SPDX-License-Identifier: Apache-2.0
//! Sizes of the reference, TF-M in C, Profile Small on AN521, for the columns beside ours.
//!
//! GNU Arm 12.2, `MinSizeRel`, logs silent, isolation level 1. They are facts about other
//! programs, so they are data here and not code.

/// Flash and RAM of the images: v1.6 Library, v2.1.5 SFN.
pub const IMAGES: &[(&str, [(u64, u64); 2])] = &[
    ("boot", [(20_680, 25_440), (17_140, 25_544)]),
    ("secure", [(62_344, 23_920), (52_380, 14_076)]),
];

/// Flash and RAM of the secure image's components: v1.6 Library, v2.1.5 SFN.
pub const COMPONENTS: &[(&str, [(u64, u64); 2])] = &[
    ("crypto primitives", [(29_024, 2_296), (25_478, 2_100)]),
    ("crypto partition", [(5_662, 3_232), (3_701, 2_046)]),
    ("SPM", [(4_342, 660), (3_870, 5_488)]),
    ("ITS", [(4_994, 113), (4_915, 124)]),
    ("veneers", [(4_544, 0), (40, 0)]),
    ("platform", [(7_221, 316), (7_593, 288)]),
    ("core library", [(2_072, 296), (1_516, 272)]),
    ("stacks", [(0, 11_264), (0, 7_328)]),
];
