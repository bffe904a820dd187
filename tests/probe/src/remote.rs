// SPDX-License-Identifier: Apache-2.0
//! The GDB remote serial protocol, the part that QEMU's stub needs (GDB manual, "Remote Protocol"):
//! packets `$body#checksum`, each of them acknowledged by `+`.

use anyhow::{Context as _, Result, bail, ensure};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// The byte that stops a running device; it stands outside of packets.
const INTERRUPT: u8 = 0x03;
/// An answer that takes longer will not come.
const ANSWER_TIME: Duration = Duration::from_secs(20);

/// A connection to a stub.
pub struct Remote {
    stream: UnixStream,
    received: Vec<u8>,
}

impl Remote {
    /// Speaks through a connected stream.
    pub fn new(stream: UnixStream) -> Self {
        Self {
            stream,
            received: Vec::new(),
        }
    }

    /// Sends a packet and waits for the answer.
    pub fn ask(&mut self, body: &str) -> Result<String> {
        self.send(body)?;
        let answer = self.receive(ANSWER_TIME)?;
        answer.with_context(|| format!("no answer to `{}`", shortened(body)))
    }

    /// Sends a packet whose answer is `OK`.
    pub fn command(&mut self, body: &str) -> Result<()> {
        let answer = self.ask(body)?;
        ensure!(
            answer == "OK",
            "the stub answers `{}` with `{answer}`",
            shortened(body)
        );
        Ok(())
    }

    /// Has QEMU's monitor execute a command; what it prints is passed over.
    pub fn monitor(&mut self, command: &str) -> Result<()> {
        let mut answer = self.ask(&format!("qRcmd,{}", hex::encode(command)))?;
        while answer.starts_with('O') && answer != "OK" {
            let next = self.receive(ANSWER_TIME)?;
            answer = next.context("the monitor did not come to an end")?;
        }
        ensure!(answer == "OK", "the monitor answers `{answer}`");
        Ok(())
    }

    /// Sends a packet.
    pub fn send(&mut self, body: &str) -> Result<()> {
        let packet = format!("${body}#{:02x}", checksum(body.as_bytes()));
        self.stream.write_all(packet.as_bytes())?;
        Ok(())
    }

    /// Stops a running device; the answer is that of the packet that had it run.
    pub fn interrupt(&mut self) -> Result<()> {
        Ok(self.stream.write_all(&[INTERRUPT])?)
    }

    /// The next packet; nothing when none comes in `time`. An error means that the stub is gone.
    pub fn receive(&mut self, time: Duration) -> Result<Option<String>> {
        let end = Instant::now() + time;
        loop {
            if let Some(body) = self.take_packet()? {
                self.stream.write_all(b"+")?;
                return Ok(Some(body));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.stream.set_read_timeout(Some(left))?;
            let mut chunk = [0; 8192];
            match self.stream.read(&mut chunk) {
                Ok(0) => bail!("the device is gone"),
                Ok(count) => self.received.extend(&chunk[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error).context("the device is gone"),
            }
        }
    }

    /// A whole packet among what was received; acknowledgements before it are dropped.
    fn take_packet(&mut self) -> Result<Option<String>> {
        let Some(start) = self.received.iter().position(|byte| *byte == b'$') else {
            return Ok(None);
        };
        let Some(length) = self.received[start..].iter().position(|byte| *byte == b'#') else {
            return Ok(None);
        };
        let Some(digits) = self.received.get(start + length + 1..start + length + 3) else {
            return Ok(None);
        };
        let given = u8::from_str_radix(std::str::from_utf8(digits)?, 16)?;
        let body = &self.received[start + 1..start + length];
        ensure!(given == checksum(body), "a packet of the stub is damaged");
        let text = String::from_utf8(body.to_vec())?;
        self.received.drain(..start + length + 3);
        Ok(Some(text))
    }
}

fn checksum(body: &[u8]) -> u8 {
    body.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
}

fn shortened(body: &str) -> String {
    body.chars().take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client, and the other end of its connection.
    fn pair() -> (Remote, UnixStream) {
        let (client, stub) = UnixStream::pair().expect("a pair of sockets");
        (Remote::new(client), stub)
    }

    fn sent(stub: &mut UnixStream) -> String {
        let mut bytes = [0; 64];
        let count = stub.read(&mut bytes).expect("bytes");
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    }

    #[test]
    fn packets_carry_their_checksum() {
        let (mut client, mut stub) = pair();
        client.send("m0,4").expect("sent");
        assert_eq!(sent(&mut stub), "$m0,4#fd");
        client.interrupt().expect("sent");
        assert_eq!(sent(&mut stub), "\x03");
    }

    #[test]
    fn answers_come_in_pieces_and_are_acknowledged() {
        let (mut client, mut stub) = pair();
        stub.write_all(b"+$O").expect("sent");
        assert!(
            client
                .receive(Duration::from_millis(5))
                .expect("alive")
                .is_none()
        );
        stub.write_all(b"K#9a$T05#b9").expect("sent");
        assert_eq!(client.ask("Z0,0,2").expect("an answer"), "OK");
        let next = client.receive(Duration::from_secs(1)).expect("alive");
        assert_eq!(next.as_deref(), Some("T05"));
        assert!(sent(&mut stub).ends_with("++"));
    }

    #[test]
    fn refusals_damage_and_the_end_are_errors() {
        let (mut client, mut stub) = pair();
        stub.write_all(b"$E22#a9").expect("sent");
        assert!(client.command("Z0,0,2").is_err());
        stub.write_all(b"$OK#9b").expect("sent");
        assert!(client.command("Z0,0,2").is_err());
        let (mut client, stub) = pair();
        drop(stub);
        assert!(client.receive(Duration::from_secs(1)).is_err());
    }

    #[test]
    fn the_monitor_may_print() {
        let (mut client, mut stub) = pair();
        stub.write_all(b"$O6869#2c$OK#9a").expect("sent");
        client.monitor("info").expect("done");
        assert_eq!(sent(&mut stub), "$qRcmd,696e666f#35++");
    }
}
