// SPDX-License-Identifier: Apache-2.0
//! What is expected of a device; nothing: anything is right.

use crate::{Component, HexBytes, Profile, Token};
use provisioning::Lifecycle;

/// The policy that a token is compared with.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The challenge that the device was asked with. Without it an old token passes for a new one.
    pub challenge: Option<Vec<u8>>,
    /// The profile.
    pub profile: Option<Profile>,
    /// Who asked on the device.
    pub client_id: Option<i32>,
    /// Acceptable lifecycle states; empty: every state.
    pub lifecycles: Vec<Lifecycle>,
    /// The device.
    pub instance_id: Option<Vec<u8>>,
    /// The root of trust.
    pub implementation_id: Option<Vec<u8>>,
    /// Components that have to be there as they are here; others may stand beside them.
    pub components: Vec<Component>,
}

impl Expected {
    /// Compares everything that is expected; a check says what is wrong.
    pub(crate) fn compare(&self, token: &Token) -> Vec<(&'static str, Option<String>)> {
        let claims = &token.claims;
        let mut checks = Vec::new();
        if let Some(profile) = self.profile {
            let wrong = differs(&profile, &claims.profile);
            checks.push(("profile", wrong));
        }
        let byte_strings = [
            ("challenge", &self.challenge, &claims.challenge),
            ("instance id", &self.instance_id, &claims.instance_id),
            (
                "implementation id",
                &self.implementation_id,
                &claims.implementation_id,
            ),
        ];
        for (name, expected, found) in byte_strings {
            if let Some(expected) = expected {
                checks.push((name, differs(&HexBytes(expected.clone()), found)));
            }
        }
        if let Some(client_id) = self.client_id {
            checks.push(("client id", differs(&client_id, &claims.client_id)));
        }
        if !self.lifecycles.is_empty() {
            let state = claims.lifecycle.state();
            let accepted = state.is_some_and(|state| self.lifecycles.contains(&state));
            let wrong = (!accepted).then(|| format!("{} is not accepted", claims.lifecycle));
            checks.push(("lifecycle", wrong));
        }
        for component in &self.components {
            let mut reported = claims.software_components.iter();
            let found = reported.any(|reported| component.is_reported_by(reported));
            let wrong = (!found).then(|| missing(component, &claims.software_components));
            checks.push(("software component", wrong));
        }
        checks
    }
}

fn differs<T: PartialEq + std::fmt::Display>(expected: &T, found: &T) -> Option<String> {
    (expected != found).then(|| format!("it is {found}, expected was {expected}"))
}

/// Why a component is not among those of the token.
fn missing(expected: &Component, found: &[Component]) -> String {
    let kind = expected.measurement_type.as_deref().unwrap_or("untyped");
    let of_type = |wanted: &Option<String>| {
        let mut found = found.iter();
        found.find(|component| component.measurement_type == *wanted)
    };
    let same_type = of_type(&expected.measurement_type).or_else(|| of_type(&None));
    match same_type {
        None => format!("no component of type {kind} is in the token"),
        Some(other) if other.measurement != expected.measurement => format!(
            "{kind} is another software: it was measured as {}, the image is {}",
            other.measurement, expected.measurement
        ),
        Some(other) if other.signer_id != expected.signer_id => {
            format!("{kind} names another signer than the image has")
        }
        Some(_) => format!("{kind} has the hash of the image but another version or description"),
    }
}
