// SPDX-License-Identifier: Apache-2.0
//! Plain tables: the first column to the left, numbers to the right.

use crate::report;

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Plain,
    /// For a document.
    Markdown,
}

/// Prints a head and its rows.
pub fn print(head: &[String], rows: &[Vec<String>]) {
    let lines: Vec<&[String]> = std::iter::once(head)
        .chain(rows.iter().map(Vec::as_slice))
        .collect();
    let width = |column: usize| {
        lines
            .iter()
            .filter_map(|line| line.get(column).map(String::len))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    for line in &lines {
        let cells = line
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                if column == 0 {
                    format!("{cell:width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
        report::say(format_args!(
            "{}",
            cells.collect::<Vec<_>>().join("  ").trim_end()
        ));
    }
}

/// A head and its rows as Markdown has them.
pub fn markdown(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | ")).replace("|  |", "| |");
    let columns = (0..head.len()).map(|column| if column == 0 { "---" } else { "--:" });
    let rule = format!("|{}|\n", columns.collect::<Vec<_>>().join("|"));
    let rows = rows.iter().map(|row| line(row));
    line(head) + &rule + &rows.collect::<String>()
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
