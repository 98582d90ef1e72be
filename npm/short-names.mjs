/*
 * Short names for what the engine and its glue call each other. wasm-bindgen's names are long and end in hashes, which do
 * not compress: they were 5 kB of the 150 that a page may pay. Only names that stand for nothing outside these two files
 * are shortened: all imports of the engine, and those of its exports that end in a hash.
 */

const IMPORTS = 2;
const EXPORTS = 7;
const HASHED = /_?_h?[0-9a-f]{16}$/;

/** The engine and its glue with short names. */
export function shortenNames(wasm, glue) {
  const names = new Map();
  const short = (name) => {
    if (!names.has(name)) names.set(name, `i${names.size.toString(36)}`);
    return names.get(name);
  };
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const kind = wasm[at];
    const [size, begin] = readNumber(wasm, at + 1);
    const end = begin + size;
    const body = wasm.subarray(begin, end);
    if (kind === IMPORTS) parts.push(encodeSection(kind, renameImports(body, short)));
    else if (kind === EXPORTS) parts.push(encodeSection(kind, renameExports(body, short)));
    else parts.push(wasm.subarray(at, end));
    at = end;
  }
  return { wasm: Buffer.concat(parts), glue: renameInGlue(glue, names) };
}

function renameImports(body, short) {
  let [count, at] = readNumber(body, 0);
  const parts = [encodeNumber(count)];
  for (; count > 0; count -= 1) {
    const [module, afterModule] = readText(body, at);
    const [name, afterName] = readText(body, afterModule);
    const end = skipImport(body, afterName);
    parts.push(encodeText(module), encodeText(short(name)), body.subarray(afterName, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Past an import's description: a function's type, a table, a memory or a global. */
function skipImport(body, at) {
  const limits = (from) => {
    const [flags, minimum] = readNumber(body, from);
    const [, after] = readNumber(body, minimum);
    return flags & 1 ? readNumber(body, after)[1] : after;
  };
  switch (body[at]) {
    case 0:
      return readNumber(body, at + 1)[1];
    case 1:
      return limits(at + 2);
    case 2:
      return limits(at + 1);
    case 3:
      return at + 3;
    default:
      throw new Error(`an import of the unknown kind ${body[at]}`);
  }
}

function renameExports(body, short) {
  let [count, at] = readNumber(body, 0);
  const parts = [encodeNumber(count)];
  for (; count > 0; count -= 1) {
    const [name, afterName] = readText(body, at);
    const end = readNumber(body, afterName + 1)[1];
    parts.push(encodeText(HASHED.test(name) ? short(name) : name), body.subarray(afterName, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function renameInGlue(glue, names) {
  for (const [long, short] of names) {
    const found = glue.split(new RegExp(`\\b${long}\\b`));
    if (found.length < 2) throw new Error(`the glue does not know ${long}`);
    glue = found.join(short);
  }
  return glue;
}

function encodeSection(kind, body) {
  return Buffer.concat([Buffer.from([kind]), encodeNumber(body.length), body]);
}

function encodeText(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([encodeNumber(bytes.length), bytes]);
}

function readText(bytes, at) {
  const [length, begin] = readNumber(bytes, at);
  return [bytes.subarray(begin, begin + length).toString("utf8"), begin + length];
}

/** An unsigned LEB128 number and where it ends (WebAssembly core specification, 5.2.2). */
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value += (bytes[at] & 127) * 2 ** shift;
    if (bytes[at] < 128) return [value, at + 1];
  }
}

function encodeNumber(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}
