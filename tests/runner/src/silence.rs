// SPDX-License-Identifier: Apache-2.0
//! An image that prints nothing has no text of what it would print.

use anyhow::{Result, ensure};
use builder::firmware::SecureWorld;
use builder::workspace::read;
use object::{Object as _, ObjectSegment as _};
use std::path::Path;

/// The variant that prints nothing.
pub const VARIANT: &str = "silent";
/// What its test is called.
pub const NAME: &str = "no text in the images";

/// Words of the lines of boot ROM and secure image.
const WORDS: [&str; 4] = ["boot: ", "refused ", "upgrade ", "fault: "];

/// Looks for the words in both images of `silent`; those of `plain` have them, or the search is blind.
pub fn check(plain: &SecureWorld, silent: &SecureWorld) -> Result<()> {
    let found = |world: &SecureWorld| -> Result<Vec<&str>> {
        let mut found = words_in(world.boot_elf()?)?;
        found.extend(words_in(&world.secure_elf)?);
        Ok(found)
    };
    let (before, after) = (found(plain)?, found(silent)?);
    ensure!(
        before.len() >= WORDS.len(),
        "the plain images have only {before:?}"
    );
    ensure!(after.is_empty(), "these words are left: {after:?}");
    Ok(())
}

/// The words among what an image has in flash.
fn words_in(elf: &Path) -> Result<Vec<&'static str>> {
    let bytes = read(elf)?;
    let file = object::File::parse(bytes.as_slice())?;
    let mut found = Vec::new();
    for segment in file.segments() {
        let data = segment.data()?;
        let has = |word: &&str| data.windows(word.len()).any(|part| part == word.as_bytes());
        found.extend(WORDS.iter().copied().filter(has));
    }
    Ok(found)
}
