// SPDX-License-Identifier: Apache-2.0
//! An emulated device that runs on command: its registers, memory and
//! breakpoints, by QEMU's stub for GDB.

use crate::remote::Remote;
use anyhow::{Context as _, Result, bail, ensure};
use builder::qemu::{self, Settings};
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

/// How long QEMU may take to listen.
const STARTS: u32 = 400;
const PAUSE: Duration = Duration::from_millis(25);
/// Memory that fits into one packet of QEMU's stub.
const CHUNK_BYTES: usize = 1900;
/// A step, and a stop after it was asked for, take no time.
const STOP_TIME: Duration = Duration::from_secs(20);

/// Behind its name Linux tells of a process its times in user and system mode here, in ticks.
const TIMES_FIELD: usize = 11;
const TICK_MILLISECONDS: u64 = 10;

/// Bytes of the core registers as the stub sends them: 16 of them, 8 and a status of an old
/// floating-point unit that is not there, and the program status.
const REGISTERS_BYTES: usize = 16 * 4 + 8 * 12 + 4 + 4;
const STACK_POINTER: usize = 13;
const PROGRAM_COUNTER: usize = 15;
const STATUS_OFFSET_BYTES: usize = REGISTERS_BYTES - 4;

/// The core registers at one moment.
#[derive(Clone, PartialEq, Eq)]
pub struct Registers([u8; REGISTERS_BYTES]);

impl Registers {
    /// One of r0 to r15.
    pub fn get(&self, number: usize) -> u32 {
        self.word(number * 4)
    }

    /// Sets one of r0 to r15.
    pub fn set(&mut self, number: usize, value: u32) {
        self.set_word(number * 4, value);
    }

    /// r15: the address of the next instruction.
    pub fn program_counter(&self) -> u32 {
        self.get(PROGRAM_COUNTER)
    }

    /// Sets r15.
    pub fn set_program_counter(&mut self, address: u32) {
        self.set(PROGRAM_COUNTER, address);
    }

    /// r13, of the stack that is in use.
    pub fn stack_pointer(&self) -> u32 {
        self.get(STACK_POINTER)
    }

    /// xPSR.
    pub fn status(&self) -> u32 {
        self.word(STATUS_OFFSET_BYTES)
    }

    /// Sets xPSR.
    pub fn set_status(&mut self, status: u32) {
        self.set_word(STATUS_OFFSET_BYTES, status);
    }

    fn word(&self, offset: usize) -> u32 {
        u32::from_le_bytes(std::array::from_fn(|index| self.0[offset + index]))
    }

    fn set_word(&mut self, offset: usize, value: u32) {
        self.0[offset..offset + 4].copy_from_slice(&value.to_le_bytes());
    }
}

/// A device. It is switched off when this value is dropped.
pub struct Target {
    process: Child,
    remote: Remote,
    socket: PathBuf,
}

