//! The files of `pkg`, under names that change with their contents, so that browsers may keep them for ever.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{copy, fingerprint};
use crate::front::Front;

/// Writes the files and returns what the server has to know of their names: the lines of `hash.txt`.
pub(super) fn fill(package: &Path, front: &Front, css: String) -> Result<String> {
    let mut hashes = String::new();
    let mut write = |stem: &str, ending: &str, kind: &str, bytes: &[u8]| -> Result<()> {
        let print = fingerprint::of(&[bytes]);
        fs::write(package.join(format!("{stem}.{print}.{ending}")), bytes)?;
        hashes.push_str(&format!("{kind}: {print}\n"));
        Ok(())
    };
    write("overture", "css", "css", css.as_bytes())?;
    write("overture", "wasm", "wasm", &read(front, "overture.wasm")?)?;
    let (mut loader, mut parts) = (text(front, Front::LOADER)?, text(front, Front::PARTS)?);
    for part in front.parts()? {
        let bytes = read(front, &format!("{part}.wasm"))?;
        let named = format!("{part}.{}", fingerprint::of(&[&bytes]));
        fs::write(package.join(format!("{named}.wasm")), bytes)?;
        for list in [&mut loader, &mut parts] {
            *list = list.replace(&format!("\"{part}\""), &format!("\"{named}\""));
        }
    }
    write("__wasm_split_manifest", "json", "manifest", parts.as_bytes())?;
    // The two scripts import each other, so they share one name for both contents.
    let main = text(front, "overture.js")?;
    let print = fingerprint::of(&[main.as_bytes(), loader.as_bytes()]);
    let main_name = format!("overture.{print}.js");
    let loader_name = format!("__wasm_split.{print}.js");
    fs::write(package.join(&main_name), imported(&main, Front::LOADER, &loader_name))?;
    fs::write(package.join(&loader_name), imported(&loader, "overture.js", &main_name))?;
    hashes.push_str(&format!("js: {print}\nsplit: {print}\n"));
    let snippets = front.folder.join("snippets");
    if snippets.exists() {
        copy(&snippets, &package.join("snippets"))?;
    }
    Ok(hashes)
}

/// The script with its import under another name. What it hands to the module is still called as before.
fn imported(script: &str, name: &str, named: &str) -> String {
    script.replace(&format!("from \"./{name}\""), &format!("from \"./{named}\""))
}

fn read(front: &Front, name: &str) -> Result<Vec<u8>> {
    fs::read(front.folder.join(name)).with_context(|| format!("the browser's half was built without {name}"))
}

fn text(front: &Front, name: &str) -> Result<String> {
    String::from_utf8(read(front, name)?).with_context(|| format!("{name} is no text"))
}

#[cfg(test)]
mod tests {
    use super::imported;

    #[test]
    fn imports_are_renamed_and_names_the_module_knows_are_not() {
        let script = "import * as a from \"./x.js\"\nconst imports = { \"./x.js\": a };";
        assert_eq!(
            imported(script, "x.js", "x.1f.js"),
            "import * as a from \"./x.1f.js\"\nconst imports = { \"./x.js\": a };"
        );
    }
}
