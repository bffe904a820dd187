// SPDX-License-Identifier: Apache-2.0
//! The values at which tests try each key.

use super::{Key, Kind};

/// A size that is too small for almost everything, and no multiple of anything.
const SMALL_BYTES: u32 = 3;

impl Key {
    /// The values at the ends of what the key takes, and beside them where nothing is: as on the
    /// command line.
    pub fn extremes(&self) -> Vec<String> {
        let words = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        match self.kind {
            Kind::Switch => words(&["false", "true"]),
            Kind::Count { least, most } => {
                let above = most.saturating_add(1);
                let below = least.checked_sub(1);
                let numbers = [Some(least), Some(most), Some(above), below];
                numbers.iter().flatten().map(u64::to_string).collect()
            }
            Kind::Word | Kind::Address | Kind::Bytes => {
                let most = u64::from(u32::MAX);
                let numbers = [0, u64::from(SMALL_BYTES), most, most + 1];
                numbers.iter().map(u64::to_string).collect()
            }
            Kind::Text | Kind::Path => words(&["", "nonsense", "/"]),
            Kind::Label { most } => {
                let longest = "x".repeat(most);
                vec![String::new(), longest.clone(), longest + "x"]
            }
            Kind::Version => words(&["0.0.0", "255.255.65535+4294967295", "256.0.0", ""]),
            Kind::Choice(choices) => words(&[choices, &["nonsense"]].concat()),
        }
    }
}
