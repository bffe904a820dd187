// SPDX-License-Identifier: Apache-2.0
//! What a scheduler has to know of the secure world.
//!
//! All threads without a secure context of their own share one secure stack. A thread that is
//! interrupted in the secure world has a frame there, and what lies deepest is what the processor
//! takes first, whichever thread the scheduler has in mind. [`SecureFrame`] keeps the rule that
//! follows; `docs/calls-and-interrupts.md` tells the rest.

/// EXC_RETURN as the handler finds it in LR, bit S: the thread was interrupted in the secure world.
pub const INTERRUPTED_IN_SECURE_WORLD: u32 = 1 << 6;

/// Which thread has its frame on the shared secure stack: one at a time.
///
/// A scheduler asks before it leaves a thread and says which one it goes on with:
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
/// assert_eq!(schedule(&mut frame, 2, 1, in_secure), 2); // thread 2 is being turned away
/// assert_eq!(schedule(&mut frame, 2, 1, outside), 1); // and has come back
/// assert_eq!(schedule(&mut frame, 1, 2, in_secure), 2);
/// ```
#[derive(Debug)]
pub struct SecureFrame<Thread> {
    owner: Option<Thread>,
}

impl<Thread: Copy + PartialEq> SecureFrame<Thread> {
    /// Nobody has a frame there.
    #[must_use]
    pub const fn new() -> Self {
        Self { owner: None }
    }

    /// Whether the scheduler may leave `running`, which was interrupted with this EXC_RETURN. If
    /// not, it has to go on with this thread: a frame of another one lies above.
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

    /// The scheduler goes on with `next`: its frame, if it has one, is taken.
    pub fn resume(&mut self, next: Thread) {
        if self.owner == Some(next) {
            self.owner = None;
        }
    }

    /// Whether `thread`, which does not run, may be deleted. The frame of one that is in the
    /// secure world can't go but by its own return.
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
