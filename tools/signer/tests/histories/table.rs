// SPDX-License-Identifier: Apache-2.0
//! The table of histories.

use crate::common::model::Request::{self, Permanent, Test};

/// What happens.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// The application loads an image; what it asks for.
    Load(u8, Option<Request>),
    /// The same, and a bit of the image is wrong.
    LoadDamaged(u8, Request),
    /// The image confirms itself.
    Confirm,
    /// A start, and the version that runs after it: where images are overwritten, and where they
    /// are exchanged.
    Start(u8, u8),
}
use Act::{Confirm, Load, LoadDamaged, Start};

/// The name of a history, the version in the primary slot before, what happens, and the counter
/// after it: where images are overwritten, and where they are exchanged.
pub type History = (&'static str, Option<u8>, &'static [Act], [u32; 2]);

/// Versions 1, 3 and 6 are small, 2 and 5 large; 2 and 3 have a higher counter than 1 and 5, that
/// of 4 is too low, that of 6 the highest (`common::model::Images`).
pub const HISTORIES: &[History] = &[
    (
        "on trial and confirmed",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Start(2, 2),
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "on trial and not confirmed",
        Some(1),
        &[Load(2, Some(Test)), Start(2, 2), Start(2, 1), Start(2, 1)],
        [6, 5],
    ),
    (
        "for good",
        Some(1),
        &[Load(2, Some(Permanent)), Start(2, 2), Start(2, 2)],
        [6, 6],
    ),
    (
        "the old one asked for again",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Load(1, Some(Permanent)),
            Start(2, 2),
            Load(1, Some(Test)),
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "the second trial succeeds",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 1),
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "damaged",
        Some(1),
        &[
            LoadDamaged(2, Test),
            Start(1, 1),
            LoadDamaged(2, Permanent),
            Start(1, 1),
        ],
        [5, 5],
    ),
    (
        "too old",
        Some(1),
        &[
            Load(4, Some(Test)),
            Start(1, 1),
            Load(4, Some(Permanent)),
            Start(1, 1),
        ],
        [5, 5],
    ),
    (
        "larger, back, and smaller",
        Some(3),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 3),
            Load(2, Some(Permanent)),
            Start(2, 2),
            Load(3, Some(Test)),
            Start(3, 3),
            Confirm,
            Start(3, 3),
        ],
        [6, 6],
    ),
    (
        "another one while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Load(3, Some(Test)),
            Start(3, 3),
            Start(3, 2),
            Start(3, 2),
            Confirm,
            Start(3, 2),
        ],
        [6, 6],
    ),
    (
        "a bad one while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            LoadDamaged(3, Test),
            Start(2, 2),
            Start(2, 2),
        ],
        [6, 5],
    ),
    (
        "another one is loaded but not asked for while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Load(6, None),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "into a blank slot",
        None,
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "from the largest to the largest",
        Some(5),
        &[
            Load(5, Some(Test)),
            Start(5, 5),
            Start(5, 5),
            Load(5, Some(Permanent)),
            Start(5, 5),
        ],
        [5, 5],
    ),
    (
        "three in a row",
        Some(1),
        &[
            Load(5, Some(Permanent)),
            Start(5, 5),
            Load(2, Some(Permanent)),
            Start(2, 2),
            Load(6, Some(Permanent)),
            Start(6, 6),
            Load(2, Some(Permanent)),
            Start(6, 6),
        ],
        [7, 7],
    ),
];
