// SPDX-License-Identifier: Apache-2.0
//! Expected claims of a device; `None` accepts any value.

use crate::component::Component;
use crate::hex_bytes::HexBytes;
use crate::profile::Profile;
use crate::token::Token;
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
    /// Components that have to be there; others may stand beside them. What is `None` here may be
    /// anything, and a token need not tell type, version and description.
    pub components: Vec<Component>,
}

impl Expected {
    /// Compares the claims with everything that is expected.
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
            let wrong = missing(component, &claims.software_components);
            checks.push(("software component", wrong));
        }
        checks
    }
}

fn differs<T: PartialEq + std::fmt::Display>(expected: &T, found: &T) -> Option<String> {
    (expected != found).then(|| format!("it is {found}, expected was {expected}"))
}

/// Why a component is not among those of the token; nothing: it is.
fn missing(expected: &Component, found: &[Component]) -> Option<String> {
    let kind = expected.measurement_type.as_deref().unwrap_or("untyped");
    let mut found = found.iter();
    let Some(found) = found.find(|found| found.measurement == expected.measurement) else {
        return Some(format!(
            "{kind}: nothing in the token has its measurement, {}",
            expected.measurement
        ));
    };
    if expected.signer_id.is_some() && expected.signer_id != found.signer_id {
        return Some(format!("{kind}: the token names another signer"));
    }
    let texts = [
        ("type", &expected.measurement_type, &found.measurement_type),
        ("version", &expected.version, &found.version),
        ("description", &expected.description, &found.description),
    ];
    let mut wrong = texts.into_iter().filter_map(|(name, expected, found)| {
        let (expected, found) = expected.as_ref().zip(found.as_ref())?;
        let is_same = match name {
            "description" => hash_name(expected) == hash_name(found),
            _ => expected == found,
        };
        (!is_same).then(|| format!("{kind}: its {name} is {expected}, not {found}"))
    });
    wrong.next()
}

/// "sha-256" is the registry's name of what signing tools call "SHA256".
fn hash_name(text: &str) -> String {
    text.to_ascii_lowercase().replace('-', "")
}
