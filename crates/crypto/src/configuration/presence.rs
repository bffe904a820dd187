// SPDX-License-Identifier: Apache-2.0
//! Types that take no memory if a profile leaves an algorithm out.
//!
//! A constant that is false removes code from the image, but does not change the size of a type. A
//! [`Presence`] selects between a type and a type without values. An enum variant with the latter
//! takes no memory, and a match on it no instruction.

/// A type with an initial value.
pub trait Blank {
    /// The initial value; all zero if possible.
    const BLANK: Self;
}

/// Room for a `T`, if the algorithm is included.
pub trait Room<T>: Sized {
    /// Replaces `place` by a blank `T`, if the algorithm is included.
    fn put<P>(place: &mut P, wrap: impl FnOnce(Self) -> P);

    /// The value.
    fn get(&mut self) -> &mut T;

    /// The value, read-only.
    fn peek(&self) -> &T;
}

/// Whether an algorithm is included.
pub trait Presence {
    /// The answer as a constant.
    const IS_INCLUDED: bool;
    /// `T`, or a type without values.
    type Of<T: Blank>: Room<T>;
    /// `T`, or else `F`.
    type Either<T, F>;
}

/// Included if `WANTED`.
#[derive(Clone, Copy, Debug)]
pub enum Included<const WANTED: bool> {}

impl Presence for Included<true> {
    const IS_INCLUDED: bool = true;
    type Of<T: Blank> = Present<T>;
    type Either<T, F> = T;
}

impl Presence for Included<false> {
    const IS_INCLUDED: bool = false;
    type Of<T: Blank> = Absent;
    type Either<T, F> = F;
}

/// Shorthand for what a presence makes of a type.
pub(crate) type Of<P, T> = <P as Presence>::Of<T>;

/// Room with a value.
#[derive(Debug)]
#[repr(transparent)]
pub struct Present<T>(T);

impl<T: Blank> Room<T> for Present<T> {
    #[inline(always)] // creates the value in place
    fn put<P>(place: &mut P, wrap: impl FnOnce(Self) -> P) {
        *place = wrap(Self(T::BLANK));
    }

    #[inline(always)]
    fn get(&mut self) -> &mut T {
        &mut self.0
    }

    #[inline(always)]
    fn peek(&self) -> &T {
        &self.0
    }
}

/// No room: a type without values.
#[derive(Clone, Copy, Debug)]
pub enum Absent {}

impl<T> Room<T> for Absent {
    fn put<P>(_: &mut P, _: impl FnOnce(Self) -> P) {}

    fn get(&mut self) -> &mut T {
        match *self {}
    }

    fn peek(&self) -> &T {
        match *self {}
    }
}
