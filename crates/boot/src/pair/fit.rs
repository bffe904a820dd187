// SPDX-License-Identifier: Apache-2.0
//! Whether two images may run together.

use super::Both;
use crate::header::Version;
use crate::parsed_image::dependency;
use crate::tlv::{Area, kind};
use crate::{Kinds, ParsedImage};

/// Whether all dependencies of both images hold.
pub(super) fn fit(images: Both<&ParsedImage<'_>>) -> bool {
    let versions = images.map(|image| image.header.version);
    images.into_iter().all(|image| are_met(image, &versions))
}

/// The same of what lies in two slots; what is no image fits nothing.
#[inline(never)] // its frame must not be in that of a verification
pub(super) fn slots_fit(slots: Both<&[u8]>, kinds: Kinds) -> bool {
    let [secure, nonsecure] = slots;
    let images = (
        ParsedImage::read_of_pair(secure, kinds),
        ParsedImage::read_of_pair(nonsecure, kinds),
    );
    match images {
        (Ok(secure), Ok(nonsecure)) => fit([&secure, &nonsecure]),
        _ => false,
    }
}

#[inline(never)] // for each image
fn are_met(image: &ParsedImage<'_>, versions: &Both<Version>) -> bool {
    let area = image.signed.get(image.protected_offset_bytes()..);
    let Some(Ok((mut area, _))) = area.map(Area::read) else {
        return false;
    };
    area.all(|entry| match entry {
        Ok(entry) if entry.kind == kind::DEPENDENCY => {
            dependency(entry.value).is_some_and(|(number, least)| {
                let version = versions.get(number as usize);
                version.is_some_and(|version| least.order() <= version.order())
            })
        }
        Ok(_) => true,
        Err(_) => false,
    })
}
