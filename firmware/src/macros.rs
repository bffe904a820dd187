// SPDX-License-Identifier: Apache-2.0
//! The binaries. Each macro is a whole `main.rs`: it includes the files that `configure` has
//! generated for the package, and exports the symbols that the start code and the gateways of
//! `hardware/` call.

/// The boot ROM of a board: `firmware::boot_rom!(an521::An521);`.
#[macro_export]
macro_rules! boot_rom {
    ($board:ty) => {
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls
        mod boot_rom {
            use $crate::diagnostics::{FaultRecord, fault::stacked::ExceptionReturn};
            use $crate::{Board as _, Ending};

            type Board = $board;
            include!(concat!(env!("OUT_DIR"), "/configuration.rs"));

            #[unsafe(no_mangle)]
            extern "C" fn main() -> ! {
                // SAFETY: this is the one place of the image that takes the claim, and it runs
                // once.
                let parts = unsafe { Board::BOOT_PARTS.take() };
                let mut rom = $crate::BootRom::<Board, Configured>::new(parts);
                let recovers = match rom.run() {
                    Ending::Start(image) => $crate::armv8m::start::start_verified(&image),
                    Ending::Recover => true,
                    Ending::Halt => false,
                };
                if recovers && rom.recover() {
                    Board::reset()
                }
                $crate::halt()
            }

            #[unsafe(no_mangle)]
            fn on_fault(record: &mut FaultRecord, _: ExceptionReturn) -> ! {
                $crate::on_fault_in_boot_rom::<Board, Configured>(record);
                $crate::halt()
            }

            $crate::no_panic!(<Board as $crate::Board>::BOOT_CONSOLE);
        }

        #[cfg(not(target_os = "none"))]
        fn main() {}
    };
}

/// The secure image of a board: `firmware::secure_image!(an521::An521);`.
#[macro_export]
macro_rules! secure_image {
    ($board:ty) => {
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)] // exports the symbols that `armv8m` and `gateway` call
        mod secure_image {
            use $crate::diagnostics::{FaultRecord, fault::stacked::ExceptionReturn};
            use $crate::gateway as _;
            use $crate::{Board as _, Configuration as _, FaultAction};

            $crate::image!($board);

            /// The manager that the gateways call.
            // SAFETY: this is the one place of the image that takes the claim.
            static SPM: Spm<Image> = manager(unsafe { Board::AREAS.take() });

            #[unsafe(no_mangle)]
            extern "C" fn main() -> ! {
                if $crate::secure_image::start::<Board, Configured, _>(&SPM).is_err() {
                    $crate::halt()
                }
                $crate::armv8m::non_secure::start($crate::armv8m::image::non_secure_start())
            }

            #[unsafe(no_mangle)]
            fn on_fault(record: &mut FaultRecord, exception_return: ExceptionReturn) -> ! {
                $crate::armv8m::fault::tell_of_non_secure_code(record, exception_return);
                $crate::secure_image::record_fault::<Board, Configured, _>(&SPM, record);
                match Configured::FAULT_ACTION {
                    FaultAction::Reset => Board::reset(),
                    FaultAction::Halt => $crate::halt(),
                }
            }

            #[unsafe(no_mangle)]
            extern "C" fn psa_version(sid: u32) -> u32 {
                $crate::secure_image::version(&SPM, sid)
            }

            #[unsafe(no_mangle)]
            extern "C" fn psa_call(
                handle: u32,
                control: u32,
                in_vectors: u32,
                out_vectors: u32,
            ) -> Status {
                $crate::secure_image::call(&SPM, handle, control, in_vectors, out_vectors)
            }

            #[unsafe(no_mangle)]
            extern "C" fn psa_connect(sid: u32, version: u32) -> i32 {
                $crate::secure_image::connect(&SPM, sid, version)
            }

            #[unsafe(no_mangle)]
            extern "C" fn psa_close(handle: u32) -> Status {
                $crate::secure_image::close(&SPM, handle)
            }

            $crate::no_panic!(<Board as $crate::Board>::CONSOLE);
        }

        #[cfg(not(target_os = "none"))]
        fn main() {}
    };
}

/// The composition of a secure image: the type `Image`, and `manager`, which creates its manager
/// from the parts of the board. Tests on the host use it alone.
#[macro_export]
macro_rules! image {
    ($board:ty) => {
        /// The board.
        pub type Board = $board;
        include!(concat!(env!("OUT_DIR"), "/configuration.rs"));
        include!(concat!(env!("OUT_DIR"), "/partitions.rs"));

        /// The board in this configuration, with the partitions of the profile.
        pub struct Image;

        impl System for Image {
            type Memory = <Board as $crate::Board>::Memory;
            type Partitions = Services;
            type Backend = <Configured as $crate::Configuration>::Model;
            type Device = $crate::secure_image::DeviceOf<Board>;
            type Connections = <Configured as $crate::Configuration>::Connections;
            const CONNECTIONS_PER_CLIENT: u32 =
                <Configured as $crate::Configuration>::CONNECTIONS_PER_CLIENT;
            const CLIENT_ID_WORD: Option<u32> =
                <Configured as $crate::Configuration>::CLIENT_ID_WORD;
        }

        /// The manager over the partitions in their first state.
        pub const fn manager(areas: $crate::Areas<Board>) -> Spm<Image> {
            Spm::new(
                <Board as $crate::Board>::MEMORY,
                Services::new(areas),
                $crate::secure_image::DeviceOf::new(),
                <Configured as $crate::Configuration>::CONNECTIONS,
            )
        }
    };
}

/// The panic handler of a secure binary. In a release image it calls a symbol that does not exist,
/// so an image with a reachable panic does not link. A debug image prints the location on
/// `$console`.
#[doc(hidden)]
#[macro_export]
macro_rules! no_panic {
    ($console:expr) => {
        #[cfg(not(debug_assertions))]
        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
            unsafe extern "C" {
                safe fn a_panic_can_be_reached() -> !;
            }
            a_panic_can_be_reached()
        }

        #[cfg(debug_assertions)]
        #[panic_handler]
        fn panic(information: &core::panic::PanicInfo<'_>) -> ! {
            $crate::print_panic(&$console, information);
            $crate::halt()
        }
    };
}
