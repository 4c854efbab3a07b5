// Fetches what pages add to the main module. `cargo xtask` fills in the parts and exports a function for each: the main
// module calls it with what it wants to hear the outcome with.
import { initSync } from "./overture.js";

const FILES = __FILES__;
const fetched = new Map();

function add(file) {
    if (!fetched.has(file)) {
        const added = WebAssembly.instantiateStreaming(
            fetch(new URL(`./${file}.wasm`, import.meta.url)),
            { __wasm_split: initSync() },
        );
        // What failed may succeed the next time.
        added.catch(() => fetched.delete(file));
        fetched.set(file, added);
    }
    return fetched.get(file);
}

function load(part) {
    return async (callback, data) => {
        const outcomes = await Promise.allSettled(FILES[part].map(add));
        const whole = outcomes.every(({ status }) => status === "fulfilled");
        initSync().__indirect_function_table.get(callback)(data, whole);
    };
}
