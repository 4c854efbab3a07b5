//! Empties functions that the browser never calls but whose addresses are taken, so that no linker can drop them.
//!
//! Leptos keeps for every erased view what takes it over from the server's markup step by step, waiting between the
//! steps, and for every erased attribute what takes it over from a template. `frontend` takes the page over in one go,
//! and nothing here uses templates: that is an eighth of the module. The idea is `wasm-snip`'s (rustwasm), which knows
//! nothing of the relocations that the splitter needs.

use std::{collections::HashSet, ops::Range};

use anyhow::{Result, ensure};
use rustc_demangle::demangle;
use wasm_encoder::{CustomSection, Encode};
use wasmparser::{BinaryReader, Parser, Payload, RelocSectionReader};

use super::sections;

/// What the functions are called, whatever they belong to. Their closures are meant too, and nothing else that is inside
/// them: another function may have the same inside, and the compiler keeps one of the two under either name.
const NEVER_CALLED: [&str; 3] = ["hydrate_async", "hydrate_from_template", "new_with_async_value_erased"];

/// Shorter functions stay for the same reason: they are alike by chance.
const SHORT: usize = 64;

/// The relocations of code, as linkers call their section.
const RELOCATIONS: &str = "reloc.CODE";

/// The module with those functions as traps. Nothing moves, so that what points into the code still does.
///
/// # Errors
/// When there is no such function: then Leptos has changed, and this file has to.
pub(super) fn snip(module: &[u8]) -> Result<Vec<u8>> {
    let bodies = never_called(module)?;
    ensure!(!bodies.is_empty(), "no function of the browser's half is called {}", NEVER_CALLED.join(" or "));
    let mut snipped = module.to_vec();
    for body in &bodies {
        let code = &mut snipped[body.clone()];
        let last = code.len() - 1;
        // No locals, `unreachable`, and `nop` up to the `end`.
        code[..2].copy_from_slice(&[0, 0]);
        code[2..last].fill(1);
    }
    without_relocations(&snipped, &bodies)
}

/// Where the bodies of the functions are.
fn never_called(module: &[u8]) -> Result<Vec<Range<usize>>> {
    let names = sections::names(module)?;
    let named: HashSet<u32> =
        names.into_iter().filter(|(_, name)| is_never_called(name)).map(|(index, _)| index).collect();
    let mut index = sections::imported_functions(module)?;
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload? {
            let range = sections::place(body.range())?;
            if range.len() > SHORT && named.contains(&index) {
                found.push(range);
            }
            index += 1;
        }
    }
    Ok(found)
}

fn is_never_called(mangled: &str) -> bool {
    let name = format!("{:#}", demangle(mangled));
    let function = function(&name);
    NEVER_CALLED.iter().any(|never| function.strip_suffix(never).is_some_and(|path| path.ends_with("::")))
}

/// The function that a name, without its hash, says: without types it is for (`::<…>`), and for a closure in it
/// (`::{{closure}}` or, in newer names, `::{closure#0}`) the function around.
fn function(name: &str) -> &str {
    let inner = match name.chars().next_back() {
        Some('}') => name.rfind("::{"),
        Some('>') => generics(name),
        _ => None,
    };
    inner.map_or(name, |at| function(&name[..at]))
}

