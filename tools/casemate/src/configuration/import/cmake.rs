// SPDX-License-Identifier: Apache-2.0
//! The commands `set` and `option` of a CMake file. Conditions are taken as if they held.

use super::Found;
use anyhow::{Result, bail};

/// The options that the text sets, in order.
pub fn parse(file: &str, text: &str) -> Result<Vec<Found>> {
    let mut source = Source {
        file,
        rest: text,
        line: 1,
    };
    let mut found = Vec::new();
    while let Some((command, line)) = source.command()? {
        let arguments = source.arguments()?;
        let [name, value, ..] = &arguments[..] else {
            continue;
        };
        let value = match command.to_ascii_lowercase().as_str() {
            "set" if value != "CACHE" => value,
            "option" => arguments.get(2).unwrap_or(value),
            _ => continue,
        };
        found.push(Found {
            name: name.clone(),
            value: value.clone(),
            place: format!("{file}:{line}"),
        });
    }
    Ok(found)
}

/// What is left of a file.
struct Source<'a> {
    file: &'a str,
    rest: &'a str,
    line: usize,
}

impl Source<'_> {
    /// The next command up to its opening bracket, and its line.
    fn command(&mut self) -> Result<Option<(String, usize)>> {
        self.space();
        let (mut name, line) = (String::new(), self.line);
        loop {
            match self.next() {
                None if name.is_empty() => return Ok(None),
                Some('(') => return Ok(Some((name.trim().into(), line))),
                Some(letter) if letter == '_' || letter.is_ascii_alphanumeric() => {
                    name.push(letter)
                }
                Some(space) if space.is_whitespace() => {}
                other => bail!(
                    "{}:{}: a command of CMake is a name and brackets, not {:?}",
                    self.file,
                    self.line,
                    format!("{name}{}", other.map_or(String::new(), String::from))
                ),
            }
        }
    }

    /// The arguments up to the closing bracket; brackets within are part of them.
    fn arguments(&mut self) -> Result<Vec<String>> {
        let (start, mut depth) = (self.line, 1);
        let mut arguments = Vec::new();
        let mut word = String::new();
        loop {
            self.space_after(&mut word, &mut arguments);
            match self.next() {
                Some('"') => {
                    word.push_str(&self.quoted(start)?);
                    arguments.push(std::mem::take(&mut word));
                }
                Some(')') if depth == 1 => {
                    if !word.is_empty() {
                        arguments.push(word);
                    }
                    return Ok(arguments);
                }
                Some(bracket @ ('(' | ')')) => {
                    depth = if bracket == '(' { depth + 1 } else { depth - 1 };
                    word.push(bracket);
                }
                Some(letter) => word.push(letter),
                None => bail!(
                    "{}:{start}: the brackets of this command do not close",
                    self.file
                ),
            }
        }
    }

    /// Ends a word at space or a comment.
    fn space_after(&mut self, word: &mut String, arguments: &mut Vec<String>) {
        if self
            .rest
            .starts_with(|next: char| next.is_whitespace() || next == '#')
        {
            self.space();
            if !word.is_empty() {
                arguments.push(std::mem::take(word));
            }
        }
    }

    fn quoted(&mut self, start: usize) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.extend(self.next()),
                Some(letter) => text.push(letter),
                None => bail!(
                    "{}:{start}: the quotes of this command do not close",
                    self.file
                ),
            }
        }
    }

    /// Passes over space and comments.
    fn space(&mut self) {
        while let Some(next) = self.rest.chars().next() {
            if next == '#' {
                let end = match self.rest.starts_with("#[[") {
                    true => self.rest.find("]]").map(|end| end + 2),
                    false => self.rest.find('\n'),
                };
                let (comment, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                self.line += comment.matches('\n').count();
                self.rest = rest;
            } else if next.is_whitespace() {
                self.next();
            } else {
                return;
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let next = letters.next()?;
        self.rest = letters.as_str();
        self.line += usize::from(next == '\n');
        Some(next)
    }
}
