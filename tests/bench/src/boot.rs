// SPDX-License-Identifier: Apache-2.0
//! The instructions of a boot, segment by segment, from the counts at marks in the firmware.
//!
//! The plug-in `tools/instruction_counter` writes a line `NAME COUNT` whenever a mark is about
//! to be executed. Here is where the marks are set and what the counts between them mean.

use super::counts::lines;
use super::stacks::Watch;
use anyhow::{Context as _, Result, bail};
use footprint::{call_sites, symbol_address};
use std::path::Path;

const BOOT_RESET: &str = "boot_reset";
const HASH_START: &str = "hash_start";
const HASH_END: &str = "hash_end";
const SIGNATURE_START: &str = "signature_start";
const SIGNATURE_END: &str = "signature_end";
const SECURE_RESET: &str = "secure_reset";
const NONSECURE_RESET: &str = "nonsecure_reset";
const NONSECURE_MAIN: &str = "nonsecure_main";

/// The linked images of a device, and the functions of the boot ROM that are segments of their
/// own; these must not be inlined.
pub struct Images<'a> {
    /// The boot ROM.
    pub boot: &'a [u8],
    /// The secure firmware.
    pub secure: &'a [u8],
    /// The non-secure application.
    pub nonsecure: &'a [u8],
    /// The function that hashes the image, for example `boot::verify::hash_image`.
    pub hash_function: &'a str,
    /// The function that verifies the signature.
    pub signature_function: &'a str,
}

/// A name and an address.
pub type Mark = (&'static str, u32);

/// Instructions of a boot, as in the project's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segments {
    /// Hashing the image.
    pub hash: u64,
    /// Verifying the signature.
    pub signature: u64,
    /// The rest of the boot ROM.
    pub rest: u64,
    /// Secure firmware, from its reset to the non-secure reset.
    pub secure_start: u64,
    /// From the reset to the non-secure `main`.
    pub total: u64,
}

impl Images<'_> {
    /// Where to count.
    pub fn marks(&self) -> Result<Vec<Mark>> {
        let mut marks = vec![
            (
                BOOT_RESET,
                symbol_address(self.boot, "reset").context("boot ROM")?,
            ),
            (
                SECURE_RESET,
                symbol_address(self.secure, "reset").context("secure image")?,
            ),
            (
                NONSECURE_RESET,
                symbol_address(self.nonsecure, "reset").context("non-secure image")?,
            ),
            (
                NONSECURE_MAIN,
                symbol_address(self.nonsecure, "main").context("non-secure image")?,
            ),
        ];
        for (function, start, end) in [
            (self.hash_function, HASH_START, HASH_END),
            (self.signature_function, SIGNATURE_START, SIGNATURE_END),
        ] {
            marks.push((
                start,
                symbol_address(self.boot, function).context("boot ROM")?,
            ));
            let returns = call_sites(self.boot, function).context("boot ROM")?;
            if returns.is_empty() {
                bail!(
                    "boot ROM: {function} is never called, only jumped to: no place marks its end"
                );
            }
            marks.extend(returns.into_iter().map(|address| (end, address)));
        }
        Ok(marks)
    }
}

/// The value of QEMU's option `-plugin`.
pub fn plugin_option(plugin: &Path, out: &Path, marks: &[Mark], watches: &[Watch]) -> String {
    // QEMU parts options at commas; a doubled one is a comma.
    let plain = |path: &Path| path.display().to_string().replace(',', ",,");
    let mut option = format!("{},out={}", plain(plugin), plain(out));
    for (name, address) in marks {
        option.push_str(&format!(",mark={name}:{address:#x}"));
    }
    for watch in watches {
        option.push_str(&format!(",{}", watch.argument()));
    }
    option
}

/// The same for the digests of what is executed from one function to another.
pub fn trace_option(
    plugin: &Path,
    out: &Path,
    elf: &[u8],
    start: &str,
    end: &str,
) -> Result<String> {
    let (start, end) = (symbol_address(elf, start)?, symbol_address(elf, end)?);
    let option = plugin_option(plugin, out, &[], &[]);
    Ok(format!("{option},trace={start:#x}:{end:#x}"))
}

impl Segments {
    /// Instructions per byte of the image.
    pub fn hash_per_byte(&self, image_bytes: u64) -> f64 {
        self.hash as f64 / image_bytes as f64
    }

