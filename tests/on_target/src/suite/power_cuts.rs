// SPDX-License-Identifier: Apache-2.0
//! Writes to storage until the host cuts the power.
//!
//! At each start all objects must be intact, the usual number of objects must fit, and a persistent
//! key must be the same.

use client::its::{self, CreateFlags};
use client::veneers::Veneers;
use nonsecure::print_line;
use power_cut_protocol::{FOUND, KEY_MADE, MOST_BYTES, Object, Step, TAKEN, UIDS};
use psa::Status;

use super::keys;
use super::support::random::Random;

use nonsecure::config::its::ASSETS_PER_CLIENT as MOST_ASSETS;

/// The objects in storage.
struct Objects([Option<Object>; UIDS as usize]);

impl Objects {
    /// Reads all of them and checks that each is intact.
    fn find() -> Self {
        let mut uids = 1..;
        Self([(); UIDS as usize].map(|()| {
            let uid = uids.next()?;
            let mut data = [0; MOST_BYTES];
            match its::get(&Veneers, uid, 0, &mut data) {
                Ok(length) => {
                    let object = Object::read(uid, &data[..length]);
                    assert!(object.is_some(), "object {uid} is not whole");
                    object
                }
                Err(error) => {
                    assert_eq!(error, Status::DOES_NOT_EXIST, "object {uid}");
                    None
                }
            }
        }))
    }

    fn count(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// A version that no object had before.
    fn next_version(&self) -> u32 {
        let versions = self.0.iter().flatten().map(|object| object.version);
        versions.max().unwrap_or(0) + 1
    }

    /// Prints a step, makes it, and prints that it is done.
    fn take(&mut self, step: Step) -> Result<(), Status> {
        print_line!("{step}");
        let (uid, object) = match step {
            Step::Set(object) => {
                let mut room = [0; MOST_BYTES];
                let data = object.content(&mut room);
                its::set(&Veneers, object.uid, data, CreateFlags::NONE)?;
                (object.uid, Some(object))
            }
            Step::Remove(uid) => {
                its::remove(&Veneers, uid)?;
                (uid, None)
            }
        };
        self.0[uid as usize - 1] = object;
        print_line!("{TAKEN}");
        Ok(())
    }

    /// Creates objects until the storage is full, and removes some.
    fn fill(&mut self) {
        for uid in 1..=UIDS {
            if self.0[uid as usize - 1].is_none() {
                let version = self.next_version();
                let outcome = self.take(Step::Set(Object { uid, version }));
                if self.count() < MOST_ASSETS {
                    assert_eq!(outcome, Ok(()));
                } else if outcome != Ok(()) {
                    assert_eq!(outcome, Err(Status::INSUFFICIENT_STORAGE));
                    break;
                }
            }
        }
        assert_eq!(self.count(), MOST_ASSETS, "space was lost, or won");
    }
}

/// Checks, then writes until the power is cut.
pub fn write_until_power_is_cut() -> ! {
    if keys::keep_one() {
        print_line!("{KEY_MADE}");
    }
    let mut objects = Objects::find();
    print_line!("{FOUND}{}", objects.count());
    objects.fill();
    let mut random = Random::new(objects.next_version());
    loop {
        let uid = 1 + u64::from(random.below(UIDS as u32));
        let exists = objects.0[uid as usize - 1].is_some();
        let step = if exists && random.below(3) == 0 {
            Step::Remove(uid)
        } else {
            let version = objects.next_version();
            Step::Set(Object { uid, version })
        };
        if objects.count() < MOST_ASSETS || exists {
            assert_eq!(objects.take(step), Ok(()));
        }
    }
}
