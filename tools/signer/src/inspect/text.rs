// SPDX-License-Identifier: Apache-2.0
//! The report for people.

use std::fmt;

use super::Report;

/// More of a value is not shown.
const SHOWN_DIGITS: usize = 64;

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.header.is_empty() {
            writeln!(formatter, "header")?;
        }
        for (name, value) in &self.header {
            writeln!(formatter, "  {name:<22}{value}")?;
        }
        for area in &self.areas {
            let title = if area.is_protected {
                "protected TLVs"
            } else {
                "TLVs"
            };
            writeln!(formatter, "{title}, {} bytes", area.total_bytes)?;
            for entry in &area.entries {
                let (name, bytes) = (entry.name, entry.value.len() / 2);
                let shown = entry.value.get(..SHOWN_DIGITS).unwrap_or(&entry.value);
                let dots = if shown.len() < entry.value.len() {
                    "..."
                } else {
                    ""
                };
                writeln!(
                    formatter,
                    "  {:#06x} {name:<12}{bytes:>4} B  {shown}{dots}",
                    entry.kind
                )?;
            }
            if let Some(broken) = area.broken {
                writeln!(formatter, "  {broken}")?;
            }
        }
        if let Some(bytes) = self.image_bytes {
            writeln!(formatter, "image, {bytes} bytes")?;
        }
        writeln!(formatter, "checks")?;
        for check in &self.checks {
            writeln!(
                formatter,
                "  {:<22}{}",
                check.name,
                check.wrong.unwrap_or("ok")
            )?;
        }
        match self.refused {
            None => write!(formatter, "a device starts this image"),
            Some(reason) => write!(formatter, "a device refuses this image: {reason}"),
        }
    }
}
