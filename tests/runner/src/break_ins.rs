// SPDX-License-Identifier: Apache-2.0
//! The fault record of an interrupted call contains no word of the secure world.
//!
//! The application `suite break-in` interrupts calls that work on secrets and faults there in each
//! way that its world has, again and again. QEMU's stub for GDB stops the device at each fault,
//! before the handler's first instruction. All words of the registers and of both secure stacks are
//! read then, and at the next stop the record that was made of it. Each of its fields must say
//! what it may say, and none of its words may be one of those, unless it is public by its kind.

use super::Tally;
use super::scenarios::SUITE;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, ensure};
use builder::firmware::Linked;
use builder::flash_file::FlashFile;
use builder::qemu::{DETERMINISTIC, Settings};
use builder::workspace::read;
use diagnostics::fault::{FaultRecord, Interrupted, RECORD_BYTES, RECORD_WORDS};
use probe::target::Target;
use psa::service::{CRYPTO, INITIAL_ATTESTATION, INTERNAL_TRUSTED_STORAGE};
use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

/// What the tests are called.
pub const NAME: &str = "break-ins";
/// Faults in a run of all tests: as many as it takes to try each way once.
const FAULTS: u32 = 80;
/// Faults when nothing else is tested.
const FAULTS_ALONE: u32 = 4_000;
/// From one fault to the next: a start and a call, on a busy host.
const TIME: Duration = Duration::from_secs(60);

/// SP, LR and PC are the handler's, not those of the secure code.
const REGISTERS: usize = 13;
const LINK: usize = 14;
/// S and DCRS in EXC_RETURN: the registers are those of secure code. Otherwise the non-secure world
/// had the processor in between, or an exception of it has cleared them; they are on the stack.
const OF_SECURE_CODE: u32 = 1 << 6 | 1 << 5;
/// All causes of the configurable, the secure and the hard fault status that have a name.
const CAUSES: [u32; 3] = [0x031F_BFBB, 0xFF, 0xC000_0002];
const EXCEPTIONS: Range<u32> = 2..16;
/// Numbers of exceptions and the like: no secret has so few bits.
const SMALL: u32 = 0x100;
/// EXC_RETURN and FNC_RETURN, which are in LR of handlers.
const RETURNS: u32 = 0xFE00_0000;

/// What of the device is public.
struct Known {
    /// The instructions of the secure image.
    code: Range<u32>,
    /// What the non-secure world has and knows: memory, and addresses that it made up.
    own: Vec<Range<u32>>,
    /// Clients and partitions.
    ids: Vec<i32>,
    handles: Vec<u32>,
}

/// How the record looked for the secure world where it matters.
#[derive(Default)]
struct Seen {
    of_secure_code: u32,
    with_counter: u32,
    stack_overflows: u32,
}

/// Breaks in so often; more often if nothing else is tested.
pub fn run(bed: &TestBed<'_>, image: &[u8], alone: bool, tally: &mut Tally) {
    let faults = if alone { FAULTS_ALONE } else { FAULTS };
    let outcome = follow(bed, image, faults).and_then(|seen| {
        let Seen {
            of_secure_code,
            with_counter,
            ..
        } = seen;
        // Enough of each kind that the test looks at something; a board's clocks decide how much.
        ensure!(
            of_secure_code > faults / 5 && with_counter > faults / 16,
            "of {faults} faults {of_secure_code} are of secure code, {with_counter} with a frame"
        );
        ensure!(seen.stack_overflows > 0, "no stack has overflowed");
        Ok(())
    });
    tally.check(NAME, outcome);
}

