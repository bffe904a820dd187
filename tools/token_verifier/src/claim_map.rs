// SPDX-License-Identifier: Apache-2.0
//! The payload of a token as a map, from which claims are taken one by one.

use crate::cbor::Reader;
use crate::{
    component::Component, error::Error, hex_bytes::HexBytes, lifecycle::SecurityLifecycle,
    profile::Profile,
};
use minicbor::data::Type;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Claims that are not taken yet: label and item.
pub(crate) struct ClaimMap<'b>(BTreeMap<i64, &'b [u8]>);

impl<'b> ClaimMap<'b> {
    pub(crate) fn read(payload: &'b [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(payload, "the payload");
        let mut claims = BTreeMap::new();
        for _ in 0..reader.map()? {
            let label = reader.integer()?;
            if claims.insert(label, reader.item()?).is_some() {
                return Err(Error::DuplicateClaim(label));
            }
        }
        reader.end()?;
        Ok(Self(claims))
    }

    /// The claims that nothing has asked for.
    pub(crate) fn rest(self) -> impl Iterator<Item = (i64, &'b [u8])> {
        self.0.into_iter()
    }

    /// Finds the profile. A token of the older profile may lack its name; its labels identify it.
    pub(crate) fn profile(&mut self) -> Result<Profile, Error> {
        for profile in Profile::ALL {
            if let Some(name) = self.text(profile.labels().profile, "profile")? {
                let named = Profile::of_name(&name)?;
                return if named == profile {
                    Ok(profile)
                } else {
                    Err(Error::ClaimOfOtherProfile(profile.labels().profile))
                };
            }
        }
        let older = Profile::PsaIot1;
        if self.0.contains_key(&older.labels().challenge) {
            Ok(older)
        } else {
            Err(Error::ProfileMissing)
        }
    }

    /// Refuses labels of another profile: they could contradict the claims of this one.
    pub(crate) fn require_own_labels(&self, profile: Profile) -> Result<(), Error> {
        for other in Profile::ALL {
            let labels = other.labels().all();
            let foreign = labels.iter().find(|label| self.0.contains_key(label));
            if let (true, Some(label)) = (other != profile, foreign) {
                return Err(Error::ClaimOfOtherProfile(*label));
            }
        }
        Ok(())
    }

    /// Takes a claim and reads it whole; another type than wanted is an error of the claim.
    fn take<T>(
        &mut self,
        label: i64,
        name: &'static str,
        wanted: &'static str,
        types: &[Type],
        read: impl FnOnce(&mut Reader<'b>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Some(item) = self.0.remove(&label) else {
            return Ok(None);
        };
        let mut reader = Reader::new(item, name);
        if !types.contains(&reader.next_type()?) {
            return Err(Error::ClaimMalformed { name, wanted });
        }
        let value = read(&mut reader)?;
        reader.end()?;
        Ok(Some(value))
    }

    pub(crate) fn text(&mut self, label: i64, name: &'static str) -> Result<Option<String>, Error> {
        let types = [Type::String, Type::StringIndef];
        self.take(label, name, "a text", &types, |reader| {
            reader.text().map(str::to_owned)
        })
    }

    pub(crate) fn bytes(
        &mut self,
        label: i64,
        name: &'static str,
        lengths: RangeInclusive<usize>,
    ) -> Result<Option<HexBytes>, Error> {
        let wanted = match (lengths.start(), lengths.end()) {
            (8, 32) => "8 to 32 bytes",
            (33, 33) => "33 bytes",
            (32, 32) => "32 bytes",
            _ => "32, 48 or 64 bytes",
        };
        let types = [Type::Bytes, Type::BytesIndef];
        let bytes = self.take(label, name, wanted, &types, Reader::bytes)?;
        match bytes {
            Some(bytes) if !lengths.contains(&bytes.len()) => {
                Err(Error::ClaimMalformed { name, wanted })
            }
            bytes => Ok(bytes.map(|bytes| HexBytes(bytes.to_vec()))),
        }
    }

    fn integer(
        &mut self,
        label: i64,
        name: &'static str,
        wanted: &'static str,
    ) -> Result<Option<i64>, Error> {
        const INTEGERS: [Type; 9] = [
            Type::U8,
            Type::U16,
            Type::U32,
            Type::U64,
            Type::I8,
            Type::I16,
            Type::I32,
            Type::I64,
            Type::Int,
        ];
        self.take(label, name, wanted, &INTEGERS, Reader::integer)
    }

