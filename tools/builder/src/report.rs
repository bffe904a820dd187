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
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

const DONE: Style = AnsiColor::Green.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const FAILED: Style = AnsiColor::Red.on_default().bold();

/// Whether the user wants to see each command.
static SHOWS_COMMANDS: AtomicBool = AtomicBool::new(false);

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

/// A step that takes a while: a spinner on a terminal, elsewhere a line every few seconds; one line
/// when it is done.
pub struct Step {
    text: String,
    start: Instant,
    spinner: ProgressBar,
    /// Its end ends the lines.
    _alive: Sender<()>,
}

/// Where nobody sees a spinner, a line comes so often.
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Step {
    /// Starts a step; `text` reads like "Signing the image".
    pub fn start(text: impl Into<String>) -> Self {
        let text = text.into();
        let spinner = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            spinner.set_style(style);
        }
        spinner.set_message(text.clone());
        let start = Instant::now();
        let (alive, ended) = mpsc::channel();
        if on_terminal() {
            spinner.enable_steady_tick(Duration::from_millis(120));
        } else {
            let text = text.clone();
            thread::spawn(move || {
                while ended.recv_timeout(LINE_EVERY) == Err(RecvTimeoutError::Timeout) {
                    eprintln!("{:>12} {text}, {} s", "...", start.elapsed().as_secs());
                }
            });
        }
        Self {
            text,
            start,
            spinner,
            _alive: alive,
        }
    }

    /// Says what it is at, on a terminal.
    pub fn is_at(&self, part: &str) {
        self.spinner.set_message(format!("{}: {part}", self.text));
    }

    /// Prints text of another program on standard error.
    pub fn print(&self, text: &str) {
        self.spinner.suspend(|| eprint!("{text}"));
    }

    /// Ends the step; a step that took a moment leaves no line.
    pub fn done(self) {
        self.spinner.finish_and_clear();
        let seconds = self.start.elapsed().as_secs_f32();
        if seconds >= 1.0 {
            note("Done", &format!("{} ({seconds:.1} s)", self.text));
        }
    }
}

impl Drop for Step {
    /// What fails leaves no spinner.
    fn drop(&mut self) {
        self.spinner.finish_and_clear();
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

/// Makes [`running`] say something.
pub fn show_commands() {
    SHOWS_COMMANDS.store(true, Ordering::Relaxed);
}

/// A command that is started, on one line of standard error if the user wants to see commands.
pub fn running(command: &str) {
    if SHOWS_COMMANDS.load(Ordering::Relaxed) {
        note("Running", command);
    }
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
