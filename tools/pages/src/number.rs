// SPDX-License-Identifier: Apache-2.0
//! Numbers as a reader wants them.

pub use builder::table::grouped;

/// What has changed, with its sign; nothing if nothing has.
pub fn change(now: u64, before: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", grouped(now - before)),
        std::cmp::Ordering::Less => format!("\u{2212}{}", grouped(before - now)),
        std::cmp::Ordering::Equal => String::new(),
    }
}

/// A part of a whole in percent.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0 %".into();
    }
    let percent = part as f64 * 100.0 / whole as f64;
    format!("{percent:.1} %")
}

#[cfg(test)]
mod tests {
    use super::{change, grouped, percent};

    #[test]
    fn numbers_are_legible() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(change(1_500, 300), "+1,200");
        assert_eq!(change(300, 1_500), "\u{2212}1,200");
        assert_eq!(change(7, 7), "");
        assert_eq!(percent(1, 3), "33.3 %");
        assert_eq!(percent(1, 0), "0 %");
    }
}
