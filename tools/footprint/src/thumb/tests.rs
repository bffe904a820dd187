// SPDX-License-Identifier: Apache-2.0
//! Encodings as the GNU assembler writes them, each at the address where it stood.

use super::{Constant, Flow, Instruction, StackChange, decode};

fn at(address: u32, codes: &[u16]) -> Instruction {
    let bytes: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
    let instruction = decode(address, &bytes).expect("a whole instruction");
    assert_eq!(
        instruction.length_bytes,
        u32::try_from(bytes.len()).unwrap(),
        "{codes:x?}"
    );
    instruction
}

#[test]
fn flow() {
    for (address, codes, flow) in [
        (0x4, &[0xF7FF, 0xFFFC][..], Flow::Call(0)),     // bl
        (0x8, &[0xF000, 0xFFFA], Flow::Call(0x1000)),    // bl
        (0xC, &[0xF000, 0xBFF8], Flow::Jump(0x1000)),    // b.w
        (0x10, &[0xE7F6], Flow::Jump(0)),                // b.n
        (0x12, &[0xF7FF, 0xBFF5], Flow::Jump(0)),        // b.w
        (0x16, &[0xD0F3], Flow::JumpIf(0)),              // beq.n
        (0x18, &[0xF040, 0x87F2], Flow::JumpIf(0x1000)), // bne.w
        (0x1C, &[0xF47F, 0xAFF0], Flow::JumpIf(0)),      // bne.w
        (0x20, &[0xB100], Flow::JumpIf(0x24)),           // cbz
        (0x20, &[0xBBFF], Flow::JumpIf(0xA2)),           // cbnz, the farthest
        (0x24, &[0x4770], Flow::Return),                 // bx lr
        (0x26, &[0x4718], Flow::JumpThrough(3)),         // bx r3
        (0x28, &[0x4774], Flow::Return),                 // bxns lr
        (0x2A, &[0x4714], Flow::JumpNonSecure),          // bxns r2
        (0x2C, &[0x47A0], Flow::CallThrough(4)),         // blx r4
        (0x2E, &[0x47AC], Flow::CallNonSecure),          // blxns r5
        (0x30, &[0x469F], Flow::JumpComputed),           // mov pc, r3
        (0x32, &[0x46F7], Flow::Return),                 // mov pc, lr
        (0x36, &[0x448F], Flow::JumpComputed),           // add pc, r1
        (0x58, &[0xBD10], Flow::Return),                 // pop {r4, pc}
        (0x5A, &[0xE8BD, 0x8FF0], Flow::Return),         // pop.w {..., pc}
        (0x5E, &[0xBC10], Flow::Next),                   // pop {r4}
        (0x60, &[0xE8BD, 0x0FF0], Flow::Next),           // pop.w without pc
        (0x64, &[0xE8B0, 0x8002], Flow::JumpComputed),   // ldm r0!, {r1, pc}
        (0x74, &[0xF85D, 0xFB04], Flow::Return),         // ldr pc, [sp], #4
        (0x7C, &[0xF8D1, 0xF004], Flow::JumpComputed),   // ldr pc, [r1, #4]
        (0x80, &[0xF851, 0xF022], Flow::JumpComputed),   // ldr pc, [r1, r2, lsl #2]
        (0x84, &[0xF8DF, 0xF004], Flow::JumpToLiteral(0x8C)), // ldr pc, [pc, #4]
        (
            0xA6,
            &[0xE8DF, 0xF000],
            Flow::JumpToTable { entry_bytes: 1 },
        ), // tbb
        (
            0xAA,
            &[0xE8DF, 0xF011],
            Flow::JumpToTable { entry_bytes: 2 },
        ), // tbh
        (
            0xAA,
            &[0xE8D1, 0xF000],
            Flow::JumpToTableAt {
                register: 1,
                entry_bytes: 1,
            },
        ), // tbb [r1, r0]
        (0xBE, &[0xDF00], Flow::Next),                   // svc
        (0xC0, &[0xDE01], Flow::Stop),                   // udf
        (0xC2, &[0xF7F0, 0xA001], Flow::Stop),           // udf.w
        (0xC6, &[0xBEAB], Flow::Next),                   // bkpt
        (0x100, &[0xF3BF, 0x8F4F], Flow::Next),          // dsb
        (0xD4, &[0xF3EF, 0x8108], Flow::Next),           // mrs r1, msp
        (0x10C, &[0xE841, 0xF000], Flow::Next),          // tt
        (0x114, &[0xFBA2, 0x0103], Flow::Next),          // umull
    ] {
        assert_eq!(at(address, codes).flow, flow, "{codes:x?}");
    }
}

