// SPDX-License-Identifier: Apache-2.0
//! The table of sizes and speeds in README.md, from what was measured.

use crate::figures::Figures;
use crate::reference::{BOOT, INSTRUCTIONS};
use anyhow::{Context as _, Result};
use builder::firmware::reference::IMAGES;
use builder::table::{self, grouped};

const BEGIN: &str = "<!-- figures: begin -->\n";
const END: &str = "<!-- figures: end -->";
const HEAD: [&str; 4] = ["", "Casemate", "TF-M v1.6, Library", "TF-M v2.1.5, SFN"];

/// Where the numbers of a row come from.
#[derive(Clone, Copy)]
enum Source {
    /// Flash of an image.
    Flash(&'static str),
    /// RAM of an image.
    Ram(&'static str),
    /// Instructions of an operation.
    Operation(&'static str),
    /// Instructions of a segment of the boot.
    Boot(&'static str),
}

/// The rows: what each is called, and where its numbers come from.
const ROWS: [(&str, Source); 15] = [
    ("secure image, flash", Source::Flash("secure")),
    ("secure image, RAM", Source::Ram("secure")),
    (
        "boot ROM (RSA-3072; v2.1.5: EC-P256), flash",
        Source::Flash("boot"),
    ),
    ("boot ROM, RAM", Source::Ram("boot")),
    (
        "SHA-256 of 1 KiB in parts",
        Source::Operation("hash_multipart_1024"),
    ),
    (
        "HMAC of 1 KiB in parts",
        Source::Operation("hmac_multipart_1024"),
    ),
    (
        "CCM encryption of 64 bytes in parts",
        Source::Operation("ccm_multipart_64"),
    ),
    (
        "CCM encryption of 1 KiB in parts",
        Source::Operation("ccm_multipart_1024"),
    ),
    (
        "import and destroy an AES-128 key",
        Source::Operation("import_destroy"),
    ),
    ("32 random bytes", Source::Operation("random_32")),
    (
        "storage: create an object of 32 bytes",
        Source::Operation("its_set_create_32"),
    ),
    (
        "storage: read an object of 32 bytes",
        Source::Operation("its_get_32"),
    ),
    ("attestation token", Source::Operation("token_32")),
    (
        "boot: hash, for each byte of the image",
        Source::Boot("hash_per_byte"),
    ),
    ("boot: RSA-3072 signature", Source::Boot("signature")),
];

/// The text of README.md with the table of these figures.
///
/// # Errors
///
/// The text lacks the marks of the table, or a figure of it was not measured.
pub fn with_figures(text: &str, figures: &Figures) -> Result<String> {
    let missing = || {
        format!(
            "README.md has no `{}` with `{END}` after it",
            BEGIN.trim_end()
        )
    };
    let (before, rest) = text.split_once(BEGIN).with_context(missing)?;
    let (_, after) = rest.split_once(END).with_context(missing)?;
    let row = |(name, source): (&str, Source)| -> Result<Vec<String>> {
        let numbers = numbers(source, figures).with_context(|| format!("no figure for {name}"))?;
        Ok([vec![name.to_owned()], numbers.to_vec()].concat())
    };
    let rows: Vec<_> = ROWS.into_iter().map(row).collect::<Result<_>>()?;
    let table = table::markdown(&HEAD.map(String::from), &rows);
    Ok(format!("{before}{BEGIN}{table}{END}{after}"))
}

/// Ours, v1.6 and v2.1.5.
fn numbers(source: Source, figures: &Figures) -> Option<[String; 3]> {
    let image = |name: &str| {
        let ours = figures
            .footprints
            .iter()
            .find(|(image, _)| *image == name)?;
        let (_, theirs) = IMAGES.iter().find(|(image, _)| *image == name)?;
        Some((&ours.1, theirs))
    };
    let whole = |numbers: [u64; 3]| numbers.map(grouped);
    match source {
        Source::Flash(name) => {
            image(name).map(|(ours, theirs)| whole([ours.flash, theirs[0].0, theirs[1].0]))
        }
        Source::Ram(name) => {
            image(name).map(|(ours, theirs)| whole([ours.ram, theirs[0].1, theirs[1].1]))
        }
        Source::Operation(name) => {
            let (_, ours) = figures.counts.iter().find(|(count, _)| count == name)?;
            let (_, [old, _, new]) = INSTRUCTIONS.iter().find(|(count, _)| *count == name)?;
            Some(whole([*ours, (*old)?, (*new)?]))
        }
        Source::Boot(name) => {
            let (_, ours) = figures.boot.iter().find(|(segment, _)| *segment == name)?;
            let (_, [old, _, new]) = BOOT.iter().find(|(segment, _)| *segment == name)?;
            Some([*ours, (*old)?, (*new)?].map(with_fraction))
        }
    }
}

fn with_fraction(number: f64) -> String {
    if number.fract() == 0.0 {
        grouped(number as u64)
    } else {
        format!("{number:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        let counts = INSTRUCTIONS
            .iter()
            .map(|(name, _)| (name.to_string(), 1234));
        Figures {
            counts: counts.collect(),
            sizes: Vec::new(),
            boot: [
                ("hash", 1.0),
                ("hash_per_byte", 31.44),
                ("signature", 2_000_000.0),
                ("rest", 1.0),
                ("secure_start", 1.0),
                ("total_warm", 1.0),
            ],
            waits: Vec::new(),
            stacks: Vec::new(),
            used: Default::default(),
            footprints: vec![("boot", Default::default()), ("secure", Default::default())],
        }
    }

    #[test]
    fn the_table_takes_the_place_of_the_old_one() {
        let text = format!("a\n{BEGIN}old\n{END}\nb\n");
        let new = with_figures(&text, &figures()).unwrap();
        assert!(
            new.starts_with(&format!("a\n{BEGIN}| | Casemate |")),
            "{new}"
        );
        assert!(new.ends_with(&format!("|\n{END}\nb\n")), "{new}");
        assert!(new.contains("| attestation token | 1,234 | 89,419 | 72,001 |\n"));
        assert!(new.contains("| 31.4 | 43.3 | 47.4 |\n"));
        assert_eq!(with_figures(&new, &figures()).unwrap(), new);
    }

    #[test]
    fn marks_and_figures_have_to_be_there() {
        assert!(with_figures("no table", &figures()).is_err());
        let mut without = figures();
        without.counts.clear();
        assert!(with_figures(&format!("{BEGIN}{END}"), &without).is_err());
    }
}
