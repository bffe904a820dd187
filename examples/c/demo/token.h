/* SPDX-License-Identifier: Apache-2.0 */
/** An attestation token of this device for a verifier. */
#ifndef TOKEN_H
#define TOKEN_H

#include <psa/error.h>

/**
 * Prints the token.
 * @param challenge  The verifier's challenge: 64 hexadecimal digits.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The challenge is no such text.
 */
psa_status_t token_print(const char *challenge);

#endif
