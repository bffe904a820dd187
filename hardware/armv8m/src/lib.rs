// SPDX-License-Identifier: Apache-2.0
//! Armv8-M.