#[test]
fn stack_pointer() {
    for (codes, bytes) in [
        (&[0xBF00][..], 0),         // nop
        (&[0xB004], -16),           // add sp, #16
        (&[0xB0FE], 504),           // sub sp, #504
        (&[0xF5AD, 0x6D80], 1024),  // sub.w sp, sp, #1024
        (&[0xF5AD, 0x7DFC], 504),   // sub.w sp, sp, #504
        (&[0xF6AD, 0x7DFF], 4095),  // subw
        (&[0xF50D, 0x6D00], -2048), // add.w sp, sp, #2048
        (&[0xF20D, 0x3DE9], -1001), // addw
        (&[0xB530], 12),            // push {r4, r5, lr}
        (&[0xE92D, 0x4FF0], 36),    // push.w {r4-r11, lr}
        (&[0xBD10], -8),            // pop {r4, pc}
        (&[0xE8BD, 0x8FF0], -36),   // pop.w {r4-r11, pc}
        (&[0xE920, 0x0006], 0),     // stmdb r0!
        (&[0xF84D, 0x0D08], 8),     // str r0, [sp, #-8]!
        (&[0xF85D, 0x4B08], -8),    // ldr r4, [sp], #8
        (&[0xE96D, 0x0104], 16),    // strd r0, r1, [sp, #-16]!
        (&[0xE8FD, 0x0104], -16),   // ldrd r0, r1, [sp], #16
        (&[0xE9CD, 0x0104], 0),     // strd r0, r1, [sp, #16]
        (&[0xE8F2, 0x0104], 0),     // ldrd r0, r1, [r2], #16
        (&[0xED2D, 0x8A10], 64),    // vpush {s16-s31}
        (&[0xECBD, 0x8B04], -16),   // vpop {d8-d9}
        (&[0xF381, 0x880A], 0),     // msr msplim, r1
        (&[0x45E5], 0),             // cmp sp, ip
        (&[0xF5BC, 0x5F80], 0),     // cmp.w ip, #4096
        (&[0xE85D, 0x0F00], 0),     // ldrex r0, [sp]
    ] {
        assert_eq!(at(0, codes).stack, StackChange::Grows(bytes), "{codes:x?}");
    }
    for codes in [
        &[0x46BD][..],     // mov sp, r7
        &[0x44A5],         // add sp, r4
        &[0xF380, 0x8808], // msr msp, r0
        &[0xF381, 0x8809], // msr psp, r1
        &[0xF8D0, 0xD004], // ldr sp, [r0, #4]
        &[0xEA4F, 0x0D00], // mov.w sp, r0
        &[0xEB0D, 0x0D01], // add.w sp, sp, r1
    ] {
        assert_eq!(at(0, codes).stack, StackChange::Unknown, "{codes:x?}");
    }
}

#[test]
fn constants() {
    assert_eq!(at(0, &[0xF241, 0x2C34]).constant, Constant::Low(12, 0x1234));
    assert_eq!(
        at(0, &[0xF6C8, 0x2CBC]).constant,
        Constant::High(12, 0x8ABC_0000)
    );
    assert_eq!(at(0, &[0xF64F, 0x70FF]).constant, Constant::Low(0, 0xFFFF));
    assert_eq!(at(0x88, &[0x4B02]).constant, Constant::Literal(3, 0x94));
    assert_eq!(
        at(0x8A, &[0xF85F, 0x9008]).constant,
        Constant::Literal(9, 0x84)
    );
}

#[test]
fn conditional_blocks_and_gateways() {
    assert_eq!(at(0, &[0xBF04]).conditional, 2); // itt eq
    assert_eq!(at(0, &[0xBF19]).conditional, 4); // ittee ne
    assert_eq!(at(0, &[0xBF08]).conditional, 1); // it eq
    assert_eq!(at(0, &[0xBF00]).conditional, 0); // nop
    assert!(at(0, &[0xE97F, 0xE97F]).gateway);
}

#[test]
fn every_pair_of_halfwords_decodes_and_a_cut_one_does_not() {
    for first in 0..=u16::MAX {
        for second in [0, 0x8000, 0xD000, 0xF8FF, 0xFFFF, 0x0D08, 0x5555] {
            let [a, b] = first.to_le_bytes();
            let [c, d] = u16::to_le_bytes(second);
            let whole = decode(u32::MAX - 2, &[a, b, c, d]).expect("whole");
            assert_eq!(decode(0, &[a, b]).is_none(), whole.length_bytes == 4);
        }
    }
    assert!(decode(0, &[0x00]).is_none());
    assert!(decode(0, &[]).is_none());
}