impl Target {
    /// Switches the device on; it stands at its reset.
    pub fn start(settings: &Settings<'_>, socket: &Path) -> Result<Self> {
        let _ = fs::remove_file(socket); // of a run that was killed
        let stub = format!("unix:{},server=on,wait=off", socket.display());
        let mut command = qemu::command(settings);
        command.args(["-S", "-gdb", &stub]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let process = command
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start qemu-system-arm")?;
        let mut process = Dropped(Some(process));
        for _ in 0..STARTS {
            if let Ok(stream) = UnixStream::connect(socket) {
                let mut target = Self {
                    process: process.0.take().context("QEMU was started")?,
                    remote: Remote::new(stream),
                    socket: socket.into(),
                };
                target.remote.ask("?")?;
                return Ok(target);
            }
            thread::sleep(PAUSE);
        }
        bail!("QEMU does not listen at {}", socket.display())
    }

    /// The core registers.
    pub fn registers(&mut self) -> Result<Registers> {
        let bytes = hex::decode(self.remote.ask("g")?)?;
        let bytes = bytes.try_into();
        Ok(Registers(bytes.ok().context("registers of another size")?))
    }

    /// Writes all core registers.
    pub fn set_registers(&mut self, registers: &Registers) -> Result<()> {
        let digits = hex::encode(registers.0);
        self.remote.command(&format!("G{digits}"))
    }

    /// The bytes at an address.
    pub fn read(&mut self, address: u32, size_bytes: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(size_bytes);
        while bytes.len() < size_bytes {
            let count = CHUNK_BYTES.min(size_bytes - bytes.len());
            let from = u64::from(address) + bytes.len() as u64;
            let chunk = hex::decode(self.remote.ask(&format!("m{from:x},{count:x}"))?)?;
            ensure!(chunk.len() == count, "memory at {from:#x} is not readable");
            bytes.extend(chunk);
        }
        Ok(bytes)
    }

    /// Writes bytes at an address.
    pub fn write(&mut self, address: u32, bytes: &[u8]) -> Result<()> {
        for (index, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
            let to = u64::from(address) + (index * CHUNK_BYTES) as u64;
            let packet = format!("M{to:x},{:x}:{}", chunk.len(), hex::encode(chunk));
            self.remote.command(&packet)?;
        }
        Ok(())
    }

    /// Sets a breakpoint at a Thumb instruction.
    pub fn set_breakpoint(&mut self, address: u32) -> Result<()> {
        self.remote.command(&format!("Z0,{address:x},2"))
    }

    /// Removes a breakpoint.
    pub fn clear_breakpoint(&mut self, address: u32) -> Result<()> {
        self.remote.command(&format!("z0,{address:x},2"))
    }

    /// Executes one instruction. No breakpoint may be at it.
    pub fn step(&mut self) -> Result<()> {
        self.remote.send("s")?;
        let stop = self.remote.receive(STOP_TIME)?;
        stop.context("an instruction does not end").map(drop)
    }

    /// Executes one instruction, unless it is one that waits; whether it was executed.
    pub fn try_step(&mut self, time: Duration) -> Result<bool> {
        self.remote.send("s")?;
        let has_ended = self.remote.receive(time)?.is_some();
        if !has_ended {
            self.stop()?;
        }
        Ok(has_ended)
    }

    /// Runs to a breakpoint; whether it came to one within the time. It runs on otherwise.
    pub fn run(&mut self, time: Duration) -> Result<bool> {
        self.remote.send("c")?;
        self.run_on(time)
    }

    /// Waits for a running device to come to a breakpoint.
    pub fn run_on(&mut self, time: Duration) -> Result<bool> {
        Ok(self.remote.receive(time)?.is_some())
    }

    /// Stops a running device.
    pub fn stop(&mut self) -> Result<()> {
        self.remote.interrupt()?;
        let stop = self.remote.receive(STOP_TIME)?;
        stop.context("the device does not stop").map(drop)
    }

    /// Whether QEMU has ended; it has a moment for that.
    pub fn is_gone(&mut self) -> bool {
        (0..STARTS).any(|turn| {
            if turn > 0 {
                thread::sleep(PAUSE);
            }
            self.process.try_wait().is_ok_and(|status| status.is_some())
        })
    }

    /// The processor time that QEMU has taken so far: on a busy host the measure of how far a
    /// device may have come.
    pub fn processor_time(&self) -> Result<Duration> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let (_, fields) = text.rsplit_once(')').context("a name in parentheses")?;
        let ticks = fields.split_whitespace().skip(TIMES_FIELD).take(2);
        let ticks = ticks.map(str::parse::<u64>).sum::<Result<u64, _>>()?;
        Ok(Duration::from_millis(ticks * TICK_MILLISECONDS))
    }

    /// Resets the device; it stands at its reset again. Memory stays as it is.
    pub fn reset(&mut self) -> Result<()> {
        self.remote.monitor("system_reset")
    }

    /// Ends QEMU in an orderly manner, so that its plug-ins write what they have.
    pub fn finish(mut self) -> Result<()> {
        self.remote.send("k")?;
        self.process.wait().context("QEMU does not end").map(drop)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // Ended already is as good as ended now.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_file(&self.socket);
    }
}

/// A process that has no [`Target`] yet.
struct Dropped(Option<Child>);

impl Drop for Dropped {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
