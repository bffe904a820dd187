// SPDX-License-Identifier: Apache-2.0
//! SubBytes on the slices of two blocks: the circuit of 113 operations of Boyar and Peralta in
//! fourteen registers.
//!
//! How the code was derived: simulated annealing over all orders of the published circuit that
//! respect the dependencies found the order with the fewest spills, where the value with the
//! farthest next use is spilled. With
//! fourteen registers 11 stores and 11 loads remain; twenty minutes of search found nothing
//! better. Registers were then named so that as many operations as possible overwrite an operand
//! in a low register, which halves their size. Each line says what it computes in the names of
//! the publication (`u0`, `s0`: most significant bit), so that it can be read against
//! `primitives::aes`, which computes the same in the same order.
//!
//! The four complements at the end of the S-box are left out: every byte comes out exclusive-or
//! 0x63. That constant passes ShiftRows and MixColumns unchanged; the round keys contain it.

use core::arch::naked_asm;

/// Applies the S-box without its constant.
///
/// Slices 0 to 7 come in r0, r2, r4, r3, r9, r8, r12, r11,
/// and leave in r6, r0, r7, lr, r4, r8, r3, r5.
/// All other registers are lost. The lowest 44 bytes of the caller's frame are scratch.
///
/// # Safety
/// Only for assembly that keeps to these conventions, which are not those of the procedure call
/// standard.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn substitute() {
    naked_asm!(
        "push {{lr}}",
        "eors r8, r12, r8", // t0 = u1 ^ u2
        "eors r7, r9, r4", // y14 = u3 ^ u5
        "eors r10, r11, r2", // y13 = u0 ^ u6
        "eors r1, r10, r7", // y12 = y13 ^ y14
        "eors r3, r3, r1", // t1 = u4 ^ y12
        "eors lr, r11, r4", // y8 = u0 ^ u5
        "eors r4, r4, r3", // y15 = t1 ^ u5
        "eors r5, r4, r0", // y6 = y15 ^ u7
        "eors r3, r3, r12", // y20 = t1 ^ u1
        "eors r12, r8, r0", // y1 = t0 ^ u7
        "ands r6, r1, r4", // t2 = y12 & y15
        "eors r2, r12, r2", // y5 = y1 ^ u6
        "str r1, [sp, #4]", // keep y12
        "eors r1, r2, lr", // y3 = y5 ^ y8
        "str r1, [sp, #8]", // keep y3
        "ands r1, r1, r5", // t3 = y3 & y6
        "str r5, [sp, #12]", // keep y6
        "eors r5, r12, r9", // y4 = y1 ^ u3
        "eors r9, r11, r9", // y9 = u0 ^ u3
        "str r4, [sp, #16]", // keep y15
        "eors r4, r4, r8", // y10 = y15 ^ t0
        "eors r1, r1, r6", // t4 = t3 ^ t2
        "str r5, [sp, #20]", // keep y4
        "ands r5, r5, r0", // t5 = y4 & u7
        "eors r6, r6, r5", // t6 = t5 ^ t2
        "eors r5, r3, r9", // y11 = y20 ^ y9
        "eors r3, r3, r1", // t17 = t4 ^ y20
        "eors r1, r4, r5", // y17 = y10 ^ y11
        "str r7, [sp, #24]", // keep y14
        "ands r7, r7, r1", // t13 = y14 & y17
        "str r1, [sp, #28]", // keep y17
        "ands r1, lr, r4", // t15 = y8 & y10
        "str lr, [sp, #32]", // keep y8
        "eors lr, r4, lr", // y19 = y10 ^ y8
        "str r4, [sp, #36]", // keep y10
        "ands r4, r9, r5", // t12 = y9 & y11
        "eors r1, r1, r4", // t16 = t15 ^ t12
        "eors r8, r8, r5", // y16 = t0 ^ y11
        "eors r6, r6, r1", // t18 = t6 ^ t16
        "str r9, [sp, #40]", // keep y9
        "eors r9, r12, r11", // y2 = y1 ^ u0
        "eors r6, r6, lr", // t22 = t18 ^ y19
        "eors lr, r0, r5", // y7 = u7 ^ y11
        "str r5, [sp, #44]", // keep y11
        "ands r5, r10, r8", // t7 = y13 & y16
        "eors r7, r7, r4", // t14 = t13 ^ t12
        "ands r4, r9, lr", // t10 = y2 & y7
        "eors r3, r3, r7", // t21 = t17 ^ t14
        "eors r4, r4, r5", // t11 = t10 ^ t7
        "eors r4, r4, r1", // t20 = t11 ^ t16
        "ands r1, r2, r12", // t8 = y5 & y1
        "eors r5, r5, r1", // t9 = t8 ^ t7
        "eors r1, r10, r8", // y21 = y13 ^ y16
        "eors r7, r7, r5", // t19 = t9 ^ t14
        "eors r7, r7, r1", // t23 = t19 ^ y21
        "eors r11, r11, r8", // y18 = u0 ^ y16
        "eors r4, r4, r11", // t24 = t20 ^ y18
        "ands r11, r3, r7", // t26 = t21 & t23
        "eors r1, r6, r11", // t31 = t22 ^ t26
        "eors r5, r7, r4", // t30 = t23 ^ t24
        "eors r3, r3, r6", // t25 = t21 ^ t22
        "ands r5, r5, r1", // t32 = t31 & t30
        "eors r5, r5, r4", // t33 = t32 ^ t24
        "eors r11, r4, r11", // t27 = t24 ^ t26
        "eors r1, r11, r5", // t35 = t27 ^ t33
        "ands r0, r0, r5", // z2 = t33 & u7
        "ands r1, r1, r4", // t36 = t24 & t35
        "eors r7, r7, r5", // t34 = t23 ^ t33
        "ands r4, r3, r11", // t28 = t25 & t27
        "eors r4, r4, r6", // t29 = t28 ^ t22
        "ands lr, r4, lr", // z5 = t29 & y7
        "eors r7, r7, r1", // t37 = t36 ^ t34
        "eors r1, r11, r1", // t38 = t27 ^ t36
        "ands r1, r1, r4", // t39 = t29 & t38
        "ldr r11, [sp, #20]", // y4 again
        "ands r11, r5, r11", // z11 = t33 & y4
        "eors r1, r1, r3", // t40 = t25 ^ t39
        "eors r6, r4, r1", // t43 = t29 ^ t40
        "eors r3, r4, r5", // t42 = t29 ^ t33
        "eors r5, r5, r7", // t44 = t33 ^ t37
        "ands r12, r1, r12", // z4 = t40 & y1
        "ands r9, r4, r9", // z14 = t29 & y2
        "ldr r4, [sp, #12]", // y6 again
        "ands r4, r4, r7", // z1 = t37 & y6
        "ands r8, r6, r8", // z3 = t43 & y16
        "ands r10, r6, r10", // z12 = t43 & y13
        "ldr r6, [sp, #16]", // y15 again
        "ands r6, r6, r5", // z0 = t44 & y15
        "eors r0, r0, r6", // tc4 = z0 ^ z2
        "eors r4, r4, r6", // tc5 = z1 ^ z0
        "ldr r6, [sp, #8]", // y3 again
        "ands r6, r6, r7", // z10 = t37 & y3
        "eors lr, r8, lr", // tc12 = z3 ^ z5
        "eors r8, r8, r12", // tc6 = z3 ^ z4
        "eors lr, r0, lr", // tc14 = tc4 ^ tc12
        "eors r12, r1, r7", // t41 = t40 ^ t37
        "ldr r7, [sp, #4]", // y12 again
        "ands r5, r5, r7", // z9 = t44 & y12
        "eors r7, r3, r12", // t45 = t42 ^ t41
        "eors r4, r8, r4", // tc11 = tc6 ^ tc5
        "eors r0, r10, r0", // tc7 = z12 ^ tc4
        "ands r1, r1, r2", // z13 = t40 & y5
        "ldr r2, [sp, #28]", // y17 again
        "ands r2, r2, r7", // z7 = t45 & y17
        "eors r8, r2, r8", // tc8 = z7 ^ tc6
        "ldr r2, [sp, #24]", // y14 again
        "ands r7, r7, r2", // z16 = t45 & y14
        "ldr r2, [sp, #40]", // y9 again
        "ands r2, r2, r3", // z15 = t42 & y9
        "eors r7, r7, r2", // tc1 = z15 ^ z16
        "eors r6, r6, r7", // tc2 = z10 ^ tc1
        "eors r5, r5, r6", // tc3 = z9 ^ tc2
        "eors r1, r1, r7", // tc13 = z13 ^ tc1
        "ldr r7, [sp, #44]", // y11 again
        "ands r3, r3, r7", // z6 = t42 & y11
        "eors r4, r4, r5", // s3 = tc3 ^ tc11
        "eors r1, r1, lr", // tc18 = tc13 ^ tc14
        "eors r3, r3, r8", // tc16 = z6 ^ tc8
        "eors r11, r6, r11", // tc21 = tc2 ^ z11
        "eors r6, r10, r1", // s7 = z12 ^ tc18
        "eors r5, r5, r3", // s0 = tc3 ^ tc16
        "ldr r7, [sp, #36]", // y10 again
        "ands r7, r12, r7", // z8 = t41 & y10
        "eors r2, r2, r3", // tc20 = z15 ^ tc16
        "eors r0, r0, r7", // tc9 = z8 ^ tc7
        "eors r0, r8, r0", // tc10 = tc8 ^ tc9
        "eors r9, r9, r0", // tc17 = z14 ^ tc10
        "eors r3, r3, r4", // s1 = s3 ^ tc16
        "eors r2, r9, r2", // tc26 = tc17 ^ tc20
        "eors r0, r0, r1", // s6 = tc10 ^ tc18
        "eors lr, lr, r4", // s4 = tc14 ^ s3
        "ldr r7, [sp, #32]", // y8 again
        "ands r12, r12, r7", // z17 = t41 & y8
        "eors r7, r11, r9", // s5 = tc21 ^ tc17
        "eors r8, r2, r12", // s2 = tc26 ^ z17
        "pop {{pc}}",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 4",
        ".popsection",
        name = sym substitute,
    )
}
