// SPDX-License-Identifier: Apache-2.0
//! What the plug-in writes.

use anyhow::{Context as _, Result};

/// `NAME COUNT` lines; a last line that was cut off is left out.
pub fn lines(counts: &str) -> Result<Vec<(&str, u64)>> {
    let whole = counts.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let line = |text| -> Option<(&str, u64)> {
        let (name, count) = str::split_once(text, ' ')?;
        Some((name, count.parse().ok()?))
    };
    whole
        .lines()
        .map(|text| line(text).with_context(|| format!("not a line of counts: '{text}'")))
        .collect()
}
