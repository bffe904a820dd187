/* SPDX-License-Identifier: Apache-2.0 */
/* PSA Attestation API 1.0. */
#include "psa/initial_attestation.h"

#include "gateway.h"

/* Types of messages. */
enum { GET_TOKEN = 1001, GET_TOKEN_SIZE };

psa_status_t psa_initial_attest_get_token(const uint8_t *auth_challenge, size_t challenge_size,
                                          uint8_t *token_buf, size_t token_buf_size,
                                          size_t *token_size)
{
    const psa_invec inputs[] = {{auth_challenge, challenge_size}};
    psa_outvec outputs[] = {{token_buf, token_buf_size}};
    return WITH_LENGTH(
        casemate_call(ATTESTATION_HANDLE, CONTROL(GET_TOKEN, 1, 1), inputs, outputs), outputs,
        token_size);
}

psa_status_t psa_initial_attest_get_token_size(size_t challenge_size, size_t *token_size)
{
    if (token_size == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    const uint32_t size = (uint32_t)challenge_size;
    uint32_t answer = 0;
    const psa_invec inputs[] = {{&size, sizeof(size)}};
    psa_outvec outputs[] = {{&answer, sizeof(answer)}};
    const psa_status_t status =
        casemate_call(ATTESTATION_HANDLE, CONTROL(GET_TOKEN_SIZE, 1, 1), inputs, outputs);
    if (status == PSA_SUCCESS) {
        *token_size = answer;
    }
    return status;
}
