// SPDX-License-Identifier: Apache-2.0
//! The verification of a token, check by check.

use crate::error::Error;
use crate::expected::Expected;
use crate::key::Key;
use crate::token::Token;
use serde::Serialize;

/// A check and its result.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What is checked.
    pub name: &'static str,
    /// What is wrong; `None` if the check passed.
    pub wrong: Option<String>,
}

/// The claims of a token and the checks of them.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The token.
    pub token: Token,
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
    /// Whether all checks were passed.
    pub verified: bool,
}

/// Verifies a token: the proof first, then the identity of the device, then what is expected.
///
/// # Errors
/// The MAC or signature is wrong, or the token can't be parsed. A token whose claims differ from
/// those expected gives a report with failed checks.
pub fn verify(token: &[u8], key: &Key, expected: &Expected) -> Result<Report, Error> {
    let token = Token::authenticate(token, key)?;
    let mut checks = vec![Check {
        name: token.proof.name(),
        wrong: None,
    }];
    if let Some(own) = key.instance_id() {
        let is_own = own == token.claims.instance_id;
        checks.push(Check {
            name: "instance id is the key's",
            wrong: (!is_own).then(|| {
                let found = &token.claims.instance_id;
                format!("it is {found}, that of the key is {own}")
            }),
        });
    }
    let compared = expected.compare(&token).into_iter();
    checks.extend(compared.map(|(name, wrong)| Check { name, wrong }));
    let verified = checks.iter().all(|check| check.wrong.is_none());
    Ok(Report {
        token,
        checks,
        verified,
    })
}
