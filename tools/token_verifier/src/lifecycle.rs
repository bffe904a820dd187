// SPDX-License-Identifier: Apache-2.0
//! The security lifecycle claim: a state in the upper byte, the device's own details in the
//! lower one (RFC 9783, section 4.3.1).

use provisioning::Lifecycle;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use std::fmt;

const STATE_MASK: u16 = 0xFF00;

/// The value of the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityLifecycle(pub u16);

impl SecurityLifecycle {
    /// The state, as far as it is one of the specification.
    #[must_use]
    pub fn state(self) -> Option<Lifecycle> {
        Lifecycle::try_from(u32::from(self.0 & STATE_MASK)).ok()
    }

    /// What the state is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.state().map_or("not specified", Lifecycle::name)
    }
}

impl fmt::Display for SecurityLifecycle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({:#06x})", self.name(), self.0)
    }
}

impl Serialize for SecurityLifecycle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SecurityLifecycle", 2)?;
        fields.serialize_field("name", self.name())?;
        fields.serialize_field("value", &self.0)?;
        fields.end()
    }
}
