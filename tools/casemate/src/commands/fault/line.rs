// SPDX-License-Identifier: Apache-2.0
//! What a fault line names: addresses of code, and a partition.

/// How a fault line begins.
pub const BEGIN: &str = "fault: ";
/// The words before an address of code. Only a line of non-secure code has an `lr`.
const CODE_ADDRESSES: [&str; 2] = ["pc", RETURN];
/// The register with the address behind a call.
pub const RETURN: &str = "lr";

/// The addresses of code that the line names.
pub fn code_addresses(line: &str) -> Vec<(&str, u32)> {
    let words: Vec<_> = line.split_whitespace().collect();
    let named = words.windows(2).filter_map(|pair| {
        let digits = pair[1].strip_prefix("0x")?;
        let address = u32::from_str_radix(digits, 16).ok()?;
        CODE_ADDRESSES
            .contains(&pair[0])
            .then_some((pair[0], address))
    });
    named.collect()
}

/// The partition that the line names; there is none before the first call.
pub fn partition_id(line: &str) -> Option<i32> {
    let (_, behind) = line.split_once(" to partition 0x")?;
    let digits = behind.split_whitespace().next()?;
    let id = i32::from_str_radix(digits, 16).ok()?;
    (id != 0).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::{code_addresses, partition_id};

    #[test]
    fn a_line_names_program_counter_and_return_address() {
        let line =
            "fault: SecureFault AUVIOL pc 0x80102d98 lr 0x80102ced address 0x38000000 by non";
        assert_eq!(
            code_addresses(line),
            [("pc", 0x8010_2d98), ("lr", 0x8010_2ced)]
        );
    }

    #[test]
    fn what_is_no_address_is_passed_over() {
        for line in [
            "",
            "pc",
            "pc 0x",
            "pc 12",
            "pc 0x123456789",
            "lr 0xzz",
            "fault: HardFault",
            "fault: UsageFault STKOF pc unknown by secure thread",
        ] {
            assert_eq!(code_addresses(line), [], "{line}");
        }
    }

    #[test]
    fn a_line_names_the_partition_that_served_the_call() {
        let line =
            |id: &str| format!("fault: BusFault in call 0x1 of client 0x2 to partition {id}");
        assert_eq!(partition_id(&line("0x00000103")), Some(259));
        assert_eq!(partition_id(&line("0x00000000")), None);
        assert_eq!(partition_id(&line("0x")), None);
        assert_eq!(partition_id("fault: HardFault pc 0x1"), None);
    }
}
