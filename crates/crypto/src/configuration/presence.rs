// SPDX-License-Identifier: Apache-2.0
//! Types that take no room where a profile leaves an algorithm out.
//!
//! A flag decides about calls: code behind a constant that is false is never in the image. It
//! can't decide about the size of a type. For that a [`Presence`] picks between a type and one
//! that has no value, so that the variant of an enumeration which holds it takes no room, and a
//! match on it no instruction.

/// What has a value to begin with.
pub trait Blank {
    /// That value; best all zero.
    const BLANK: Self;
}

/// Room for a `T`, if there can be one.
pub trait Room<T>: Sized {
    /// Replaces `place` by a blank `T`, if there can be one.
    fn put<P>(place: &mut P, wrap: impl FnOnce(Self) -> P);

    /// What is in the room.
    fn get(&mut self) -> &mut T;

    /// What is in the room, to look at.
    fn peek(&self) -> &T;
}

/// Whether there can be values of a type.
pub trait Presence {
    /// Whether there can.
    const IS_INCLUDED: bool;
    /// `T`, or a type without values.
    type Of<T: Blank>: Room<T>;
    /// `T`, or else `F`.
    type Either<T, F>;
}

/// There can be values, if `WANTED`.
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

/// A value that there can be.
#[derive(Debug)]
#[repr(transparent)]
pub struct Present<T>(T);

impl<T: Blank> Room<T> for Present<T> {
    #[inline(always)] // the value is to be made where it belongs
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

/// A value that there can't be.
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
