/* SPDX-License-Identifier: Apache-2.0 */
/* Weak, so that an application can replace them. */
#include "casemate/lock.h"

__attribute__((weak)) void casemate_lock(void)
{
}

__attribute__((weak)) void casemate_unlock(void)
{
}
