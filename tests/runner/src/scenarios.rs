// SPDX-License-Identifier: Apache-2.0
//! The list of scenarios. To add one, add a line to a table here.

use super::scenario::{Expects, Scenario};
use super::test_bed::DEMO_STARTS;
use bench::latency;
use builder::firmware::{Application, DEMO};
use std::time::Duration;

/// The tests of the secure world, run on the device by a non-secure application.
pub use bench::latency::SUITE;

/// The tests of the example partition, run on a device whose profile lists it.
pub const ECHO: Application = Application {
    package: "on-target",
    binary: "echo",
};

/// The tests from the secure world, started by a small application.
pub const SECURE_SUITE: Application = Application {
    package: "on-target",
    binary: "secure_suite",
};

/// Enough for the slowest host, and little enough to wait for.
const TIME: Duration = Duration::from_secs(60);

/// What a fault line says of an access that the attribution forbids. QEMU 7.2 does not tell the
/// address.
const FORBIDDEN_ACCESS: &[&str] = &["SecureFault", "AUVIOL", "by non-secure thread"];
/// The same while the non-secure world masks its exceptions: QEMU 7.2 makes a HardFault of it.
const FORBIDDEN_WHILE_MASKED: &[&str] = &["Fault", "AUVIOL", "by non-secure thread"];
/// What it says of an entry into secure code where there is no gateway.
const FORBIDDEN_ENTRY: &[&str] = &["SecureFault", "INVEP", "by non-secure thread"];
/// What it says of an exception return that was forged.
const FORGED_RETURN: &[&str] = &["SecureFault", "INVER"];

/// Forbidden things that the suite does when asked to by `fault NAME`, and what the line of
/// the fault says.
const FAULTS: &[(&str, &[&str])] = &[
    ("read-secure-ram", FORBIDDEN_ACCESS),
    ("read-secure-ram-by-the-other-alias", FORBIDDEN_ACCESS),
    ("read-secure-ram-with-primask", FORBIDDEN_WHILE_MASKED),
    ("read-secure-ram-with-faultmask", FORBIDDEN_WHILE_MASKED),
    ("write-secure-ram", FORBIDDEN_ACCESS),
    ("read-otp", FORBIDDEN_ACCESS),
    ("read-secure-image", FORBIDDEN_ACCESS),
    ("write-secure-image", FORBIDDEN_ACCESS),
    ("read-boot-rom", FORBIDDEN_ACCESS),
    ("read-secure-peripheral", FORBIDDEN_ACCESS),
    ("read-memory-protection-controller", FORBIDDEN_ACCESS),
    ("write-memory-protection-controller", FORBIDDEN_ACCESS),
    ("read-secure-console", FORBIDDEN_ACCESS),
    ("call-secure-code", FORBIDDEN_ENTRY),
    ("enter-behind-a-gateway", FORBIDDEN_ENTRY),
    ("execute-secure-ram", FORBIDDEN_ENTRY),
    (
        "stack-in-secure-memory",
        &["SecureFault", "AUVIOL", "address 0x38"],
    ),
    (
        "stack-at-the-end-of-secure-memory",
        &["SecureFault", "AUVIOL", "address 0x3800ff"],
    ),
    ("process-stack-in-secure-memory", FORBIDDEN_ACCESS),
    (
        "exception-frame-in-secure-memory",
        &["SecureFault", "AUVIOL"],
    ),
    // The processor can't put a frame there, and what else is there is not told.
    (
        "read-otp-with-a-stack-of-others",
        &["Fault", "AUVIOL", "pc unknown", "by non-secure thread"],
    ),
    ("return-address-in-secure-memory", FORBIDDEN_ENTRY),
    ("return-from-no-exception", FORBIDDEN_ENTRY),
    // What lies behind the signature of the interrupted call is a matter of chance, and with it
    // whether the processor refuses the return or the target.
    (
        "return-from-the-call-of-another-thread",
        &["thread in call"],
    ),
    ("vectors-in-secure-memory", &["HardFault", "VECTTBL"]),
    // The seal is no return address: the secure world is not entered at all.
    (
        "return-from-no-call",
        &["HardFault", "FORCED", "by non-secure thread"],
    ),
    (
        "return-from-no-call-in-an-interrupt",
        &["HardFault", "by non-secure handler"],
    ),
    ("return-to-a-secure-exception", FORGED_RETURN),
    ("return-to-a-secure-thread", FORGED_RETURN),
    ("return-to-a-secure-handler", FORGED_RETURN),
];

/// The suite itself: every case that the configuration has.
pub fn suite(image: &[u8]) -> Scenario {
    scenario("suite", image, &[SUITE.binary], Expects::Cases)
}

/// The cases from the secure world alone.
pub fn secure_suite(image: &[u8]) -> Scenario {
    let arguments = [SECURE_SUITE.binary];
    scenario("secure suite", image, &arguments, Expects::Cases)
}

