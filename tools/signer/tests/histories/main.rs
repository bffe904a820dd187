// SPDX-License-Identifier: Apache-2.0
//! One table of histories for both ways to upgrade: images that are good, bad and too old, asked
//! for on trial or for good, confirmed or not. Each runs as it stands there, and again with the
//! power cut at every operation of the flash, of the boot ROM and of the application, torn in
//! several ways, and cut once more in the start that follows.

#[path = "../common/mod.rs"]
mod common;
mod device;
mod table;

use boot::Mode;
use common::board::TEARS;
use common::model::Images;
use common::model::Request::{Permanent, Test};
use device::Device;
use table::Act::{Confirm, Load, LoadDamaged, Start};
use table::{HISTORIES, History};

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
