// SPDX-License-Identifier: Apache-2.0
//! The list of scenarios. To add one, add a line to a table here.

use super::device::{Expects, Scenario};
use crate::firmware::{Application, DEMO};
use std::time::Duration;

/// The tests of the secure world, run on the device by a non-secure application.
pub const SUITE: Application = Application {
    package: "on-target",
    binary: "suite",
};

/// Enough for the slowest host, and little enough to wait for.
const TIME: Duration = Duration::from_secs(60);

/// The first word that the demonstration prints: a refused image must not come so far.
pub const DEMO_SPEAKS: &str = "framework version";

/// Forbidden things that the suite does when asked to by `fault NAME`, and what the line of
/// the fault says. QEMU 7.2 does not tell the address of an AUVIOL.
const FAULTS: &[(&str, &[&str])] = &[
    (
        "read-secure-ram",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "read-secure-ram-by-the-other-alias",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "write-secure-ram",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "read-otp",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "read-secure-image",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "write-secure-image",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "read-boot-rom",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    (
        "read-secure-peripheral",
        &["SecureFault", "AUVIOL", "by non-secure thread"],
    ),
    ("call-secure-code", &["SecureFault", "INVEP"]),
    ("enter-behind-a-gateway", &["SecureFault", "INVEP"]),
    ("return-from-no-call", &[]),
];

/// The suite itself.
pub fn suite(image: &[u8]) -> Scenario {
    scenario("suite", image, &[SUITE.binary], Expects::Suite)
}

/// One scenario for each forbidden thing.
pub fn faults(image: &[u8]) -> Vec<Scenario> {
    let fault = |(name, words): &(&str, &'static [&'static str])| {
        let arguments = [SUITE.binary, "fault", name];
        scenario(
            &format!("fault {name}"),
            image,
            &arguments,
            Expects::Line {
                kind: "fault: ",
                words,
            },
        )
    };
    FAULTS.iter().map(fault).collect()
}

/// An image that the boot ROM must refuse with these words.
pub fn refusal(name: &str, image: &[u8], words: &str) -> Scenario {
    let expects = Expects::Refusal {
        words: vec!["boot: refused ".into(), words.into()],
        never: DEMO_SPEAKS,
    };
    scenario(
        &format!("boot refuses: {name}"),
        image,
        &[DEMO.binary],
        expects,
    )
}

/// An image that the boot ROM must start.
pub fn start(name: &str, image: &[u8]) -> Scenario {
    scenario(
        &format!("boot starts: {name}"),
        image,
        &[DEMO.binary],
        Expects::Line {
            kind: DEMO_SPEAKS,
            words: &[],
        },
    )
}

fn scenario(name: &str, image: &[u8], arguments: &[&str], expects: Expects) -> Scenario {
    Scenario {
        name: name.into(),
        image: image.to_vec(),
        arguments: arguments.iter().map(ToString::to_string).collect(),
        expects,
        time: TIME,
    }
}
