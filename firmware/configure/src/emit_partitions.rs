// SPDX-License-Identifier: Apache-2.0
//! The partitions as Rust: one file that a reader can take for documentation.
//!
//! The macro `firmware::secure_image!` includes it where `Board` and `Configured` are in scope. The
//! manifests name the type and the first state of each partition.
//!
//! As a client each partition has a type of its own, which leads to the partitions that it
//! depends on and to no others: the compiler sees that calls have no cycles.

use crate::manifest::VersionPolicy;
use crate::partitions::{Partition, Service};
use crate::problems::Problems;
use std::fmt::Write as _;

/// The text of `partitions.rs`.
///
/// # Errors
/// A manifest does not name the partition in Rust.
pub fn table(partitions: &[Partition]) -> Result<String, Problems> {
    let mut problems = Problems::default();
    for partition in partitions.iter().filter(|one| one.rust.is_none()) {
        let Partition { manifest, .. } = partition;
        problems.add(format!(
            "{manifest}: `rust_type` or `rust_state` is missing: type and first state of the \
             partition in Rust, for example \"my_partition::State\" and \"my_partition::State::new()\""
        ));
    }
    problems.or(())?;
    let ids: Vec<_> = partitions
        .iter()
        .map(|one| format!("{}::ID", one.module))
        .collect();
    let each = |emit: fn(&Partition) -> String| partitions.iter().map(emit).collect::<String>();
    let mut text = format!(
        "// Generated from the manifests; `cargo xtask config --partitions` shows the same.\n\
         \n\
         #[allow(unused_imports)] // for the first states that manifests name\n\
         use firmware::Board as _;\n\
         use firmware::PartitionCell;\n\
         use firmware::psa::{{ClientId, Status}};\n\
         use firmware::spm::{{Call, Partitions, SecureClient, Service, ServiceTable}};\n\
         use firmware::spm::{{Spm, System, VersionPolicy}};\n\
         \n\
         /// The state of every partition.\n\
         pub struct Services {{\n{fields}}}\n\
         \n\
         impl Services {{\n\
         {i1}/// Every partition in its first state, with what the board has for them.\n\
         {i1}#[allow(unused_variables)] // not every profile has storage\n\
         {i1}const fn new(areas: firmware::Areas<Board>) -> Self {{\n\
         {i2}Self {{\n{states}{i2}}}\n\
         {i1}}}\n\
         }}\n\
         \n\
         impl ServiceTable for Services {{\n\
         {i1}const SERVICES: &'static [Service] = &[\n{services}{i1}];\n\
         {i1}const IDS: &'static [ClientId] = &[{ids}];\n\
         }}\n\
         \n\
         impl<S: System<Partitions = Self>> Partitions<S> for Services {{\n\
         {i1}#[inline(always)] // the call is built where the partition takes it\n\
         {i1}fn deliver(&self, partition: u8, call: Call<'_, S>) -> Status {{\n\
         {i2}match partition {{\n{arms}\
         {i3}_ => Status::PROGRAMMER_ERROR,\n\
         {i2}}}\n\
         {i1}}}\n\
         \n\
         {i1}fn init(&self, partition: u8, spm: &Spm<S>) -> Status {{\n\
         {i2}match partition {{\n{inits}\
         {i3}_ => Status::PROGRAMMER_ERROR,\n\
         {i2}}}\n\
         {i1}}}\n\
         }}\n",
        fields = each(field),
        states = each(state),
        services = each(services),
        arms = each(|partition| arm("self", partition)),
        inits = each(init),
        ids = ids.join(", "),
        i1 = indent(1),
        i2 = indent(2),
        i3 = indent(3),
    );
    for (index, partition) in partitions.iter().enumerate() {
        text.push_str(&identity(index, partition));
        text.push_str(&client(partitions, partition));
    }
    Ok(text)
}

fn indent(levels: usize) -> String {
    "    ".repeat(levels)
}

fn field(partition: &Partition) -> String {
    let (module, [kind, _]) = (&partition.module, rust(partition));
    format!("    {module}: PartitionCell<{kind}>,\n")
}

fn state(partition: &Partition) -> String {
    let (module, [_, state]) = (&partition.module, rust(partition));
    let indent = indent(3);
    format!("{indent}{module}: PartitionCell::new({state}),\n")
}

/// Type and first state.
fn rust(partition: &Partition) -> [&str; 2] {
    let rust = partition.rust.as_ref();
    rust.map_or(["", ""], |[kind, state]| [kind, state])
}

