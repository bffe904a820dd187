// SPDX-License-Identifier: Apache-2.0
//! Status codes common to all PSA APIs (`psa/error.h`; FF-M 1.1 and the PSA Certified status
//! code specification).

/// Outcome of a call (`psa_status_t`): zero is success, negative is an error, and each service
/// defines the positive values that it uses.
///
/// # Examples
/// ```
/// use psa::Status;
///
/// fn check(status: Status) -> Result<(), Status> {
///     if status.is_success() { Ok(()) } else { Err(status) }
/// }
///
/// assert_eq!(Status::NOT_PERMITTED, Status(-133));
/// assert_eq!(check(Status::SUCCESS), Ok(()));
/// assert_eq!(check(Status(-133)), Err(Status::NOT_PERMITTED));
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub i32);

impl Status {
    /// The action was done.
    pub const SUCCESS: Self = Self(0);
    /// The caller broke a rule of the interface.
    pub const PROGRAMMER_ERROR: Self = Self(-129);
    /// The service does not exist for this caller, or refuses it.
    pub const CONNECTION_REFUSED: Self = Self(-130);
    /// The service can't take the call now; it may succeed later.
    pub const CONNECTION_BUSY: Self = Self(-131);
    /// An error that no other code describes.
    pub const GENERIC_ERROR: Self = Self(-132);
    /// A policy forbids the action.
    pub const NOT_PERMITTED: Self = Self(-133);
    /// The action or its parameters are not supported by this implementation.
    pub const NOT_SUPPORTED: Self = Self(-134);
    /// A parameter is invalid.
    pub const INVALID_ARGUMENT: Self = Self(-135);
    /// A handle is not valid.
    pub const INVALID_HANDLE: Self = Self(-136);
    /// The action can't be done in this state.
    pub const BAD_STATE: Self = Self(-137);
    /// An output buffer is too small.
    pub const BUFFER_TOO_SMALL: Self = Self(-138);
    /// The item exists already.
    pub const ALREADY_EXISTS: Self = Self(-139);
    /// The item does not exist.
    pub const DOES_NOT_EXIST: Self = Self(-140);
    /// There is not enough memory at run time.
    pub const INSUFFICIENT_MEMORY: Self = Self(-141);
    /// There is not enough persistent storage.
    pub const INSUFFICIENT_STORAGE: Self = Self(-142);
    /// A source holds less data than asked for.
    pub const INSUFFICIENT_DATA: Self = Self(-143);
    /// Internal failure of the service.
    pub const SERVICE_FAILURE: Self = Self(-144);
    /// Internal communication failed.
    pub const COMMUNICATION_FAILURE: Self = Self(-145);
    /// The storage failed and may have lost data.
    pub const STORAGE_FAILURE: Self = Self(-146);
    /// The hardware failed.
    pub const HARDWARE_FAILURE: Self = Self(-147);
    /// There is not enough entropy.
    pub const INSUFFICIENT_ENTROPY: Self = Self(-148);
    /// A signature, authentication code or hash is not the expected one.
    pub const INVALID_SIGNATURE: Self = Self(-149);
    /// A padding is wrong.
    pub const INVALID_PADDING: Self = Self(-150);
    /// Tampering was detected.
    pub const CORRUPTION_DETECTED: Self = Self(-151);
    /// Stored data is corrupted.
    pub const DATA_CORRUPT: Self = Self(-152);
    /// Stored data has an unknown format.
    pub const DATA_INVALID: Self = Self(-153);

    /// Whether this is [`Status::SUCCESS`].
    #[must_use]
    pub const fn is_success(self) -> bool {
        self.0 == 0
    }
}
