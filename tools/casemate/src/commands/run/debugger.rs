// SPDX-License-Identifier: Apache-2.0
//! A device that waits for a debugger: QEMU's stub, and a script with the symbols of all images.

use anyhow::{Context as _, Result};
use builder::firmware::{Image, SecureWorld};
use builder::process::word;
use builder::report;
use builder::whole_file;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

/// The port that debuggers try first.
const USUAL_PORT: u16 = 1234;
/// The program that knows Arm among others.
const PROGRAM: &str = "gdb-multiarch";
/// The script, beside the signed image.
const SCRIPT: &str = "debug.gdb";

/// Where the debugger finds the device, and the device's images.
pub struct Debugger {
    options: [String; 3],
    script: PathBuf,
}

impl Debugger {
    /// Chooses a port unless one is named (0: none), and writes the script.
    ///
    /// # Errors
    /// The port is in use, or the script can't be written.
    pub fn prepare(port: u16, world: &SecureWorld, image: &Image) -> Result<Self> {
        let port = free_port(port)?;
        let images = [
            world.boot_elf()?.to_path_buf(),
            world.secure_elf.clone(),
            image.nonsecure_elf.clone(),
        ];
        let images = images.each_ref();
        let script = image.signed.with_file_name(SCRIPT);
        whole_file::write(&script, text(port, &images)?.as_bytes())?;
        let stub = format!("tcp:127.0.0.1:{port}");
        Ok(Self {
            options: ["-S".into(), "-gdb".into(), stub],
            script,
        })
    }

    /// What QEMU is told.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(String::as_str)
    }

    /// Says what to type.
    pub fn announce(&self) {
        let [.., stub] = &self.options;
        report::note("Waiting", &format!("for a debugger at {stub}. Type"));
        report::say(format_args!(
            "{PROGRAM} -x {}",
            word(&self.script.display().to_string())
        ));
    }
}

/// The port, or a free one. Nobody holds it until QEMU takes it.
fn free_port(wanted: u16) -> Result<u16> {
    let bound = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match wanted {
        0 => bound(USUAL_PORT).or_else(|_| bound(0)),
        _ => bound(wanted),
    };
    let listener = listener.with_context(|| {
        format!("port {wanted} can't be used: `--gdb` without a number chooses one")
    })?;
    Ok(listener.local_addr()?.port())
}

fn text(port: u16, [boot, rest @ ..]: &[&PathBuf; 3]) -> Result<String> {
    let mut lines = vec![
        "# Written by `run --gdb`: the images of both worlds, and the device that waits.".into(),
        "set confirm off".into(),
        "set architecture armv8-m.main".into(),
        // Nothing says where the calls begin.
        "set backtrace limit 16".into(),
        format!("file {}", quoted(boot)?),
    ];
    for image in rest {
        lines.push(format!("add-symbol-file {}", quoted(image)?));
    }
    lines.push(format!("target remote 127.0.0.1:{port}"));
    Ok(lines.join("\n") + "\n")
}

/// A file as one word of a command of gdb.
fn quoted(file: &Path) -> Result<String> {
    let whole = std::path::absolute(file)?;
    let text = whole
        .to_str()
        .filter(|text| !text.contains(['\n', '"', '\\']));
    let text = text.with_context(|| {
        format!(
            "gdb can't open {}: its name is not plain text",
            whole.display()
        )
    })?;
    Ok(format!("\"{text}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_refused_or_left() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = format!("{:#}", free_port(port).unwrap_err());
        assert!(error.contains(&port.to_string()), "{error}");
        assert_ne!(free_port(0).unwrap(), port);
    }

    #[test]
    fn the_script_has_all_images() {
        let files = ["/a b/boot.elf", "/s.elf", "/n.elf"].map(PathBuf::from);
        let text = text(4321, &files.each_ref()).unwrap();
        let wanted = [
            "\nfile \"/a b/boot.elf\"\n",
            "\nadd-symbol-file \"/s.elf\"\nadd-symbol-file \"/n.elf\"\n",
            "\ntarget remote 127.0.0.1:4321\n",
        ];
        assert!(wanted.iter().all(|line| text.contains(line)), "{text}");
        assert!(quoted(Path::new("/a\"b")).is_err());
    }
}
