// SPDX-License-Identifier: Apache-2.0
//! Limits of size that a profile sets.

use anyhow::{Result, bail};

use crate::size::Footprint;

/// The most that an image may take; `None` is no limit.
///
/// # Examples
///
/// ```
/// use footprint::budget::Budget;
/// use footprint::size::Footprint;
///
/// let image = Footprint { flash: 28_000, ram: 5_000, ..Footprint::default() };
/// let budget = Budget { flash_bytes: Some(28_500), ram_bytes: None };
/// budget.check("budget.secure", &image).expect("it fits");
///
/// let budget = Budget { flash_bytes: Some(27_000), ram_bytes: None };
/// let error = budget.check("budget.secure", &image).expect_err("too large");
/// assert!(error.to_string().starts_with("budget.secure.flash_bytes = 27000 is exceeded"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of flash.
    pub flash_bytes: Option<u64>,
    /// Bytes of RAM.
    pub ram_bytes: Option<u64>,
}

impl Budget {
    /// Compares an image with its limits. `key` is where the limits stand in the profile,
    /// for example `budget.secure`: the error names `budget.secure.flash_bytes`.
    pub fn check(&self, key: &str, image: &Footprint) -> Result<()> {
        let mut exceeded = Vec::new();
        for (field, used, limit) in [
            ("flash_bytes", image.flash, self.flash_bytes),
            ("ram_bytes", image.ram, self.ram_bytes),
        ] {
            if let Some(limit) = limit.filter(|limit| used > *limit) {
                let over = used - limit;
                exceeded.push(format!(
                    "{key}.{field} = {limit} is exceeded: the image takes {used} bytes, {over} too many"
                ));
            }
        }
        if !exceeded.is_empty() {
            bail!("{}", exceeded.join("\n"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use crate::size::Footprint;

    #[test]
    fn errors_name_the_key_and_the_numbers() {
        let image = Footprint {
            flash: 1000,
            ram: 600,
            ..Footprint::default()
        };
        let budget = Budget {
            flash_bytes: Some(1000),
            ram_bytes: Some(600),
        };
        budget
            .check("budget.secure", &image)
            .expect("exactly the limit is allowed");
        Budget::default()
            .check("budget.secure", &image)
            .expect("no limit");
        let budget = Budget {
            flash_bytes: Some(999),
            ram_bytes: Some(500),
        };
        let error = budget
            .check("budget.secure", &image)
            .expect_err("too large")
            .to_string();
        assert_eq!(
            error,
            "budget.secure.flash_bytes = 999 is exceeded: the image takes 1000 bytes, 1 too many\n\
             budget.secure.ram_bytes = 500 is exceeded: the image takes 600 bytes, 100 too many"
        );
    }
}
