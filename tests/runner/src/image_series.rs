// SPDX-License-Identifier: Apache-2.0
//! Images that upgrade each other.

use anyhow::Result;
use builder::firmware::{self, Image};
use builder::workspace::read;
use configure::Effective;
use signer::{SecurityCounter, SigningKey};

/// Images of one payload that differ in their security counters.
pub struct ImageSeries {
    /// The key that signs them.
    pub key: SigningKey,
    /// What they have in common.
    pub payload: Vec<u8>,
    filler_bytes: usize,
    options: signer::Options,
}

impl ImageSeries {
    /// For the payload of an image, and behind it `filler_bytes` bytes by which images differ.
    pub fn new(effective: &Effective, image: &Image, filler_bytes: usize) -> Result<Self> {
        Ok(Self {
            key: firmware::key(effective)?,
            payload: read(&image.payload)?,
            filler_bytes,
            options: firmware::options(effective)?,
        })
    }

    /// The image with this security counter, which is its version too.
    pub fn image(&self, security_counter: u32) -> Result<Vec<u8>> {
        let mut options = self.options.clone();
        options.security_counter = SecurityCounter::Value(security_counter);
        options.version.build = security_counter;
        let mut payload = self.payload.clone();
        payload.resize(payload.len() + self.filler_bytes, security_counter as u8);
        signer::sign(&payload, &self.key, &options)
    }
}