/// Every call is interrupted at every moment, and no interrupt waits longer than it may.
pub fn interruption(image: &[u8]) -> Scenario {
    scenario(
        "interruption",
        image,
        &[SUITE.binary, latency::ARGUMENT],
        Expects::Interruption,
    )
}

/// The tests of secure contexts of threads.
pub fn contexts(image: &[u8]) -> Scenario {
    let arguments = [SUITE.binary, "contexts"];
    scenario("secure contexts", image, &arguments, Expects::Cases)
}

/// The suite of the example partition.
pub fn echo(image: &[u8]) -> Scenario {
    scenario("example partition", image, &[ECHO.binary], Expects::Suite)
}

/// Something forbidden by an application that has its console full and off: the line of the fault
/// is lost, but nothing waits for the console, and the record is there.
pub fn fault_with_full_console(image: &[u8]) -> Scenario {
    line(
        "fault read-otp-with-the-console-full",
        image,
        &[SUITE.binary, "fault", "read-otp-with-the-console-full"],
        "recorded fault: ",
        FORBIDDEN_ACCESS,
    )
}

/// One scenario for each forbidden thing.
pub fn faults(image: &[u8]) -> Vec<Scenario> {
    let fault = |(name, words): &(&str, &'static [&'static str])| {
        let arguments = [SUITE.binary, "fault", name];
        scenario(
            &format!("fault {name}"),
            image,
            &arguments,
            Expects::Fault { words },
        )
    };
    FAULTS.iter().map(fault).collect()
}

/// Every memory and peripheral of the secure world is read, written and executed.
pub fn isolation(image: &[u8]) -> Scenario {
    scenario(
        "isolation",
        image,
        &[SUITE.binary, latency::ISOLATION],
        Expects::Suite,
    )
}

/// A fault on a device that is told to stand still then: its line, and no start after it.
pub fn halt(image: &[u8]) -> Scenario {
    let expects = Expects::Refusal {
        words: FORBIDDEN_ACCESS.iter().map(ToString::to_string).collect(),
        never: "recorded",
    };
    scenario(
        "a fault halts",
        image,
        &[SUITE.binary, "fault", "read-otp"],
        expects,
    )
}

/// What is stored is there after a reset.
pub fn storage(image: &[u8]) -> Scenario {
    scenario(
        "storage outlives a reset",
        image,
        &[SUITE.binary, "storage"],
        Expects::Line {
            kind: "storage: ",
            words: &["outlived"],
        },
    )
}

/// Persistent keys are there after a reset, others are not.
pub fn keys(image: &[u8]) -> Scenario {
    scenario(
        "keys outlive a reset",
        image,
        &[SUITE.binary, "keys"],
        Expects::Line {
            kind: "keys: the",
            words: &["outlived"],
        },
    )
}

/// A token of the demonstration, which the host verifies.
pub fn token(image: &[u8]) -> Scenario {
    scenario(super::tokens::NAME, image, &[], Expects::Token)
}

/// The demonstration comes over the console.
pub fn recovery(image: &[u8]) -> Scenario {
    scenario("an image over the console", image, &[], Expects::Recovery)
}

/// An image of the demonstration that the boot ROM must refuse with these words.
pub fn refusal(name: &str, image: &[u8], words: &str) -> Scenario {
    refusal_of(DEMO, name, image, words)
}

/// An image of the demonstration that the boot ROM must start.
pub fn start(name: &str, image: &[u8]) -> Scenario {
    start_of(DEMO, name, image)
}

/// An image of this application that the boot ROM must refuse with these words.
pub fn refusal_of(application: Application, name: &str, image: &[u8], words: &str) -> Scenario {
    let expects = Expects::Refusal {
        words: vec!["boot: refused ".into(), words.into()],
        never: first_words(application),
    };
    let name = format!("boot refuses: {name}");
    scenario(&name, image, &[application.binary], expects)
}

/// An image of this application that the boot ROM must start.
pub fn start_of(application: Application, name: &str, image: &[u8]) -> Scenario {
    let expects = Expects::Line {
        kind: first_words(application),
        words: &[],
    };
    let name = format!("boot starts: {name}");
    scenario(&name, image, &[application.binary], expects)
}

/// What an application prints first; the others report tests.
fn first_words(application: Application) -> &'static str {
    if application == DEMO {
        DEMO_STARTS
    } else {
        "test "
    }
}

/// A program that reports its tests by lines.
pub fn program(name: &str, image: &[u8]) -> Scenario {
    scenario(name, image, &["program"], Expects::Cases)
}

/// A program whose first line with `kind` must have all these words.
pub fn line(
    name: &str,
    image: &[u8],
    arguments: &[&str],
    kind: &'static str,
    words: &'static [&'static str],
) -> Scenario {
    scenario(name, image, arguments, Expects::Line { kind, words })
}

pub fn scenario(name: &str, image: &[u8], arguments: &[&str], expects: Expects) -> Scenario {
    Scenario {
        name: name.into(),
        image: image.to_vec(),
        arguments: arguments.iter().map(ToString::to_string).collect(),
        expects,
        time: TIME,
    }
}
