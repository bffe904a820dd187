// SPDX-License-Identifier: Apache-2.0
//! Scheduling of non-secure threads that call the secure world.
//!
//! Threads without a secure context of their own share one secure stack. A thread that is
//! interrupted during a call leaves an exception frame on it. The processor always unstacks the
//! frame at the top of that stack, whichever thread the scheduler resumes. So at most one thread
//! may have a frame there. [`SecureFrame`] enforces it; `docs/calls-and-interrupts.md` explains it.

/// Bit S of EXC_RETURN, which a handler finds in LR: the thread was interrupted in the secure
/// world.
pub const INTERRUPTED_IN_SECURE_WORLD: u32 = 1 << 6;

/// The thread that has a frame on the shared secure stack, if there is one.
///
/// A scheduler asks before it leaves a thread, and reports the thread that it resumes:
///
/// ```
/// use client::scheduling::SecureFrame;
///
/// /// The end of a PendSV handler: the thread to go on with.
/// fn schedule(frame: &mut SecureFrame<u8>, running: u8, next: u8, exception_return: u32) -> u8 {
///     if !frame.may_leave(running, exception_return) {
///         return running; // and tries again at the next tick
///     }
///     frame.resume(next);
///     next
/// }
///
/// let (in_secure, outside) = (0xFFFF_FFFC, 0xFFFF_FFBC);
/// let mut frame = SecureFrame::new();
/// assert_eq!(schedule(&mut frame, 1, 2, in_secure), 2); // thread 1 is in a call
/// assert_eq!(schedule(&mut frame, 2, 1, in_secure), 2); // thread 2 is in a call too: it stays
/// assert_eq!(schedule(&mut frame, 2, 1, outside), 1); // thread 2 has returned
/// assert_eq!(schedule(&mut frame, 1, 2, in_secure), 2);
/// ```
#[derive(Debug)]
pub struct SecureFrame<Thread> {
    owner: Option<Thread>,
}

impl<Thread: Copy + PartialEq> SecureFrame<Thread> {
    /// No thread has a frame there.
    #[must_use]
    pub const fn new() -> Self {
        Self { owner: None }
    }

    /// Whether the scheduler may leave `running`, which was interrupted with this EXC_RETURN. If
    /// not, it has to resume this thread, because another thread has a frame on the stack.
    pub fn may_leave(&mut self, running: Thread, exception_return: u32) -> bool {
        let leaves_frame = exception_return & INTERRUPTED_IN_SECURE_WORLD != 0;
        if leaves_frame && self.owner.is_some() {
            return false;
        }
        if leaves_frame {
            self.owner = Some(running);
        }
        true
    }

    /// Reports that the scheduler resumes `next`. The processor unstacks its frame if it has one.
    pub fn resume(&mut self, next: Thread) {
        if self.owner == Some(next) {
            self.owner = None;
        }
    }

    /// Whether `thread`, which does not run, may be deleted. A thread with a frame on the secure
    /// stack may not: only its own return removes the frame.
    pub fn may_delete(&self, thread: Thread) -> bool {
        self.owner != Some(thread)
    }
}

impl<Thread: Copy + PartialEq> Default for SecureFrame<Thread> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTSIDE: u32 = 0xFFFF_FFBC;
    const IN_SECURE_WORLD: u32 = 0xFFFF_FFFC;

    #[test]
    fn one_thread_at_a_time_leaves_its_frame() {
        let mut frame = SecureFrame::new();
        assert!(frame.may_leave('a', OUTSIDE));
        assert!(frame.may_leave('b', IN_SECURE_WORLD));
        frame.resume('a');
        assert!(!frame.may_leave('a', IN_SECURE_WORLD));
        assert!(frame.may_leave('a', OUTSIDE));
        frame.resume('b');
        assert!(frame.may_leave('b', OUTSIDE));
        assert!(frame.may_leave('a', IN_SECURE_WORLD));
    }

    #[test]
    fn a_thread_in_the_secure_world_is_not_deleted() {
        let mut frame = SecureFrame::new();
        assert!(frame.may_leave('b', IN_SECURE_WORLD));
        assert!(frame.may_delete('a') && !frame.may_delete('b'));
        frame.resume('b');
        assert!(frame.may_delete('b'));
    }
}
