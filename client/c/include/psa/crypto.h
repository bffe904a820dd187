/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto.h
 * PSA Crypto API 1.2, with its extension for password-authenticated key exchange.
 *
 * All names of the specification are here. Functions for what the secure image does not have return
 * PSA_ERROR_NOT_SUPPORTED. `casemate/crypto_config.h` defines a PSA_WANT_* for everything that the
 * image has.
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