    /// Reads the counts of the first boot that came to the non-secure `main`.
    pub fn parse(counts: &str) -> Result<Self> {
        let lines = lines(counts)?;
        let end = lines
            .iter()
            .position(|(name, _)| *name == NONSECURE_MAIN)
            .context("the device did not come to the non-secure main")?;
        let (until, _) = lines.split_at(end + 1);
        let start = until
            .iter()
            .rposition(|(name, _)| *name == BOOT_RESET)
            .context("the device did not start at the boot ROM's reset")?;
        let boot = &until[start..];
        // What is hashed behind the last signature is no image: the boot ROM measures itself.
        let mut backwards = boot.iter().rev();
        let others = backwards.position(|(name, _)| *name == SIGNATURE_END);
        let (images, _) = boot.split_at(boot.len() - others.unwrap_or(0));
        let hash = between(images, HASH_START, HASH_END)?;
        let signature = between(boot, SIGNATURE_START, SIGNATURE_END)?;
        let boot_rom = between(boot, BOOT_RESET, SECURE_RESET)?;
        Ok(Self {
            hash,
            signature,
            rest: boot_rom
                .checked_sub(hash + signature)
                .context("the hash and the signature took longer than the boot ROM")?,
            secure_start: between(boot, SECURE_RESET, NONSECURE_RESET)?,
            total: between(boot, BOOT_RESET, NONSECURE_MAIN)?,
        })
    }
}

/// Instructions from each `start` to the `end` after it, added up.
fn between(lines: &[(&str, u64)], start: &str, end: &str) -> Result<u64> {
    let mut sum = None;
    let mut open = None;
    for (name, count) in lines {
        if *name == start && open.is_none() {
            open = Some(*count);
        } else if *name == end
            && let Some(from) = open.take()
        {
            let length = count
                .checked_sub(from)
                .context("the counts do not ascend")?;
            sum = Some(sum.unwrap_or(0) + length);
        }
    }
    if open.is_some() {
        bail!("{start} is not followed by {end}");
    }
    sum.with_context(|| format!("the device did not come to {start}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: &str = "boot_reset 0\nhash_start 100\nhash_end 1100\nsignature_start 1150\n\
        hash_start 1200\nhash_end 1300\nsignature_end 3150\nsecure_reset 3200\n\
        nonsecure_reset 3300\nnonsecure_main 3350\nend 9999\n";

    #[test]
    fn segments_add_up() {
        let counts = COUNTS.replace("hash_start 1200\nhash_end 1300\n", "");
        let segments = Segments::parse(&counts).unwrap();
        assert_eq!(
            segments,
            Segments {
                hash: 1000,
                signature: 2000,
                rest: 200,
                secure_start: 100,
                total: 3350
            }
        );
        assert_eq!(segments.hash_per_byte(500), 2.0);
    }

    #[test]
    fn several_calls_are_added() {
        assert_eq!(Segments::parse(COUNTS).unwrap().hash, 1100);
    }

    #[test]
    fn what_follows_the_signature_is_the_rest() {
        let own = "signature_end 3150\nhash_start 3160\nhash_end 3170\n";
        let counts = COUNTS.replace("signature_end 3150\n", own);
        assert_eq!(
            Segments::parse(&counts).unwrap(),
            Segments::parse(COUNTS).unwrap()
        );
    }

    #[test]
    fn a_boot_that_was_broken_off_is_left_out() {
        let twice = format!(
            "boot_reset 0\nhash_start 7\nboot_reset 50\n{}",
            &COUNTS["boot_reset 0\n".len()..]
        );
        assert_eq!(Segments::parse(&twice).unwrap().total, 3300);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (counts, missing) in [
            ("", "non-secure main"),
            ("nonsecure_main 1\n", "boot ROM's reset"),
            ("boot_reset 0\nnonsecure_main 1\n", "hash_start"),
            (
                "boot_reset 0\nhash_start 1\nnonsecure_main 2\n",
                "not followed by hash_end",
            ),
            ("boot_reset\n", "'boot_reset'"),
            ("boot_reset x\n", "'boot_reset x'"),
            ("boot_reset 0\nnonsecure_main 33", "non-secure main"),
            (
                "boot_reset 9\nhash_start 8\nhash_end 7\nnonsecure_main 9\n",
                "do not ascend",
            ),
        ] {
            let error = Segments::parse(counts).unwrap_err().to_string();
            assert!(error.contains(missing), "{error}");
        }
    }

    #[test]
    fn commas_in_paths_are_doubled() {
        let option = plugin_option(
            Path::new("/a,b/lib.so"),
            Path::new("c"),
            &[("x", 0x1000_0000)],
            &[],
        );
        assert_eq!(option, "/a,,b/lib.so,out=c,mark=x:0x10000000");
    }
}
