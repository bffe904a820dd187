// SPDX-License-Identifier: Apache-2.0
//! Tokens and reports for people.

use crate::component::Component;
use crate::report::Report;
use crate::token::Token;
use std::fmt::{self, Display, Formatter};

impl Display for Token {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let claims = &self.claims;
        writeln!(formatter, "attestation token, {} bytes", self.token_bytes)?;
        line(formatter, "envelope", self.proof.name())?;
        optional(formatter, "key id", self.key_id.as_ref())?;
        line(formatter, "profile", claims.profile)?;
        line(formatter, "challenge", &claims.challenge)?;
        let world = if claims.client_id < 0 {
            "non-secure"
        } else {
            "secure"
        };
        line(
            formatter,
            "client id",
            format_args!("{} ({world})", claims.client_id),
        )?;
        line(formatter, "instance id", &claims.instance_id)?;
        line(formatter, "implementation id", &claims.implementation_id)?;
        line(formatter, "lifecycle", claims.lifecycle)?;
        optional(formatter, "boot seed", claims.boot_seed.as_ref())?;
        optional(formatter, "hardware", claims.hardware.as_ref())?;
        let service = claims.verification_service.as_ref();
        optional(formatter, "verified at", service)?;
        for (label, item) in &claims.others {
            line(formatter, "other claim", format_args!("{label}: {item}"))?;
        }
        if claims.software_components.is_empty() {
            line(formatter, "software", "nothing was measured")?;
        }
        let components = claims.software_components.iter();
        components.into_iter().try_for_each(|component| {
            writeln!(formatter, "  software component")?;
            component.fmt(formatter)
        })
    }
}

impl Display for Component {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        optional(formatter, "  type", self.measurement_type.as_ref())?;
        optional(formatter, "  version", self.version.as_ref())?;
        line(formatter, "  measurement", &self.measurement)?;
        optional(formatter, "  signer id", self.signer_id.as_ref())?;
        optional(formatter, "  description", self.description.as_ref())
    }
}

impl Display for Report {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.token.fmt(formatter)?;
        writeln!(formatter, "checks")?;
        for check in &self.checks {
            let wrong = check.wrong.as_deref().unwrap_or("ok");
            writeln!(formatter, "  {:<26}{wrong}", check.name)?;
        }
        formatter.write_str(if self.verified {
            "the token is verified"
        } else {
            "the token is refused"
        })
    }
}

fn line(formatter: &mut Formatter<'_>, name: &str, value: impl Display) -> fmt::Result {
    writeln!(formatter, "  {name:<19}{value}")
}

fn optional<T: Display>(
    formatter: &mut Formatter<'_>,
    name: &str,
    value: Option<T>,
) -> fmt::Result {
    value.map_or(Ok(()), |value| line(formatter, name, value))
}
