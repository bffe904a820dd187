// SPDX-License-Identifier: Apache-2.0
//! One table of histories for both ways to upgrade: images that are good, bad and too old, asked
//! for on trial or for good, confirmed or not. Each runs as it stands there, and again with the
//! power cut at every operation of the flash, of the boot ROM and of the application, torn in
//! several ways, and cut once more in the start that follows.

mod common;

use boot::Mode;
use boot::{Refusal, Upgrade};
use common::board::{Board, LAYOUT, TEARS};
use common::model::{Images, Model, Request, Standing};

/// The security counter of the device.
const COUNTER: u32 = 5;

/// What happens.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The application loads an image; what it asks for.
    Load(u8, Option<Request>),
    /// The same, and a bit of the image is wrong.
    LoadDamaged(u8, Request),
    /// The image confirms itself.
    Confirm,
    /// A start, and the version that runs after it: where images are overwritten, and where they
    /// are exchanged.
    Start(u8, u8),
}
use Act::{Confirm, Load, LoadDamaged, Start};
use Request::{Permanent, Test};

/// The name of a history, the version in the primary slot before, what happens, and the counter
/// after it: where images are overwritten, and where they are exchanged.
type History = (&'static str, Option<u8>, &'static [Act], [u32; 2]);

/// Versions 1, 3 and 6 are small, 2 and 5 large; 2 and 3 have a higher counter than 1 and 5, that
/// of 4 is too low, that of 6 the highest (`common::model::Images`).
const HISTORIES: &[History] = &[
    (
        "on trial and confirmed",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Start(2, 2),
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "on trial and not confirmed",
        Some(1),
        &[Load(2, Some(Test)), Start(2, 2), Start(2, 1), Start(2, 1)],
        [6, 5],
    ),
    (
        "for good",
        Some(1),
        &[Load(2, Some(Permanent)), Start(2, 2), Start(2, 2)],
        [6, 6],
    ),
    (
        "the old one asked for again",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Load(1, Some(Permanent)),
            Start(2, 2),
            Load(1, Some(Test)),
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "the second trial succeeds",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 1),
            Load(2, Some(Test)),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "damaged",
        Some(1),
        &[
            LoadDamaged(2, Test),
            Start(1, 1),
            LoadDamaged(2, Permanent),
            Start(1, 1),
        ],
        [5, 5],
    ),
    (
        "too old",
        Some(1),
        &[
            Load(4, Some(Test)),
            Start(1, 1),
            Load(4, Some(Permanent)),
            Start(1, 1),
        ],
        [5, 5],
    ),
    (
        "larger, back, and smaller",
        Some(3),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 3),
            Load(2, Some(Permanent)),
            Start(2, 2),
            Load(3, Some(Test)),
            Start(3, 3),
            Confirm,
            Start(3, 3),
        ],
        [6, 6],
    ),
    (
        "another one while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Load(3, Some(Test)),
            Start(3, 3),
            Start(3, 2),
            Start(3, 2),
            Confirm,
            Start(3, 2),
        ],
        [6, 6],
    ),
    (
        "a bad one while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            LoadDamaged(3, Test),
            Start(2, 2),
            Start(2, 2),
        ],
        [6, 5],
    ),
    (
        "another one is loaded but not asked for while one is on trial",
        Some(1),
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Load(6, None),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "into a blank slot",
        None,
        &[
            Load(2, Some(Test)),
            Start(2, 2),
            Start(2, 2),
            Confirm,
            Start(2, 2),
        ],
        [6, 6],
    ),
    (
        "from the largest to the largest",
        Some(5),
        &[
            Load(5, Some(Test)),
            Start(5, 5),
            Start(5, 5),
            Load(5, Some(Permanent)),
            Start(5, 5),
        ],
        [5, 5],
    ),
    (
        "three in a row",
        Some(1),
        &[
            Load(5, Some(Permanent)),
            Start(5, 5),
            Load(2, Some(Permanent)),
            Start(2, 2),
            Load(6, Some(Permanent)),
            Start(6, 6),
            Load(2, Some(Permanent)),
            Start(6, 6),
        ],
        [7, 7],
    ),
];

