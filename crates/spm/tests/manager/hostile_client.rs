// SPDX-License-Identifier: Apache-2.0
//! Long histories of arbitrary requests of several clients, against a model of what the rules
//! say about each.
//!
//! The fake memory panics on any access that the caller itself could not make, and changes each
//! byte as soon as it was read. A short run belongs to every test; `CASEMATE_FUZZ_CALLS` sets
//! another number of requests, and `CASEMATE_FUZZ_SEED` another history.

use std::env;

use super::{fuzz::good, world::*};
use psa::{ClientId, ControlParameter, Handle, Status, client::MAX_VECTORS};
use spm::{Request, Service, ServiceTable, VersionPolicy};

const SERVICES: &[Service] = <Services as ServiceTable>::SERVICES;
const CLIENTS: i32 = 4;
/// Message types that don't stop the partition, whatever the vectors.
const KINDS: [i16; 8] = [0, ECHO, FAIL, GREEDY, RETRACT, MAP, ACCUSE, LIFECYCLE];

/// A source of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn word(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.word() % limit
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize]
    }

    fn client(&mut self) -> ClientId {
        ClientId::new(-1 - self.below(CLIENTS as u32) as i32)
    }

    fn address(&mut self) -> u32 {
        let near = [
            IN_ARRAY,
            OUT_ARRAY,
            SECURE - 0x10,
            ROM,
            0xFFFF_FFF0,
            RAM + 0xFF0,
        ];
        match self.below(10) {
            0 => self.word(),
            1 | 2 => self.pick(&near).wrapping_add(self.below(0x20)),
            _ => DATA + self.below(0x200),
        }
    }

    fn length(&mut self) -> u32 {
        match self.below(12) {
            0 => self.word(),
            1 => RAM_BYTES,
            _ => self.below(0x20),
        }
    }

    fn sid(&mut self) -> u32 {
        if self.below(8) == 0 {
            self.word()
        } else {
            self.pick(SERVICES).sid
        }
    }
}

/// A connection as its client knows it.
#[derive(Clone, Copy)]
struct Open {
    client: ClientId,
    handle: u32,
    terminated: bool,
}

#[derive(Default)]
struct Model {
    open: Vec<Open>,
    /// Handles that were good once.
    old: Vec<u32>,
}

/// What the rules say of a call before its vectors.
enum Fate {
    Refused(Status),
    Deliverable,
}

impl Model {
    fn find(&mut self, client: ClientId, handle: u32) -> Option<&mut Open> {
        let mut open = self.open.iter_mut();
        open.find(|open| open.client == client && open.handle == handle)
    }

    /// A handle of any sort.
    fn handle(&self, dice: &mut Dice) -> u32 {
        match dice.below(8) {
            0 => dice.word(),
            1 if !self.old.is_empty() => dice.pick(&self.old),
            2..=4 if !self.open.is_empty() => dice.pick(&self.open).handle,
            _ => Handle::stateless(dice.below(7) as u8, dice.below(5) as u8).bits(),
        }
    }

    fn connect(&self, client: ClientId, sid: u32, version: u32) -> Status {
        let Some(service) = SERVICES.iter().find(|service| service.sid == sid) else {
            return Status::CONNECTION_REFUSED;
        };
        let held = self.open.iter().filter(|open| open.client == client);
        if !service.non_secure_clients {
            Status::CONNECTION_REFUSED
        } else if !service.connection_based {
            Status::PROGRAMMER_ERROR
        } else if !offered(service, version) {
            Status::CONNECTION_REFUSED
        } else if held.count() >= CONNECTIONS_PER_CLIENT || self.open.len() >= CONNECTIONS {
            Status::CONNECTION_BUSY
        } else if service.partition == BROKEN {
            Status::CONNECTION_REFUSED
        } else {
            Status::SUCCESS
        }
    }

    fn call(&mut self, client: ClientId, handle: u32) -> Fate {
        let stateless = Handle::from_bits(handle).decode_stateless();
        let Some(stateless) = stateless else {
            return match self.find(client, handle) {
                Some(open) if !open.terminated => Fate::Deliverable,
                _ => Fate::Refused(Status::PROGRAMMER_ERROR),
            };
        };
        let service = SERVICES.iter().find(|service| {
            !service.connection_based && service.stateless_handle == stateless.index.wrapping_add(1)
        });
        match service {
            Some(service) if offered(service, u32::from(stateless.version)) => {
                if service.non_secure_clients {
                    Fate::Deliverable
                } else {
                    Fate::Refused(Status::CONNECTION_REFUSED)
                }
            }
            _ => Fate::Refused(Status::PROGRAMMER_ERROR),
        }
    }
}

fn offered(service: &Service, version: u32) -> bool {
    match service.version_policy {
        VersionPolicy::Strict => version == service.version,
        VersionPolicy::Relaxed => version <= service.version,
    }
}

fn connect(world: &World, model: &mut Model, dice: &mut Dice) {
    let (client, sid, version) = (dice.client(), dice.sid(), dice.below(5));
    let expected = model.connect(client, sid, version);
    let answer = world.spm.connect(client, sid, version);
    if expected == Status::SUCCESS {
        assert!(answer > 0);
        let handle = answer as u32;
        assert!(!model.old.contains(&handle), "a handle came back");
        model.open.push(Open {
            client,
            handle,
            terminated: false,
        });
    } else {
        assert_eq!(Status(answer), expected, "{client:?} {sid:#x} {version}");
    }
}

