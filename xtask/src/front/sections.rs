//! WebAssembly modules, section by section.

use std::collections::HashSet;

use anyhow::Result;
use wasm_encoder::{
    DataCountSection, DataSection, ExportKind, ExportSection, Module, RawSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What the exports of [`keep_in_main`] are called, before a number.
const KEPT: &str = "__kept_in_main_";

/// The module with the named functions exported, which keeps them in the main module when it is split, and without the
/// exports of an earlier call.
pub(super) fn keep_in_main(module: &[u8], functions: &HashSet<String>) -> Result<Vec<u8>> {
    let kept = names(module)?.into_iter().filter(|(_, name)| functions.contains(name));
    let kept: Vec<u32> = kept.map(|(index, _)| index).collect();
    rewritten(module, |payload, copy| {
        let Payload::ExportSection(section) = payload else { return Ok(false) };
        let mut exports = ExportSection::new();
        for export in section.clone() {
            let export = export?;
            if !export.name.starts_with(KEPT) {
                exports.export(export.name, RoundtripReencoder.export_kind(export.kind)?, export.index);
            }
        }
        for index in &kept {
            exports.export(&format!("{KEPT}{index}"), ExportKind::Func, *index);
        }
        copy.section(&exports);
        Ok(true)
    })
}

/// The module with the other's data too. Both have their places in the same memory.
pub(super) fn add_data(module: &[u8], other: &[u8]) -> Result<Vec<u8>> {
    let mut data = DataSection::new();
    for bytes in [module, other] {
        for payload in Parser::new(0).parse_all(bytes) {
            if let Payload::DataSection(section) = payload? {
                RoundtripReencoder.parse_data_section(&mut data, section)?;
            }
        }
    }
    rewritten(module, |payload, copy| {
        match payload {
            Payload::DataCountSection { .. } => copy.section(&DataCountSection { count: data.len() }),
            Payload::DataSection(_) => copy.section(&data),
            _ => return Ok(false),
        };
        Ok(true)
    })
}

/// The names of the functions that the module has itself.
pub(super) fn defined_functions(module: &[u8]) -> Result<Vec<String>> {
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(names(module)?.into_iter().filter(|(index, _)| *index >= imported).map(|(_, name)| name).collect())
}

/// How many bytes the module's own functions have.
pub(super) fn code_size(module: &[u8]) -> Result<usize> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionStart { size, .. } = payload? {
            return Ok(usize::try_from(size)?);
        }
    }
    Ok(0)
}

/// The names of all functions, by their numbers.
fn names(module: &[u8]) -> Result<Vec<(u32, String)>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(subsections) = section.as_known() else { continue };
        for subsection in subsections {
            let Name::Function(functions) = subsection? else { continue };
            for naming in functions {
                let naming = naming?;
                names.push((naming.index, naming.name.to_owned()));
            }
        }
    }
    Ok(names)
}

/// A copy of the module with those sections that `rewrite` has not written itself.
fn rewritten(module: &[u8], rewrite: impl Fn(&Payload, &mut Module) -> Result<bool>) -> Result<Vec<u8>> {
    let mut copy = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if rewrite(&payload, &mut copy)? {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            copy.section(&RawSection {
                id,
                data: &module[usize::try_from(range.start)?..usize::try_from(range.end)?],
            });
        }
    }
    Ok(copy.finish())
}