/// What came of a start.
type Outcome = Result<(u8, Upgrade), Refusal>;

/// A device and what it should be.
#[derive(Clone)]
struct Device {
    board: Board,
    model: Model,
}

impl Device {
    fn new(images: &Images, mode: Mode, primary: Option<u8>) -> Self {
        let bytes = primary.map_or(&[][..], |version| &images.get(version).bytes);
        Self {
            board: Board::new(bytes, COUNTER),
            model: Model::new(mode, primary, COUNTER),
        }
    }

    /// Does it. The power may go: then the rest is not done, and the model is as before.
    fn act(&mut self, images: &Images, act: Act, name: &str) {
        let image = |version| images.get(version).bytes.clone();
        match act {
            Load(version, request) => {
                let _ = self.board.load(&image(version), request);
                self.look(images);
            }
            LoadDamaged(version, request) => {
                let mut bytes = image(version);
                bytes[400] ^= 8;
                let _ = self.board.load(&bytes, Some(request));
                self.look(images);
            }
            Confirm => {
                let _ = self.board.confirm();
                let is_on_trial = self.board.is_on_trial();
                if !is_on_trial {
                    self.model.standing = Standing::Settled;
                }
            }
            Start(..) => {
                let outcome = self.board.start_in(self.model.mode);
                if self.board.0.is_off() {
                    assert_eq!(outcome, Err(Refusal::Flash), "{name}");
                    return;
                }
                let said = self.model.start(images);
                if let Ok((_, upgrade)) = outcome {
                    assert_eq!(Model::word(upgrade), said, "{name}");
                }
                self.check(outcome, name);
            }
        }
    }

    /// What the application left in the secondary slot, if the power went.
    fn look(&mut self, images: &Images) {
        self.model.secondary = images.version_in(self.board.area(LAYOUT.secondary));
        self.model.request = self.board.asked_for();
    }

    /// Whether the device is as the model after a start.
    fn is(&self, model: &Model, outcome: Outcome) -> bool {
        let is_on_trial = self.board.is_on_trial();
        let starts = match (outcome, model.primary) {
            (Ok((version, _)), Some(primary)) => version == primary,
            (Err(Refusal::Image(_)), None) => true,
            _ => false,
        };
        starts
            && is_on_trial == (model.standing != Standing::Settled)
            && self.board.security_counter() == model.counter
            && self.board.asked_for() == model.request
    }

    fn check(&self, outcome: Outcome, name: &str) {
        let (model, counter) = (&self.model, self.board.security_counter());
        let is = self.is(model, outcome);
        assert!(
            is,
            "{name}: {outcome:?}, counter {counter} instead of {model:?}"
        );
    }

    /// Starts after a cut, perhaps cut again, until the power lasts. A start that was cut is done
    /// again; a trial may have been over with it.
    fn recover(&mut self, images: &Images, was_start: bool, name: &str) {
        self.board.0.power_on();
        let outcome = self.board.start_in(self.model.mode);
        self.model.start(images);
        let may_be_over = was_start && matches!(self.model.standing, Standing::Trial { .. });
        if may_be_over && !self.is(&self.model, outcome) {
            self.model.start(images);
        }
        self.check(outcome, name);
    }
}

/// Runs a history as it stands in the table.
fn run(images: &Images, mode: Mode, history: &History) -> Vec<(Device, u64)> {
    let (name, primary, acts, counters) = history;
    let mut device = Device::new(images, mode, *primary);
    let mut stations = Vec::new();
    for (index, act) in acts.iter().enumerate() {
        let (before, operations) = (device.clone(), device.board.0.operations());
        let name = format!("{name}, {mode:?}, act {index}");
        device.act(images, *act, &name);
        if let Start(overwritten, exchanged) = act {
            let expected = if mode == Mode::Swap {
                exchanged
            } else {
                overwritten
            };
            assert_eq!(device.model.primary, Some(*expected), "{name}");
        }
        stations.push((before, device.board.0.operations() - operations));
    }
    let counter = counters[usize::from(mode == Mode::Swap)];
    assert_eq!(device.board.security_counter(), counter, "{name}, {mode:?}");
    stations
}