fn close(world: &World, model: &mut Model, dice: &mut Dice) {
    let (client, handle) = (dice.client(), model.handle(dice));
    let own = model.find(client, handle).is_some();
    let expected = if own || handle == 0 {
        Status::SUCCESS
    } else {
        Status::PROGRAMMER_ERROR
    };
    assert_eq!(world.spm.close(client, handle), expected, "{handle:#x}");
    if own {
        model.open.retain(|open| open.handle != handle);
        model.old.push(handle);
        let surplus = model.old.len().saturating_sub(64);
        model.old.drain(..surplus);
    }
}

/// A control word whose message type is harmless; the rest may be anything.
fn control_word(dice: &mut Dice) -> u32 {
    let kind = dice.pick(&KINDS);
    if dice.below(10) == 0 {
        return dice.word() & !0x7FFF | kind as u32;
    }
    let (in_count, out_count) = (dice.below(4), dice.below(4));
    control(kind, in_count as usize, out_count as usize)
}

fn call(world: &World, model: &mut Model, dice: &mut Dice) {
    let (client, handle, control) = (dice.client(), model.handle(dice), control_word(dice));
    let mut array = |usual| {
        if dice.below(6) == 0 {
            dice.address()
        } else {
            usual
        }
    };
    let (in_vectors, out_vectors) = (array(IN_ARRAY), array(OUT_ARRAY));
    let mut vectors = || [0; 4].map(|_| (dice.address(), dice.length()));
    let inputs = vectors();
    world.describe(IN_ARRAY, &inputs);
    world.describe(OUT_ARRAY, &vectors());
    let decoded = ControlParameter::decode(control);
    // Arrays near each other change each other while they are read: the model can't know.
    let foreseen = in_vectors.abs_diff(out_vectors) >= 0x20;
    let fate = match (model.call(client, handle), decoded) {
        (Fate::Refused(status), _) => Err(status),
        (_, None) => Err(Status::PROGRAMMER_ERROR),
        (_, Some(control)) => {
            let good = good(world, in_vectors, control.in_count(), false)
                && good(world, out_vectors, control.out_count(), true);
            good.then_some(control.message_type())
                .ok_or(Status::PROGRAMMER_ERROR)
        }
    };
    let status = world.spm.call(Request {
        client,
        handle,
        control,
        in_vectors,
        out_vectors,
    });
    if (in_vectors, out_vectors) == (IN_ARRAY, OUT_ARRAY) {
        for (address, reads) in (DATA..).zip(world.memory().reads(DATA, 0x220)) {
            let holds = |input: &&(u32, u32)| address.wrapping_sub(input.0) < input.1;
            let inputs = inputs.iter().filter(holds).count();
            assert!(reads as usize <= inputs, "an input was read twice");
        }
    }
    let seen = world.seen();
    let accused = seen
        .iter()
        .any(|seen| seen.message_type == i32::from(ACCUSE));
    if accused && let Some(open) = model.find(client, handle) {
        open.terminated = true;
    }
    if !foreseen {
        return;
    }
    let unavailable = Handle::stateless(UNAVAILABLE, VERSION as u8).bits();
    let expected = match fate {
        Err(status) => status,
        Ok(_) if handle == unavailable => Status::CONNECTION_REFUSED,
        Ok(kind) => {
            assert_eq!(seen.len(), 1, "delivered");
            assert_eq!((seen[0].client, seen[0].message_type), (client, kind));
            match kind as i16 {
                FAIL => Status::DOES_NOT_EXIST,
                ACCUSE => Status::PROGRAMMER_ERROR,
                LIFECYCLE => Status(LIFECYCLE_STATE as i32),
                _ => Status::SUCCESS,
            }
        }
    };
    assert_eq!(status, expected, "{handle:#x} {control:#x}");
}

fn version(world: &World, dice: &mut Dice) {
    let (client, sid) = (dice.client(), dice.sid());
    let service = SERVICES.iter().find(|service| service.sid == sid);
    let expected = service.filter(|service| service.non_secure_clients);
    let answer = world.spm.version(client, sid);
    assert_eq!(answer, expected.map_or(0, |service| service.version));
}

#[test]
fn a_history_of_arbitrary_requests() {
    let number = |name, usual| match env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => usual,
    };
    let calls = number("CASEMATE_FUZZ_CALLS", 20_000);
    let mut dice = Dice(number("CASEMATE_FUZZ_SEED", 0x5EED) | 1);
    let world = World::new();
    let mut model = Model::default();
    world.memory().set(SECURE, &[0x5C; SECURE_BYTES as usize]);
    for _ in 0..calls {
        world.memory().forget_reads();
        match dice.below(16) {
            0 => version(&world, &mut dice),
            1 | 2 => connect(&world, &mut model, &mut dice),
            3 => close(&world, &mut model, &mut dice),
            _ => call(&world, &mut model, &mut dice),
        }
        // A byte can be part of both arrays and of each input.
        assert!(world.memory().most_reads() <= 2 + MAX_VECTORS as u32);
        assert_eq!(world.spm.open_call(), None);
        assert_eq!(world.spm.serving(), None);
        world.seen();
    }
    let secure = world.memory().get(SECURE, SECURE_BYTES);
    assert!(
        secure.iter().all(|byte| *byte == 0x5C),
        "secure memory was written"
    );
}
