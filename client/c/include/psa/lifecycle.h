/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/lifecycle.h
 * Lifecycle states of a device (PSA Firmware Framework for M 1.1; PSA Security Model).
 *
 * The function psa_rot_lifecycle_state() is for secure partitions. A non-secure application
 * learns the state from an attestation token.
 */
#ifndef PSA_LIFECYCLE_H
#define PSA_LIFECYCLE_H

/** Bits of the state. */
#define PSA_LIFECYCLE_PSA_STATE_MASK (0xff00u)
/** Bits that the implementation defines. */
#define PSA_LIFECYCLE_IMP_STATE_MASK (0x00ffu)

/** The state is unknown. */
#define PSA_LIFECYCLE_UNKNOWN (0x0000u)
/** The device is assembled and tested. */
#define PSA_LIFECYCLE_ASSEMBLY_AND_TEST (0x1000u)
/** The root of trust gets its secrets. */
#define PSA_LIFECYCLE_PSA_ROT_PROVISIONING (0x2000u)
/** The device is in use and protected. */
#define PSA_LIFECYCLE_SECURED (0x3000u)
/** A part of the device that is not the root of trust is being debugged. */
#define PSA_LIFECYCLE_NON_PSA_ROT_DEBUG (0x4000u)
/** The root of trust is being debugged, and can be secured again. */
#define PSA_LIFECYCLE_RECOVERABLE_PSA_ROT_DEBUG (0x5000u)
/** The device has lost its secrets. */
#define PSA_LIFECYCLE_DECOMMISSIONED (0x6000u)

#endif
