/* SPDX-License-Identifier: Apache-2.0 */
#include "tfm_ns_interface.h"

#include "casemate/lock.h"

int32_t tfm_ns_interface_dispatch(veneer_fn fn, uint32_t arg0, uint32_t arg1, uint32_t arg2,
                                  uint32_t arg3)
{
    casemate_lock();
    const int32_t answer = fn(arg0, arg1, arg2, arg3);
    casemate_unlock();
    return answer;
}

uint32_t tfm_ns_interface_init(void)
{
    return 0;
}
