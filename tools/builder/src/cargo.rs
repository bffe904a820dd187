// SPDX-License-Identifier: Apache-2.0
//! cargo as a part of a command: what it does is our progress, what it says is shown, and errors of
//! the linker are given back.

use crate::process;
use crate::report::{self, Step};
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::sync::mpsc;

/// Messages as objects, with colours, which [`report`] takes off where there are none.
const FORMAT: &str = "--message-format=json-diagnostic-rendered-ansi";
/// What cargo says first where it waits for another cargo.
const WAITS: &str = "Blocking";
/// What else it says on its way.
const PROGRESS: [&str; 12] = [
    "Adding",
    "Building",
    "Checking",
    "Compiling",
    "Dirty",
    "Downloaded",
    "Downloading",
    "Finished",
    "Fresh",
    "Locking",
    "Running",
    "Updating",
];
/// How the compiler begins to tell that the linker failed.
const LINKER: &str = "linking with ";
/// What cargo says of a package that fails; the error itself has come before.
const SUMMARIES: [&str; 2] = ["error: could not compile", "warning: build failed, waiting"];

/// Errors of the linker.
pub struct LinkError {
    /// The binary.
    pub binary: String,
    /// What the linker said.
    pub text: String,
}

enum Line {
    Object(String),
    Text(String),
}

/// Runs a build to its end. The inner result has what the linker said, if it was that.
///
/// # Errors
/// cargo can't be started, or ends with another error, which has been shown.
pub fn build(command: &mut Command, what: &str) -> Result<Result<(), Vec<LinkError>>> {
    command.arg(FORMAT).env("CARGO_TERM_COLOR", "never");
    command.stdin(Stdio::null());
    report::running(&process::show_all(command));
    let step = Step::start(format!("Building {what}"));
    let mut cargo = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", process::show(command)))?;
    let (sender, lines) = mpsc::channel();
    if let Some(stream) = cargo.stdout.take() {
        process::send_lines(stream, sender.clone(), Line::Object);
    }
    if let Some(stream) = cargo.stderr.take() {
        process::send_lines(stream, sender, Line::Text);
    }
    let mut link_errors = Vec::new();
    for line in lines {
        match line {
            Line::Object(line) => link_errors.extend(message(&line, &step)),
            Line::Text(line) => progress(&line, &step),
        }
    }
    let status = cargo.wait()?;
    if status.success() {
        step.done();
        return Ok(Ok(()));
    }
    if !link_errors.is_empty() {
        return Ok(Err(link_errors));
    }
    bail!("{} ended with {status}", process::show(command))
}

/// Shows a message of the compiler, or gives it back if it is the linker's.
fn message(line: &str, step: &Step) -> Option<LinkError> {
    let object: Value = serde_json::from_str(line).ok()?;
    let message = object.get("message")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if !text(&message["message"]).starts_with(LINKER) {
        step.print(&text(&message["rendered"]));
        return None;
    }
    let notes = message["children"].as_array()?.iter();
    let notes: Vec<String> = notes.map(|note| text(&note["message"])).collect();
    Some(LinkError {
        binary: text(&object["target"]["name"]),
        text: notes.join("\n"),
    })
}

fn progress(line: &str, step: &Step) {
    let words = line.trim_start();
    let begins = |word: &str| words.split(' ').next() == Some(word);
    if begins(WAITS) {
        report::note(
            "Waiting",
            &format!("for another cargo: {}", words.trim_end()),
        );
    } else if PROGRESS.iter().any(|word| begins(word)) {
        step.is_at(words.trim_end());
    } else if !SUMMARIES.iter().any(|begin| words.starts_with(begin)) {
        step.print(line);
    }
}
