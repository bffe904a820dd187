// SPDX-License-Identifier: Apache-2.0
//! What the partition must do, in the simplest words.

use std::collections::BTreeMap;

use its::{Configuration, Its};
use psa::Status;

use super::{Client, Operation};

pub const WRITE_ONCE: u32 = 1;

/// The objects that should be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub objects: BTreeMap<(i32, u64), (Vec<u8>, u32)>,
    pub max_assets: usize,
    pub max_asset_bytes: usize,
}

impl Model {
    pub fn new(max_assets: usize, max_asset_bytes: usize) -> Self {
        Self {
            objects: BTreeMap::new(),
            max_assets,
            max_asset_bytes,
        }
    }

    /// What a request should do and answer.
    pub fn apply(&mut self, operation: &Operation) -> Status {
        match operation {
            Operation::Set(key, data, flags) => self.set(*key, data, *flags),
            Operation::Remove(key) => match self.objects.get(key) {
                _ if key.1 == 0 => Status::INVALID_ARGUMENT,
                None => Status::DOES_NOT_EXIST,
                Some((_, flags)) if flags & WRITE_ONCE != 0 => Status::NOT_PERMITTED,
                Some(_) => {
                    self.objects.remove(key);
                    Status::SUCCESS
                }
            },
            Operation::Restart => Status::SUCCESS,
        }
    }

    fn set(&mut self, key: (i32, u64), data: &[u8], flags: u32) -> Status {
        let present = self.objects.get(&key);
        if key.1 == 0 {
            Status::INVALID_ARGUMENT
        } else if flags > 7 {
            Status::NOT_SUPPORTED
        } else if data.len() > self.max_asset_bytes {
            Status::INVALID_ARGUMENT
        } else if present.is_some_and(|(_, flags)| flags & WRITE_ONCE != 0) {
            Status::NOT_PERMITTED
        } else if present.is_none() && self.objects.len() == self.max_assets {
            Status::INSUFFICIENT_STORAGE
        } else {
            self.objects.insert(key, (data.to_vec(), flags));
            Status::SUCCESS
        }
    }

    /// Where the partition does not hold what this model says; empty if it does.
    pub fn differences<C: Configuration>(
        &self,
        its: &mut Its<C>,
        keys: impl IntoIterator<Item = (i32, u64)>,
    ) -> Vec<((i32, u64), Status)> {
        let mut different = Vec::new();
        for key in keys {
            let found = its.get(key.0, key.1);
            let info = its.info(key.0, key.1);
            let is_right = match self.objects.get(&key) {
                None => found == Err(Status::DOES_NOT_EXIST) && info == Err(Status::DOES_NOT_EXIST),
                Some((data, flags)) => {
                    let size = data.len() as u32;
                    found.as_ref() == Ok(data) && info == Ok([size, size, *flags])
                }
            };
            if !is_right {
                different.push((key, found.err().unwrap_or(Status::SUCCESS)));
            }
        }
        different
    }
}