/// Where the `::<…>` at the end of a name begins.
fn generics(name: &str) -> Option<usize> {
    let mut depth = 0;
    let opening = name.char_indices().rev().find(|(at, character)| {
        match character {
            // Not those of `Fn() -> T`.
            '>' if !name[..*at].ends_with('-') => depth += 1,
            '<' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    opening.and_then(|(at, _)| name[..at].ends_with("::").then(|| at - 2))
}

/// The module without the relocations of these places.
fn without_relocations(module: &[u8], places: &[Range<usize>]) -> Result<Vec<u8>> {
    let code = sections::code_start(module)?;
    let is_gone = |offset: usize| places.iter().any(|place| place.contains(&(code + offset)));
    sections::rewritten(module, |payload, copy| {
        let Payload::CustomSection(section) = payload else { return Ok(false) };
        if section.name() != RELOCATIONS {
            return Ok(false);
        }
        let data = kept(section.data(), |offset| !is_gone(offset))?;
        copy.section(&CustomSection { name: RELOCATIONS.into(), data: data.into() });
        Ok(true)
    })
}

/// A section of relocations with those whose offset, from the start of what they are for, passes.
fn kept(section: &[u8], passes: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    let reader = RelocSectionReader::new(BinaryReader::new(section, 0))?;
    let mut starts = Vec::new();
    for entry in reader.entries().into_iter_with_offsets() {
        let (start, entry) = entry?;
        starts.push((usize::try_from(start)?, usize::try_from(entry.offset)?));
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([section.len()]);
    let kept: Vec<&[u8]> = starts
        .iter()
        .zip(ends)
        .filter(|((_, offset), _)| passes(*offset))
        .map(|((start, _), end)| &section[*start..end])
        .collect();
    let mut data = Vec::new();
    reader.section_index().encode(&mut data);
    u32::try_from(kept.len())?.encode(&mut data);
    data.extend(kept.concat());
    Ok(data)
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use wasm_encoder::{
        CodeSection, CustomSection, Encode, Function, FunctionSection, Module, NameMap, NameSection,
        TypeSection,
    };
    use wasmparser::{BinaryReader, Operator, Parser, Payload, RelocSectionReader};

    use super::{RELOCATIONS, function, is_never_called, sections, snip};

    const LONG: usize = 80;

    /// Two long functions with a relocation each, at the beginning of its body.
    fn module(first: &str, second: &str) -> Result<Vec<u8>> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut functions, mut code, mut named) =
            (FunctionSection::new(), CodeSection::new(), NameMap::new());
        for (index, name) in [(0, first), (1, second)] {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..LONG {
                body.instructions().i32_const(1).drop();
            }
            body.instructions().end();
            code.function(&body);
            named.append(index, name);
        }
        let mut names = NameSection::new();
        names.functions(&named);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        // Their number, then each with its length before it, in two bytes, and no locals.
        let length = 1 + LONG * 3 + 1;
        let starts = [1 + 2, 1 + 2 + length + 2];
        // Of the third section, two: their kind, where, and of which symbol.
        let mut relocations = vec![2, 2];
        for (symbol, start) in (0_u8..).zip(starts) {
            relocations.push(0);
            u32::try_from(start + 1)?.encode(&mut relocations);
            relocations.push(symbol);
        }
        module.section(&CustomSection { name: RELOCATIONS.into(), data: relocations.into() });
        module.section(&names);
        Ok(module.finish())
    }

    #[test]
    fn the_functions_and_their_closures_are_never_called_and_what_they_have_inside_is() {
        let closure = "28_$u7b$$u7b$closure$u7d$$u7d$";
        for (name, expected) in [
            ("_ZN6tachys4view13hydrate_async17h0123456789abcdefE".to_owned(), true),
            (format!("_ZN6tachys4view13hydrate_async{closure}{closure}17h0123456789abcdefE"), true),
            (format!("_ZN6tachys4view13hydrate_async{closure}4prep17h0123456789abcdefE"), false),
            ("_ZN4core37drop_in_place$LT$view..hydrate_async$GT$17h0123456789abcdefE".to_owned(), false),
            ("_ZN6tachys4view15my_hydrate_async17h0123456789abcdefE".to_owned(), false),
            ("_ZN6tachys4view7hydrate17h0123456789abcdefE".to_owned(), false),
        ] {
            assert_eq!(is_never_called(&name), expected, "{name}");
        }
    }

    #[test]
    fn the_function_is_found_in_names_of_either_kind() {
        for (name, expected) in [
            ("<T as any::IntoAny>::into_any::hydrate_async", "<T as any::IntoAny>::into_any::hydrate_async"),
            ("a::hydrate_async::{{closure}}::{{closure}}", "a::hydrate_async"),
            ("a::hydrate_async::<b::C<d::E>>::{closure#0}", "a::hydrate_async"),
            ("a::hydrate_async::<dyn Fn() -> b::C>::{closure#1}::{closure#0}", "a::hydrate_async"),
            ("a::hydrate_async::{closure#0}::prep", "a::hydrate_async::{closure#0}::prep"),
            ("<a::B<c::hydrate_async>>", "<a::B<c::hydrate_async>>"),
            ("", ""),
        ] {
            assert_eq!(function(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_never_called_becomes_a_trap_without_relocations_and_nothing_moves() -> Result<()> {
        let before = module("_ZN1v13hydrate_async17h0123456789abcdefE", "_ZN1v7hydrate17h0123456789abcdefE")?;
        let after = snip(&before)?;
        assert_eq!(sections::code_start(&after)?, sections::code_start(&before)?);
        assert_eq!(sections::code_size(&after)?, sections::code_size(&before)?);
        let (mut first, mut relocated) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&after) {
            match payload? {
                Payload::CodeSectionEntry(body) => {
                    first.push(matches!(body.get_operators_reader()?.read()?, Operator::Unreachable));
                }
                Payload::CustomSection(section) if section.name() == RELOCATIONS => {
                    for entry in RelocSectionReader::new(BinaryReader::new(section.data(), 0))?.entries() {
                        relocated.push(entry?.index);
                    }
                }
                _ => {}
            }
        }
        assert_eq!(first, [true, false]);
        assert_eq!(relocated, [1]);
        Ok(())
    }

    #[test]
    fn a_module_without_them_is_refused() -> Result<()> {
        assert!(
            snip(&module("_ZN1v5build17h0123456789abcdefE", "_ZN1v7hydrate17h0123456789abcdefE")?).is_err()
        );
        Ok(())
    }
}