    pub(crate) fn challenge(&mut self, label: i64) -> Result<HexBytes, Error> {
        let name = "challenge";
        let challenge = self.bytes(label, name, 32..=64)?;
        let challenge = challenge.ok_or(Error::ClaimMissing(name))?;
        if [32, 48, 64].contains(&challenge.0.len()) {
            Ok(challenge)
        } else {
            Err(Error::ClaimMalformed {
                name,
                wanted: "32, 48 or 64 bytes",
            })
        }
    }

    pub(crate) fn instance_id(&mut self, label: i64) -> Result<HexBytes, Error> {
        /// Type of a UEID that is random or a hash.
        const UEID_RANDOM: u8 = 0x01;
        let name = "instance id";
        let id = self.bytes(label, name, 33..=33)?;
        let id = id.ok_or(Error::ClaimMissing(name))?;
        if id.0.first() == Some(&UEID_RANDOM) {
            Ok(id)
        } else {
            Err(Error::ClaimMalformed {
                name,
                wanted: "a UEID of type 1",
            })
        }
    }

    pub(crate) fn client_id(&mut self, label: i64) -> Result<i32, Error> {
        let (name, wanted) = ("client id", "a number of 32 bits other than 0");
        let id = self.integer(label, name, wanted)?;
        match i32::try_from(id.ok_or(Error::ClaimMissing(name))?) {
            Ok(id) if id != 0 => Ok(id),
            _ => Err(Error::ClaimMalformed { name, wanted }),
        }
    }

    pub(crate) fn lifecycle(&mut self, label: i64) -> Result<SecurityLifecycle, Error> {
        let (name, wanted) = ("security lifecycle", "a state of the specification");
        let value = self.integer(label, name, wanted)?;
        let value = u16::try_from(value.ok_or(Error::ClaimMissing(name))?);
        match value.map(SecurityLifecycle) {
            Ok(lifecycle) if lifecycle.state().is_some() => Ok(lifecycle),
            _ => Err(Error::ClaimMalformed { name, wanted }),
        }
    }

    /// The hardware. In the registered profile it is a certification reference: thirteen digits of
    /// an EAN, a hyphen and five digits (RFC 9783, section 4.2.3).
    pub(crate) fn hardware(&mut self, profile: Profile) -> Result<Option<String>, Error> {
        let name = "hardware";
        let hardware = self.text(profile.labels().hardware, name)?;
        let is_reference = |text: &String| {
            let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            text.split_once('-').is_some_and(|(product, revision)| {
                (product.len(), revision.len()) == (13, 5)
                    && are_digits(product)
                    && are_digits(revision)
            })
        };
        if profile == Profile::Rfc9783 && !hardware.iter().all(is_reference) {
            return Err(Error::ClaimMalformed {
                name,
                wanted: "a certification reference: 13 digits, a hyphen, 5 digits",
            });
        }
        Ok(hardware)
    }

    /// The components, or the word that there are none where the profile has one. In the registered
    /// profile each names its signer (RFC 9783, section 4.4.1).
    pub(crate) fn components(&mut self, profile: Profile) -> Result<Vec<Component>, Error> {
        let labels = profile.labels();
        let name = "software components";
        let wanted = "a list of at least one component";
        let types = [Type::Array, Type::ArrayIndef];
        let components = self.take(labels.software_components, name, wanted, &types, |reader| {
            let count = reader.array()?;
            (0..count).map(|_| Component::read(reader)).collect()
        })?;
        let none = match labels.no_software_measurements {
            Some(label) => self.integer(label, "no software measurements", "the number 1")?,
            None => None,
        };
        match (components, none) {
            (Some(_), Some(_)) => Err(Error::ComponentsContradicted),
            (None, Some(1)) => Ok(Vec::new()),
            (None, Some(_)) => Err(Error::ClaimMalformed {
                name: "no software measurements",
                wanted: "the number 1",
            }),
            (None, None) => Err(Error::ClaimMissing(name)),
            (Some(components), None) if Vec::is_empty(&components) => {
                Err(Error::ClaimMalformed { name, wanted })
            }
            (Some(components), None)
                if profile == Profile::Rfc9783
                    && components.iter().any(|each| each.signer_id.is_none()) =>
            {
                Err(Error::ClaimMissing("signer id"))
            }
            (Some(components), None) => Ok(components),
        }
    }
}
