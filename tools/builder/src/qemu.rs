// SPDX-License-Identifier: Apache-2.0
//! The emulated device: QEMU as a process whose lines of output are awaited with a deadline.

use crate::{process, report};
use anyhow::{Context as _, Result, bail};
use configure::Effective;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long after the end of the process its last lines may take to arrive.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Makes the device's time a function of the instructions that it executes, 64 ns for each, so
/// that interrupts come at the same places on every host; sleeping takes none of the host's time.
pub const DETERMINISTIC: [&str; 2] = ["-icount", "shift=6,align=off,sleep=off"];

/// Where the device's console is, unless the options have another place: the standard output.
const CONSOLE: [&str; 2] = ["-serial", "stdio"];
/// The console on a pseudo-terminal, for programs that talk to the device; what the device sends
/// comes as lines besides.
pub const TERMINAL: [&str; 4] = [
    "-chardev",
    "pty,id=console,logfile=/dev/stdout,logappend=on",
    CONSOLE[0],
    "chardev:console",
];
/// What QEMU says first then, with the name of the terminal behind it.
const TERMINAL_IS: &str = "char device redirected to ";

/// What to start.
pub struct Settings<'a> {
    /// Gives the machine and the size of its flash.
    pub effective: &'a Effective,
    /// The boot ROM.
    pub boot_elf: &'a Path,
    /// The file behind the flash.
    pub flash: &'a Path,
    /// What the application sees as its command line: its name, then its arguments.
    pub arguments: &'a [&'a str],
    /// Further options of QEMU.
    pub options: &'a [&'a str],
}

/// A running device. It is switched off when this value is dropped.
pub struct Machine {
    process: Child,
    lines: Receiver<String>,
    deadline: Instant,
    seen: Vec<String>,
}

/// How waiting ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The line that was awaited came.
    Line(String),
    /// QEMU ended with this status.
    Exit(ExitStatus),
    /// The time was up.
    TimeOut,
}

impl Machine {
    /// Switches the device on. From now on it has `time` until it counts as hung.
    pub fn start(settings: &Settings<'_>, time: Duration) -> Result<Self> {
        let mut command = command(settings);
        report::running(&process::show_all(&command));
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start qemu-system-arm")?;
        let (sender, lines) = mpsc::channel();
        let trimmed = |line: String| line.trim_end().to_owned();
        if let Some(stream) = process.stdout.take() {
            process::send_lines(stream, sender.clone(), trimmed);
        }
        if let Some(stream) = process.stderr.take() {
            process::send_lines(stream, sender, trimmed);
        }
        Ok(Self {
            process,
            lines,
            deadline: Instant::now() + time,
            seen: Vec::new(),
        })
    }

    /// Waits for a line, handing each to `each` as it comes.
    pub fn wait_for(
        &mut self,
        mut wanted: impl FnMut(&str) -> bool,
        mut each: impl FnMut(&str),
    ) -> Result<Event> {
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    each(&line);
                    self.seen.push(line.clone());
                    if wanted(&line) {
                        return Ok(Event::Line(line));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(Event::TimeOut),
                // Both streams are closed: the process has ended, or is about to.
                Err(RecvTimeoutError::Disconnected) => return self.reap(),
            }
        }
    }

    /// The pseudo-terminal of the console, where the options have [`TERMINAL`].
    pub fn terminal(&mut self) -> Result<String> {
        let event = self.wait_for(|line| line.starts_with(TERMINAL_IS), |_| ())?;
        let Event::Line(line) = event else {
            bail!("QEMU names no terminal:\n{}", self.seen.join("\n"));
        };
        let name = line.trim_start_matches(TERMINAL_IS).split(' ').next();
        Ok(name.unwrap_or_default().into())
    }

    /// Waits for the end.
    pub fn wait_for_exit(&mut self, each: impl FnMut(&str)) -> Result<Event> {
        self.wait_for(|_| false, each)
    }

    /// Cuts the power at once and gives all lines, the last of them perhaps not whole.
    pub fn cut_power(mut self) -> Result<Vec<String>> {
        self.process.kill().context("cannot kill QEMU")?;
        self.process.wait()?;
        while let Ok(line) = self.lines.recv_timeout(LAST_LINES) {
            self.seen.push(line);
        }
        Ok(std::mem::take(&mut self.seen))
    }

    /// Gives the device `time` more from now on, perhaps less than it had.
    pub fn set_time(&mut self, time: Duration) {
        self.deadline = Instant::now() + time;
    }

    /// All lines up to now.
    pub fn seen(&self) -> &[String] {
        &self.seen
    }

    fn reap(&mut self) -> Result<Event> {
        let end = Instant::now() + LAST_LINES;
        while Instant::now() < end {
            if let Some(status) = self.process.try_wait()? {
                return Ok(Event::Exit(status));
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(Event::TimeOut)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // Ended already is as good as ended now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// QEMU with the board, its flash and the boot ROM. It ends when the thread ends that starts it, so
/// also when this program is killed.
pub fn command(settings: &Settings<'_>) -> Command {
    let size_bytes = settings.effective.number("flash.size_bytes");
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "qemu-system-arm"])
        .args([
            "-M",
            &format!(
                "{},memory-backend=flash",
                settings.effective.text("qemu.machine")
            ),
        ])
        .arg("-object")
        .arg(format!(
            "memory-backend-file,id=flash,size={size_bytes},mem-path={},share=on",
            escape(&settings.flash.display().to_string())
        ))
        .args(["-display", "none", "-monitor", "none"])
        .arg("-kernel")
        .arg(settings.boot_elf);
    if !settings.options.contains(&CONSOLE[0]) {
        command.args(CONSOLE);
    }
    let mut semihosting = String::from("enable=on,target=native");
    for argument in settings.arguments {
        semihosting += &format!(",arg={}", escape(argument));
    }
    command
        .args(["-semihosting-config", &semihosting])
        .args(settings.options);
    command
}

/// A comma ends a value in QEMU's options unless it is doubled.
fn escape(text: &str) -> String {
    text.replace(',', ",,")
}
