/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/initial_attestation.h
 * Tokens that prove what this device is and what it runs (PSA Attestation API 1.0).
 */
#ifndef PSA_INITIAL_ATTESTATION_H
#define PSA_INITIAL_ATTESTATION_H

#include <stddef.h>
#include <stdint.h>

#include "casemate/version.h"
#include "psa/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Major version of the API. */
#define PSA_INITIAL_ATTEST_API_VERSION_MAJOR 1
/** Minor version of the API. */
#define PSA_INITIAL_ATTEST_API_VERSION_MINOR 0

/** The largest token in bytes, for every profile. */
#define PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE (0x250u)

/** Size in bytes of a challenge of 256 bits. */
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32 (32u)
/** Size in bytes of a challenge of 384 bits. */
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48 (48u)
/** Size in bytes of a challenge of 512 bits. */
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64 (64u)

/**
 * Makes a token.
 * @param auth_challenge   Random bytes from the verifier.
 * @param challenge_size   Their number: 32, 48 or 64.
 * @param token_buf        Receives the token.
 * @param token_buf_size   Size of that buffer in bytes.
 * @param token_size       On success, the size of the token in bytes.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The challenge has another size.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL  token_buf is too small.
 */
psa_status_t psa_initial_attest_get_token(const uint8_t *auth_challenge, size_t challenge_size,
                                          uint8_t *token_buf, size_t token_buf_size,
                                          size_t *token_size);

/**
 * Computes the size of a token.
 * @param challenge_size  Size of the challenge in bytes: 32, 48 or 64.
 * @param token_size      On success, the size of the token in bytes.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The challenge has another size.
 */
psa_status_t psa_initial_attest_get_token_size(size_t challenge_size, size_t *token_size);

#ifdef __cplusplus
}
#endif

#endif
