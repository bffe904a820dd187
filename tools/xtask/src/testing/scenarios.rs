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
/// the fault says.
const FAULTS: &[(&str, &[&str])] = &[
    (
        "read-secure-ram",
        &["SecureFault", "AUVIOL", "0x38000400", "non-secure"],
    ),
    (
        "read-secure-ram-by-the-other-alias",
        &["SecureFault", "AUVIOL", "0x28000400"],
    ),
    ("write-secure-ram", &["SecureFault", "AUVIOL", "0x38000400"]),
    ("read-otp", &["SecureFault", "AUVIOL", "0x80000000"]),
    (
        "read-secure-image",
        &["SecureFault", "AUVIOL", "0x80100400"],
    ),
    (
        "write-secure-image",
        &["SecureFault", "AUVIOL", "0x80100480"],
    ),
    ("read-boot-rom", &["SecureFault", "AUVIOL", "0x10000000"]),
    (
        "read-secure-peripheral",
        &["SecureFault", "AUVIOL", "0x50080000"],
    ),
    ("call-secure-code", &["SecureFault", "INVEP"]),
    ("enter-behind-a-gateway", &["SecureFault", "INVEP"]),
    ("return-from-no-call", &["fault: "]),
];

/// The suite itself.
pub fn suite(image: &[u8]) -> Scenario {
    scenario("suite", image, &[SUITE.binary], Expects::Suite)
}

/// One scenario for each forbidden thing.
pub fn faults(image: &[u8]) -> Vec<Scenario> {
    let fault = |(name, words): &(&str, &[&'static str])| {
        let arguments = [SUITE.binary, "fault", name];
        scenario(
            &format!("fault {name}"),
            image,
            &arguments,
            Expects::Line(words.to_vec()),
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
        Expects::Line(vec![DEMO_SPEAKS]),
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