/// Goes from fault to fault.
fn follow(bed: &TestBed<'_>, image: &[u8], faults: u32) -> Result<Seen> {
    let effective = &bed.configured.effective;
    let elf = read(&bed.world.secure_elf)?;
    let linked = Linked::parse(&elf)?;
    let symbol = |name| Ok::<_, anyhow::Error>(linked.symbol(name)? as u32);
    let entry = symbol("fault_entry")? & !1;
    let stacks = [
        symbol("__main_stack_limit")?..symbol("__main_stack_idle")?,
        symbol("__process_stack_limit")?..symbol("__process_stack_seal")?,
    ];
    let number = |key: &str| effective.number(key) as u32;
    let memory = |name: &str| {
        let key = |part: &str| format!("memory.{name}.{part}");
        let start = number(&key("origin"));
        start..start + number(&key("size_bytes"))
    };
    let slot_end = number("flash.origin")
        + number("flash.areas.primary.offset_bytes")
        + number("flash.areas.primary.size_bytes");
    let known = Known {
        code: effective.image_address() as u32..symbol("__code_end")?,
        own: vec![
            memory("nonsecure_ram"),
            bed.world.nonsecure_start as u32..slot_end,
        ],
        ids: effective
            .partitions()
            .iter()
            .map(|partition| partition.id)
            .chain([-1, 0])
            .collect(),
        handles: [CRYPTO, INITIAL_ATTESTATION, INTERNAL_TRUSTED_STORAGE]
            .map(|service| service.handle().bits())
            .to_vec(),
    };
    let record =
        number("memory.secure_ram.origin") + number("memory.boot_data_bytes") - RECORD_BYTES as u32;

    let folder = &bed.configured.folder;
    let flash = FlashFile::create(&folder.join("break-ins.bin"), effective, bed.otp)?;
    flash.write("primary", image)?;
    let settings = Settings {
        effective,
        boot_elf: bed.world.boot_elf()?,
        flash: flash.path(),
        arguments: &[SUITE.binary, "break-in"],
        options: &DETERMINISTIC,
    };
    let mut target = Target::start(&settings, &socket())?;
    let mut seen = Seen::default();
    let mut secrets = HashSet::new();
    target.set_breakpoint(entry)?;
    for count in 0..=faults {
        ensure!(target.run(TIME)?, "after {count} faults none follows");
        if count > 0 {
            let words = words(&target.read(record, RECORD_BYTES)?);
            let words = words.try_into().ok().context("a record of another size")?;
            seen.add(&check(&words, count, &secrets, &known)?);
        }
        let registers = target.registers()?;
        let is_of_secure_code = registers.get(LINK) & OF_SECURE_CODE == OF_SECURE_CODE;
        let registers = (0..REGISTERS).map(|number| registers.get(number));
        secrets = registers.filter(|_| is_of_secure_code).collect();
        for stack in &stacks {
            secrets.extend(words(&target.read(stack.start, stack.len())?));
        }
        target.clear_breakpoint(entry)?;
        target.step()?;
        target.set_breakpoint(entry)?;
    }
    Ok(seen)
}

/// Paths of sockets are short.
fn socket() -> PathBuf {
    std::env::temp_dir().join(format!("{NAME}-{}", std::process::id()))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.as_chunks().0.iter();
    words.map(|word| u32::from_le_bytes(*word)).collect()
}

impl Seen {
    fn add(&mut self, record: &FaultRecord) {
        const STACK_OVERFLOW: u32 = 1 << 20;
        let is_secure = record.is_of_secure_code();
        self.of_secure_code += u32::from(is_secure);
        self.with_counter += u32::from(is_secure && record.program_counter().is_some());
        self.stack_overflows += u32::from(record.configurable_status & STACK_OVERFLOW != 0);
    }
}

