// SPDX-License-Identifier: Apache-2.0
//! SSE-200.