/// The arm that hands a call to a partition of the table in `variable`.
fn arm(variable: &str, partition: &Partition) -> String {
    let (module, indent) = (&partition.module, indent(3));
    format!(
        "{indent}{module}::INDEX => call.serve::<{module}::Client, _>({variable}.{module}.borrow()),\n"
    )
}

fn init(partition: &Partition) -> String {
    let (module, indent) = (&partition.module, indent(3));
    format!(
        "{indent}{module}::INDEX => spm.init_partition::<{module}::Client, _>(self.{module}.borrow()),\n"
    )
}

/// What a partition is for those whose services it calls.
fn client(all: &[Partition], partition: &Partition) -> String {
    let needs = |other: &&Partition| {
        let mut services = other.services.iter();
        services.any(|service| {
            partition
                .dependencies
                .iter()
                .any(|(_, sid)| *sid == service.sid)
        })
    };
    let arms: String = all
        .iter()
        .filter(needs)
        .map(|other| arm("partitions", other))
        .collect();
    let module = &partition.module;
    let (i1, i2, i3) = (indent(1), indent(2), indent(3));
    let mut text = format!(
        "\nimpl<S: System<Partitions = Services>> SecureClient<S> for {module}::Client {{\n\
         {i1}const ID: ClientId = {module}::ID;\n\
         {i1}const DEPENDENCIES: &'static [u32] = {module}::DEPENDENCIES;\n"
    );
    if !arms.is_empty() {
        let _ = write!(
            text,
            "\n{i1}#[inline(always)] // as above\n\
             {i1}fn deliver(partitions: &Services, partition: u8, call: Call<'_, S>) -> Status {{\n\
             {i2}match partition {{\n{arms}\
             {i3}_ => Status::CONNECTION_REFUSED,\n\
             {i2}}}\n\
             {i1}}}\n"
        );
    }
    text + "}\n"
}

fn services(partition: &Partition) -> String {
    let service = |service| one_service(partition, service);
    partition.services.iter().map(service).collect()
}

fn one_service(partition: &Partition, service: &Service) -> String {
    let policy = match service.version_policy {
        VersionPolicy::Strict => "Strict",
        VersionPolicy::Relaxed => "Relaxed",
    };
    let lines = [
        format!("sid: {},", sid(service.sid)),
        format!("version: {},", service.version),
        format!("version_policy: VersionPolicy::{policy},"),
        format!("non_secure_clients: {},", service.non_secure_clients),
        format!("connection_based: {},", service.stateless_handle.is_none()),
        format!("mapped_vectors: {},", service.mapped_vectors),
        format!(
            "stateless_handle: {},",
            service.stateless_handle.unwrap_or(0)
        ),
        format!("partition: {}::INDEX,", partition.module),
    ];
    let mut text = format!(
        "{0}// {1} of {2}\n{0}Service {{\n",
        indent(2),
        service.name,
        partition.name
    );
    for line in lines {
        let _ = writeln!(text, "{}{line}", indent(3));
    }
    text + &indent(2) + "},\n"
}

fn identity(index: usize, partition: &Partition) -> String {
    let Partition {
        module,
        manifest,
        name,
        id,
        ..
    } = partition;
    let stack = partition
        .stack_bytes
        .map_or("unsaid".into(), |bytes| bytes.to_string());
    let mut dependencies = String::from("&[]");
    if !partition.dependencies.is_empty() {
        dependencies = "&[\n".into();
        for (service, id) in &partition.dependencies {
            let _ = writeln!(dependencies, "        {}, // {service}", sid(*id));
        }
        dependencies.push_str("    ]");
    }
    format!(
        "\n/// {name}, from {manifest}: {kind}, priority {priority}, stack {stack}.\n\
         pub mod {module} {{\n    \
         use super::ClientId;\n\
         \n    \
         /// Its place in the table; partitions are initialised in this order.\n    \
         pub const INDEX: u8 = {index};\n    \
         /// Its client id when it calls a service.\n    \
         pub const ID: ClientId = ClientId::new({id});\n    \
         /// The ids of the services that it may call.\n    \
         pub const DEPENDENCIES: &[u32] = {dependencies};\n    \
         /// It as a client of others.\n    \
         pub enum Client {{}}\n\
         }}\n",
        kind = partition.partition_type.word(),
        priority = partition.priority.word(),
    )
}

/// A service id as the tables of FF-M write it.
fn sid(sid: u32) -> String {
    format!("{:#06x}_{:04x}", sid >> 16, sid & 0xFFFF)
}

#[cfg(test)]
mod tests;
