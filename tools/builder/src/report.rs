// SPDX-License-Identifier: Apache-2.0
//! What the user sees: steps, notes and errors; colour and movement on a terminal only.

use anstream::{eprint, eprintln};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::process;
use std::time::{Duration, Instant};

const DONE: Style = AnsiColor::Green.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const FAILED: Style = AnsiColor::Red.on_default().bold();

/// Whether somebody watches.
pub fn on_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// A line of the result, on standard output. A reader that has gone (`| head`) ends the program,
/// and so does a full disk.
pub fn say(text: impl Display) {
    if let Err(cause) = writeln!(anstream::stdout(), "{text}") {
        if cause.kind() != ErrorKind::BrokenPipe {
            error(&anyhow::Error::new(cause).context("cannot write the result"));
        }
        process::exit(1);
    }
}

/// A result for programs: one JSON object on standard output.
///
/// # Errors
///
/// The value can't be written as JSON.
pub fn say_json(value: &impl Serialize) -> Result<()> {
    say(serde_json::to_string_pretty(value)?);
    Ok(())
}

/// A step that takes a while: a spinner on a terminal, one line when it is done.
pub struct Step {
    text: String,
    start: Instant,
    spinner: ProgressBar,
}

impl Step {
    /// Starts a step; `text` reads like "Signing the image".
    pub fn start(text: impl Into<String>) -> Self {
        let text = text.into();
        let spinner = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            spinner.set_style(style);
        }
        spinner.set_message(text.clone());
        spinner.enable_steady_tick(Duration::from_millis(120));
        Self {
            text,
            start: Instant::now(),
            spinner,
        }
    }

    /// Ends the step; a step that took a moment leaves no line.
    pub fn done(self) {
        self.spinner.finish_and_clear();
        let seconds = self.start.elapsed().as_secs_f32();
        if seconds >= 1.0 {
            eprintln!(
                "{DONE}{:>12}{DONE:#} {} ({seconds:.1} s)",
                "Done", self.text
            );
        }
    }
}

/// A long piece of work of many parts: a bar on a terminal, nothing elsewhere.
pub struct Progress(ProgressBar);

impl Progress {
    /// Nothing is done yet.
    pub fn start() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Reports progress: parts done, of all parts of what `text` names.
    pub fn show(&self, text: &str, done: usize, all: usize) {
        self.0.set_message(text.to_owned());
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar away.
    pub fn done(self) {
        self.0.finish_and_clear();
    }
}

/// What a command does or takes, on one line of standard error.
pub fn note(word: &str, text: &str) {
    eprintln!("{DONE}{word:>12}{DONE:#} {text}");
}

/// A failure among others, told on one line.
pub fn failure(text: &str) {
    eprintln!("{FAILED}{:>12}{FAILED:#} {text}", "FAILED");
}

/// What goes on, but should not be overlooked: on standard error, whether somebody watches or not.
pub fn warning(text: &str) {
    eprintln!("{WARNING}warning{WARNING:#}: {text}");
}

/// The error that ends the program, with what led to it.
pub fn error(error: &anyhow::Error) {
    eprint!("{FAILED}error{FAILED:#}: ");
    let mut causes = error.chain();
    if let Some(first) = causes.next() {
        eprintln!("{first}");
    }
    for cause in causes {
        eprintln!("  because: {cause}");
    }
}
