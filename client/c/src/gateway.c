/* SPDX-License-Identifier: Apache-2.0 */
#include "gateway.h"

#include "casemate/lock.h"

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

/* Ten instructions. A compiler needs more, because it moves each argument to a register and back
   around the call of the lock. */
__attribute__((naked)) psa_status_t casemate_call(psa_handle_t handle, uint32_t control,
                                                  const psa_invec *in_vec, psa_outvec *out_vec)
{
    (void)handle, (void)control, (void)in_vec, (void)out_vec;
    __asm__("push {r0-r4, lr}\n"
            "bl casemate_lock\n"
            "pop {r0-r3}\n"
            "bl tfm_psa_call_veneer\n"
            "mov r4, r0\n"
            "bl casemate_unlock\n"
            "mov r0, r4\n"
            "pop {r4, pc}");
}

#else

/* For the tests on the host. */
psa_status_t casemate_call(psa_handle_t handle, uint32_t control, const psa_invec *in_vec,
                           psa_outvec *out_vec)
{
    casemate_lock();
    const psa_status_t status = tfm_psa_call_veneer(handle, control, in_vec, out_vec);
    casemate_unlock();
    return status;
}

#endif
