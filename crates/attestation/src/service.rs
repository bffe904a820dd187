// SPDX-License-Identifier: Apache-2.0
//! Decodes messages and makes tokens. [`psa::attestation`] has the format of the messages.

use psa::{Framework, Message, Status, attestation};

use crate::EvidenceSource;
use crate::claims::Claims;
use crate::evidence::{Evidence, nonsecure};
use crate::token::{Room, Token, token_bytes};

const GET_TOKEN: i32 = attestation::GET_TOKEN as i32;
const GET_TOKEN_SIZE: i32 = attestation::GET_TOKEN_SIZE as i32;

const INPUT: usize = 0;
const OUTPUT: usize = 0;
const SIZE_BYTES: usize = 4;

/// Serves one message.
pub fn call<P: EvidenceSource>(
    evidence: &Evidence,
    room: &mut Room,
    message: &mut impl Message,
    framework: &impl Framework,
) -> Result<(), Status> {
    let claims = Claims {
        evidence,
        client: message.client_id(),
        lifecycle: framework.lifecycle_state(),
    };
    match message.message_type() {
        GET_TOKEN => get_token::<P>(&claims, room, message, framework),
        GET_TOKEN_SIZE => get_token_size::<P>(&claims, message),
        _ => Err(Status::NOT_SUPPORTED),
    }
}

/// Sizes of the payload and of the token in bytes, for a challenge of a valid size.
#[inline(never)] // twice
fn sizes<P: EvidenceSource>(
    claims: &Claims<'_>,
    challenge_bytes: usize,
) -> Result<(usize, usize), Status> {
    match challenge_bytes {
        32 | 48 | 64 => {}
        _ => return Err(Status::INVALID_ARGUMENT),
    }
    let configuration = &P::CONFIGURATION;
    let payload_bytes = claims.bytes(configuration, challenge_bytes, nonsecure::<P>());
    Ok((
        payload_bytes,
        token_bytes(payload_bytes, configuration.key_id),
    ))
}

fn get_token<P: EvidenceSource>(
    claims: &Claims<'_>,
    room: &mut Room,
    message: &mut impl Message,
    framework: &impl Framework,
) -> Result<(), Status> {
    let challenge_bytes = message.in_size(INPUT);
    let (payload_bytes, token_bytes) = sizes::<P>(claims, challenge_bytes)?;
    match message.out_size(OUTPUT) {
        // An output without room is an invalid argument (`docs/crypto-statuses.md`).
        0 => return Err(Status::INVALID_ARGUMENT),
        room_bytes if room_bytes < token_bytes => return Err(Status::BUFFER_TOO_SMALL),
        _ => {}
    }
    let mut token = Token::new(message, framework, room, payload_bytes);
    token.begin();
    claims.write(
        &P::CONFIGURATION,
        challenge_bytes,
        nonsecure::<P>(),
        &mut token,
    );
    token.finish()
}

fn get_token_size<P: EvidenceSource>(
    claims: &Claims<'_>,
    message: &mut impl Message,
) -> Result<(), Status> {
    let mut size = [0; SIZE_BYTES];
    if message.in_size(INPUT) != SIZE_BYTES || message.out_size(OUTPUT) != SIZE_BYTES {
        return Err(Status::PROGRAMMER_ERROR);
    }
    message.read(INPUT, &mut size);
    let (_, token_bytes) = sizes::<P>(claims, u32::from_le_bytes(size) as usize)?;
    message.write(OUTPUT, &(token_bytes as u32).to_le_bytes())
}
