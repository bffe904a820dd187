// SPDX-License-Identifier: Apache-2.0
//! Texts that are compared with files: `UPDATE_GOLDEN=1 cargo test` renews them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RENEWS: &str = "UPDATE_GOLDEN";
/// Digests, keys and addresses of a build differ; shorter numbers are part of the text.
const DIGITS_MAX: usize = 15;

/// The files of a folder, and which of them were compared.
pub struct Golden {
    folder: PathBuf,
    seen: BTreeSet<PathBuf>,
    wrong: Vec<String>,
}

impl Golden {
    pub fn new(folder: &str) -> Self {
        Self {
            folder: Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/golden")
                .join(folder),
            seen: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    /// Compares a text with the file of this name.
    pub fn compare(&mut self, name: &str, text: &str) {
        let file = self
            .folder
            .join(name.replace(' ', "_"))
            .with_extension("txt");
        let text = masked(text);
        if std::env::var_os(RENEWS).is_some() {
            fs::create_dir_all(&self.folder).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default();
        if wanted != text {
            let first = wanted
                .lines()
                .zip(text.lines())
                .find(|(old, new)| old != new);
            self.wrong
                .push(format!("{}: {first:?}\n{text}", file.display()));
        }
        self.seen.insert(file);
    }

    /// The help of a program, of its commands, and of theirs.
    pub fn compare_help(&mut self, program: &str, words: &[&str], wants: &dyn Fn(&str) -> bool) {
        let output = Command::new(program)
            .args(words)
            .arg("--help")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{words:?}");
        let name = if words.is_empty() {
            "help".into()
        } else {
            words.join(" ")
        };
        self.compare(&name, &text);
        for command in commands(&text).filter(|command| !words.is_empty() || wants(command)) {
            self.compare_help(program, &[words, &[command]].concat(), wants);
        }
    }

    /// Fails if a text differs, or a file has no text any more.
    #[track_caller]
    pub fn check(self) {
        let old = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let old = old
            .map(|entry| entry.path())
            .filter(|path| !self.seen.contains(path));
        for file in old {
            if std::env::var_os(RENEWS).is_some() {
                fs::remove_file(file).unwrap();
            } else {
                panic!(
                    "{} is of no text any more: type {RENEWS}=1 cargo test",
                    file.display()
                );
            }
        }
        let wrong = self.wrong.join("\n");
        assert!(
            wrong.is_empty(),
            "if these are right, type {RENEWS}=1 cargo test\n{wrong}"
        );
    }
}

/// The names below "Commands:", but for `help`.
fn commands(help: &str) -> impl Iterator<Item = &str> {
    let below = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = below.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help")
}

/// Long hexadecimal numbers as `HEX`.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_hexdigit() {
            digits.push(letter);
            continue;
        }
        masked += if digits.len() > DIGITS_MAX {
            "HEX"
        } else {
            &digits
        };
        digits.clear();
        masked.push(letter);
    }
    masked.pop();
    masked
}
