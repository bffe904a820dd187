/* SPDX-License-Identifier: Apache-2.0 */
/* Weak, so that an application's own take their place. */
#include "casemate/lock.h"

__attribute__((weak)) void casemate_lock(void)
{
}

__attribute__((weak)) void casemate_unlock(void)
{
}
