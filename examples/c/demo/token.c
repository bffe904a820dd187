/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <psa/initial_attestation.h>
#include <stdio.h>
#include <string.h>

/* The value of a hexadecimal digit, or -1. */
static int digit(char letter)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = letter != '\0' ? strchr(digits, letter) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

psa_status_t token_print(const char *challenge)
{
    static uint8_t token[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    uint8_t bytes[PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32];
    size_t length;
    if (strlen(challenge) != 2 * sizeof(bytes)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    for (size_t index = 0; index < sizeof(bytes); index++) {
        const int high = digit(challenge[2 * index]), low = digit(challenge[2 * index + 1]);
        if (high < 0 || low < 0) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        bytes[index] = (uint8_t)(high << 4 | low);
    }
    const psa_status_t status =
        psa_initial_attest_get_token(bytes, sizeof(bytes), token, sizeof(token), &length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    printf("attestation token: ");
    for (size_t index = 0; index < length; index++) {
        printf("%02x", token[index]);
    }
    printf("\n");
    return PSA_SUCCESS;
}
