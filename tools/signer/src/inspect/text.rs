// SPDX-License-Identifier: Apache-2.0
//! The report for people.

use std::fmt;

use super::{HeaderFields, Report};

/// More of a value is not shown.
const SHOWN_DIGITS: usize = 64;

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(header) = &self.header {
            header.fmt(formatter)?;
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
        if let Some(signature_type) = self.signature_type {
            writeln!(formatter, "signature of type {signature_type}")?;
        }
        writeln!(formatter, "checks")?;
        for check in &self.checks {
            writeln!(
                formatter,
                "  {:<22}{}",
                check.name,
                check.wrong.as_deref().unwrap_or("ok")
            )?;
        }
        match self.refused {
            None => write!(formatter, "a device starts this image"),
            Some(reason) => write!(formatter, "a device refuses this image: {reason}"),
        }
    }
}

impl fmt::Display for HeaderFields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "header")?;
        writeln!(formatter, "  version               {}", self.version)?;
        writeln!(formatter, "  flags                 {:#x}", self.flags)?;
        writeln!(
            formatter,
            "  load address          {:#010x}",
            self.load_address
        )?;
        writeln!(formatter, "  header bytes          {}", self.header_bytes)?;
        writeln!(formatter, "  payload bytes         {}", self.payload_bytes)?;
        writeln!(
            formatter,
            "  protected area bytes  {}",
            self.protected_area_bytes
        )
    }
}
