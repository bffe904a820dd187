// SPDX-License-Identifier: Apache-2.0
//! Boot data and the parsers; whole images are tested where they are made, in the signing
//! tool.