/// The record, if each of its words may be told.
fn check(
    words: &[u32; RECORD_WORDS],
    count: u32,
    secrets: &HashSet<u32>,
    known: &Known,
) -> Result<FaultRecord> {
    let record = FaultRecord::decode(words).context("no record after a fault")?;
    let told = || format!("{record:x?}");
    ensure!(
        record.encode() == *words,
        "words that are in no field: {words:x?}"
    );
    ensure!(
        record.count == count,
        "fault {count} is not counted: {}",
        told()
    );
    ensure!(
        EXCEPTIONS.contains(&record.exception),
        "no exception: {}",
        told()
    );
    let status = [
        record.configurable_status,
        record.secure_status,
        record.hard_status,
    ];
    let is_cause = status
        .iter()
        .zip(CAUSES)
        .all(|(status, causes)| status & !causes == 0);
    ensure!(is_cause, "no causes of a fault: {}", told());
    match record.interrupted {
        Interrupted::Secure { program_counter } => {
            let is_code = program_counter
                .is_none_or(|counter| counter % 2 == 0 && known.code.contains(&counter));
            ensure!(is_code, "no address of code: {}", told());
        }
        Interrupted::NonSecure { frame, address } => {
            let frame = frame.map(|frame| [frame.program_counter, frame.link]);
            for word in frame.into_iter().flatten().chain(address) {
                let is_own = known.own.iter().any(|own| own.contains(&word));
                let is_public = is_own || !(SMALL..RETURNS).contains(&word);
                ensure!(
                    is_public || !secrets.contains(&word),
                    "a secret: {}",
                    told()
                );
            }
        }
    }
    if let Some(call) = record.call {
        let is_known = [call.client, call.partition]
            .iter()
            .all(|id| known.ids.contains(id));
        ensure!(
            is_known && known.handles.contains(&call.handle),
            "no call: {}",
            told()
        );
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnostics::fault::{Frame, OpenCall};

    /// What the secure world has; each would pass for a record's word but for its value.
    const SECRET: u32 = 0x9d51_0de2;
    const COUNTER: u32 = 0x8010_2d98;
    const NON_SECURE_CODE: u32 = 0x8010_8000;

    fn judge(change: impl FnOnce(&mut FaultRecord)) -> Result<FaultRecord> {
        let known = Known {
            code: 0x8010_0400..0x8010_6000,
            own: vec![NON_SECURE_CODE..NON_SECURE_CODE + 0x1000, 0..SMALL],
            ids: vec![-1, 0, 259],
            handles: vec![CRYPTO.handle().bits()],
        };
        let mut record = FaultRecord {
            count: 7,
            exception: 7,
            secure_status: 1 << 2,
            interrupted: Interrupted::Secure {
                program_counter: Some(COUNTER),
            },
            call: Some(OpenCall {
                client: -1,
                handle: CRYPTO.handle().bits(),
                partition: 259,
            }),
            ..FaultRecord::default()
        };
        change(&mut record);
        let secrets = HashSet::from([SECRET, COUNTER, NON_SECURE_CODE, 0]);
        check(&record.encode(), 7, &secrets, &known)
    }

    #[test]
    fn what_may_be_told_passes() {
        assert!(judge(|_| ()).is_ok());
        let interrupted = Interrupted::NonSecure {
            frame: Some(Frame {
                program_counter: NON_SECURE_CODE,
                link: 0xFFFF_FFB8,
            }),
            address: Some(0x3800_0400),
        };
        assert!(judge(|record| record.interrupted = interrupted).is_ok());
    }

    #[test]
    fn a_secret_in_any_field_is_noticed() {
        let fields: [fn(&mut FaultRecord); 12] = [
            |record| record.count = SECRET,
            |record| record.exception = SECRET,
            |record| record.configurable_status = SECRET,
            |record| record.secure_status = SECRET,
            |record| record.hard_status = SECRET,
            |record| record.interrupted = secure(SECRET),
            |record| record.interrupted = secure(COUNTER | 1),
            |record| record.interrupted = non_secure(SECRET, 0, 0),
            |record| record.interrupted = non_secure(0, SECRET, 0),
            |record| record.interrupted = non_secure(0, 0, SECRET),
            |record| {
                record
                    .call
                    .iter_mut()
                    .for_each(|call| call.client = SECRET as i32)
            },
            |record| record.call.iter_mut().for_each(|call| call.handle = SECRET),
        ];
        for (number, field) in fields.into_iter().enumerate() {
            assert!(judge(field).is_err(), "{number}");
        }
    }

    fn secure(counter: u32) -> Interrupted {
        Interrupted::Secure {
            program_counter: Some(counter),
        }
    }

    fn non_secure(program_counter: u32, link: u32, address: u32) -> Interrupted {
        Interrupted::NonSecure {
            frame: Some(Frame {
                program_counter,
                link,
            }),
            address: Some(address),
        }
    }
}
