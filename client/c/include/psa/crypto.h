/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto.h
 * PSA Crypto API 1.2, with its extension for password-authenticated key exchange.
 *
 * Everything that the specification names is here. What the secure image was built without is
 * answered with PSA_ERROR_NOT_SUPPORTED; `casemate/crypto_config.h` has a PSA_WANT_* for each thing
 * that it has.
 */
#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

/** Major version of the API. */
#define PSA_CRYPTO_API_VERSION_MAJOR 1
/** Minor version of the API. */
#define PSA_CRYPTO_API_VERSION_MINOR 2

#include "casemate/crypto_config.h"
#include "casemate/version.h"
#include "psa/crypto_types.h"
#include "psa/crypto_algorithms.h"
#include "psa/crypto_keys.h"
#include "psa/crypto_sizes.h"
#include "psa/crypto_mbedtls.h"
#include "psa/crypto_objects.h"
#include "psa/crypto_functions.h"
#include "psa/crypto_pake.h"

#endif