/// Cuts the power at every operation of a history; how many cuts that were.
fn cut_everywhere(images: &Images, mode: Mode, history: &History) -> usize {
    let (name, _, acts, _) = history;
    let mut points = 0;
    for (index, (before, operations)) in run(images, mode, history).into_iter().enumerate() {
        for (cut, tear) in (0..operations).flat_map(|cut| TEARS.map(|tear| (cut, tear))) {
            let name = format!("{name}, {mode:?}, act {index}, {tear:?} at {cut}");
            let mut device = before.clone();
            device.board.0.cut_after(cut, tear);
            device.act(images, acts[index], &name);
            assert!(device.board.0.is_off(), "{name}");
            let was_start = matches!(acts[index], Start(..));
            // The next start may be cut as well, early or late.
            let further = [0, 1, cut / 2, cut, cut + 1];
            let place = cut as usize % further.len();
            for again in [None, Some(further[place])] {
                let mut device = device.clone();
                if let Some(again) = again {
                    device.board.0.power_on();
                    let tear = TEARS[(again + cut / 5) as usize % TEARS.len()];
                    device.board.0.cut_after(again, tear);
                    let _ = device.board.start_in(mode);
                }
                device.recover(images, was_start || again.is_some(), &name);
                // The rest of the history comes to the same end as the model.
                let rest = acts.iter().enumerate().skip(index + 1);
                for (rest, act) in rest.filter(|_| again.is_none()) {
                    device.act(images, *act, &format!("{name}, then act {rest}"));
                }
                points += 1;
            }
        }
    }
    points
}

#[test]
fn histories_go_as_the_table_says() {
    let images = Images::new();
    for history in HISTORIES {
        for mode in [Mode::Overwrite, Mode::Swap] {
            run(&images, mode, history);
        }
    }
}

#[test]
fn a_cut_at_every_operation_of_every_history_does_no_harm() {
    let images = Images::new();
    for mode in [Mode::Overwrite, Mode::Swap] {
        let histories = HISTORIES.iter();
        let points: usize = histories
            .map(|history| cut_everywhere(&images, mode, history))
            .sum();
        println!(
            "{mode:?}: {points} cut points in {} histories, all passed",
            HISTORIES.len()
        );
        assert!(points > 9_000);
    }
}

#[test]
fn random_histories_follow_the_model() {
    // A generator of pseudo-random numbers (xorshift), so that a failure repeats.
    let mut state = 0x2545_F491_u32;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let images = Images::new();
    let (mut cuts, mut acts) = (0, 0);
    for number in 0..800 {
        let mode = [Mode::Overwrite, Mode::Swap][number % 2];
        let mut device = Device::new(&images, mode, Some(1));
        for _ in 0..12 {
            let version = 1 + random(6) as u8;
            let requests = [Some(Test), Some(Test), Some(Permanent), None];
            let act = match random(10) {
                0..3 => Load(version, requests[random(4) as usize]),
                3 => LoadDamaged(version, Test),
                4..6 => Confirm,
                _ => Start(0, 0),
            };
            let name = format!("history {number}, {act:?}");
            if random(2) == 0 {
                device.act(&images, act, &name);
                acts += 1;
                continue;
            }
            // The model stays where it is while starts are cut, however often.
            let (mut was_start, mut act) = (matches!(act, Start(..)), act);
            loop {
                let tear = TEARS[random(7) as usize];
                device.board.0.cut_after(u64::from(random(40)), tear);
                match act {
                    Start(..) => drop(device.board.start_in(mode)),
                    _ => device.act(&images, act, &name),
                }
                cuts += u32::from(device.board.0.is_off());
                if random(3) != 0 {
                    break;
                }
                device.board.0.power_on();
                (act, was_start) = (Start(0, 0), true);
            }
            device.recover(&images, was_start, &name);
        }
    }
    println!("{cuts} cuts among {acts} acts without one");
    assert!(cuts > 800, "only {cuts} cuts");
}
