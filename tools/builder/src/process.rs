// SPDX-License-Identifier: Apache-2.0
//! Other programs: started with a clean environment, and errors that say what failed.

use crate::report;
use crate::workspace::Workspace;
use anyhow::{Context as _, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

/// This program, even when the tests on the host have built it anew over the file that runs.
pub const THIS_PROGRAM: &str = "/proc/self/exe";

/// What cargo and rustup put into the environment of this program: it would lead another cargo,
/// perhaps of another toolchain, astray.
const INHERITED_FROM_CARGO: &[&str] = &[
    "CARGO",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
    "RUST_RECURSION_COUNT",
];

/// A command without what cargo added to the environment.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let own_package = env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    });
    for name in own_package {
        command.env_remove(name);
    }
    for name in INHERITED_FROM_CARGO {
        command.env_remove(name);
    }
    command
}

/// Sends the lines of a stream as they come, each in this form, until nobody takes them.
pub(crate) fn send_lines<T: Send + 'static>(
    stream: impl Read + Send + 'static,
    sender: Sender<T>,
    form: fn(String) -> T,
) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let text = String::from_utf8_lossy(&line).into_owned();
            if sender.send(form(text)).is_err() {
                return;
            }
            line.clear();
        }
    });
}

/// The cargo that runs this program, at the root of the workspace.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if let Some(toolchain) = env::var_os("RUSTUP_TOOLCHAIN") {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    command
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target);
    command
}

/// Runs to the end; the output goes where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    report::running(&show_all(command));
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("{} ended with {status}", show(command));
    }
    Ok(())
}

/// Runs to the end and takes the output; a failure shows it.
pub fn output(command: &mut Command) -> Result<String> {
    report::running(&show_all(command));
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} ended with {}:\n{text}{errors}",
            show(command),
            output.status
        );
    }
    Ok(text)
}

/// The program in the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| is_file(file))
}

fn is_file(file: &Path) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", command.get_program().to_string_lossy())
}

/// The command with the variables that it gets, as one would type it.
pub fn show_all(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        let value = value?.to_string_lossy();
        Some(format!("{}={} ", name.to_string_lossy(), word(&value)))
    });
    variables.collect::<String>() + &show(command)
}

/// The command as one would type it.
pub fn show(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|text| word(&text.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word for a shell.
pub fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+=:,@%".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.into()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_shell_is_one() {
        assert_eq!(word("/a/b.gdb"), "/a/b.gdb");
        assert_eq!(word("/a b/'c"), "'/a b/'\\''c'");
        assert_eq!(word(""), "''");
        let mut command = Command::new("make");
        command.env("A", "1 2").arg("-C").arg("a b");
        assert_eq!(show_all(&command), "A='1 2' make -C 'a b'");
    }
}
