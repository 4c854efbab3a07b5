//! WebAssembly modules, section by section.

use std::{collections::HashSet, ops::Range};

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
    let imported = imported_functions(module)?;
    Ok(names(module)?.into_iter().filter(|(index, _)| *index >= imported).map(|(_, name)| name).collect())
}

/// How many functions the module has from elsewhere. They are numbered before its own.
pub(super) fn imported_functions(module: &[u8]) -> Result<u32> {
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(imported)
}

/// How many bytes the module's own functions have.
pub(super) fn code_size(module: &[u8]) -> Result<usize> {
    let found = code_section(module)?;
    Ok(found.map_or(0, |(_, size)| size))
}

/// Where the section of the module's own functions starts, whose number it has first.
pub(super) fn code_start(module: &[u8]) -> Result<usize> {
    let found = code_section(module)?;
    Ok(found.map_or(0, |(start, _)| start))
}

fn code_section(module: &[u8]) -> Result<Option<(usize, usize)>> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionStart { range, size, .. } = payload? {
            return Ok(Some((usize::try_from(range.start)?, usize::try_from(size)?)));
        }
    }
    Ok(None)
}

/// A place as the parser has it, for indexing.
pub(super) fn place(range: Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// The names of all functions, by their numbers.
pub(super) fn names(module: &[u8]) -> Result<Vec<(u32, String)>> {
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
pub(super) fn rewritten(
    module: &[u8],
    rewrite: impl Fn(&Payload, &mut Module) -> Result<bool>,
) -> Result<Vec<u8>> {
    let mut copy = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if rewrite(&payload, &mut copy)? {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            copy.section(&RawSection { id, data: &module[place(range)?] });
        }
    }
    Ok(copy.finish())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use anyhow::Result;
    use wasm_encoder::{
        CodeSection, ConstExpr, DataCountSection, DataSection, Function, FunctionSection, MemorySection,
        MemoryType, Module, NameMap, NameSection, TypeSection,
    };
    use wasmparser::{Parser, Payload};

    use super::{add_data, code_size, defined_functions, keep_in_main};

    /// A module with a function `only` and a byte of data.
    fn module(byte: u8) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut memories = MemorySection::new();
        let memory64 = false;
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64,
            shared: false,
            page_size_log2: None,
        });
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(byte.into()), [byte]);
        let mut named = NameMap::new();
        named.append(0, "only");
        let mut names = NameSection::new();
        names.functions(&named);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories).section(&super::ExportSection::new());
        module.section(&DataCountSection { count: 1 }).section(&code).section(&data).section(&names);
        module.finish()
    }

    fn exports(module: &[u8]) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::ExportSection(section) = payload? {
                for export in section {
                    names.push(export?.name.to_owned());
                }
            }
        }
        Ok(names)
    }

    #[test]
    fn functions_are_kept_and_let_go() -> Result<()> {
        let whole = module(7);
        assert_eq!(defined_functions(&whole)?, ["only"]);
        let kept = keep_in_main(&whole, &HashSet::from(["only".to_owned()]))?;
        assert_eq!(exports(&kept)?, ["__kept_in_main_0"]);
        assert_eq!(keep_in_main(&kept, &HashSet::new())?, whole);
        Ok(())
    }

    #[test]
    fn data_moves_from_one_module_to_the_other() -> Result<()> {
        let both = add_data(&module(7), &module(9))?;
        let mut bytes = Vec::new();
        for payload in Parser::new(0).parse_all(&both) {
            match payload? {
                Payload::DataCountSection { count, .. } => assert_eq!(count, 2),
                Payload::DataSection(section) => {
                    for data in section {
                        bytes.extend_from_slice(data?.data);
                    }
                }
                _ => {}
            }
        }
        assert_eq!(bytes, [7, 9]);
        assert!(code_size(&both)? > 0);
        Ok(())
    }
}
