// SPDX-License-Identifier: Apache-2.0
//! The definitions of a C header. Conditions are taken as if they held.

use super::Found;
use anyhow::{Result, bail};

/// The options that the text defines, in order. A macro with arguments, or without a value such as an
/// include guard, is none; a name of the PSA or of Mbed TLS without a value is on.
pub fn parse(file: &str, text: &str) -> Result<Vec<Found>> {
    let text = without_comments(file, text)?;
    let mut found: Vec<Found> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let mut whole = line.to_owned();
        while let Some(begun) = whole.strip_suffix('\\') {
            whole = format!("{begun} {}", lines.next().map_or("", |(_, more)| more));
        }
        let Some(directive) = whole.trim_start().strip_prefix('#') else {
            continue;
        };
        let (directive, rest) = word(directive.trim_start());
        let (name, value) = word(rest);
        match (directive, value) {
            ("undef", _) => found.retain(|option| option.name != name),
            ("define", _) if name.contains('(') => {}
            ("define", "") if !name.starts_with("PSA_WANT_") && !name.starts_with("MBEDTLS_") => {}
            ("define", value) => found.push(Found {
                name: name.into(),
                value: if value.is_empty() {
                    "1"
                } else {
                    value.trim_matches('"')
                }
                .into(),
                place: format!("{file}:{}", index + 1),
            }),
            _ => {}
        }
    }
    Ok(found)
}

/// The first word and the rest.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) => (first, rest.trim()),
        None => (text, ""),
    }
}

/// The text with comments as spaces, on the same lines.
fn without_comments(file: &str, text: &str) -> Result<String> {
    let (mut clean, mut rest, mut line) = (String::new(), text, 1);
    while let Some(start) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        let (before, comment) = rest.split_at(start);
        line += before.matches('\n').count();
        clean.push_str(before);
        let end = match comment.starts_with("//") {
            true => comment.find('\n').unwrap_or(comment.len()),
            false => match comment[2..].find("*/") {
                Some(end) => end + 4,
                None => bail!("{file}:{line}: this comment does not end"),
            },
        };
        let (comment, after) = comment.split_at(end);
        let newlines = comment.matches('\n').count();
        clean.push(' ');
        clean.push_str(&"\n".repeat(newlines));
        line += newlines;
        rest = after;
    }
    clean.push_str(rest);
    Ok(clean)
}
