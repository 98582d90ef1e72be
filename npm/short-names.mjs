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
    const [size, begin] = number(wasm, at + 1);
    const end = begin + size;
    const body = wasm.subarray(begin, end);
    if (kind === IMPORTS) parts.push(section(kind, imports(body, short)));
    else if (kind === EXPORTS) parts.push(section(kind, exports(body, short)));
    else parts.push(wasm.subarray(at, end));
    at = end;
  }
  return { wasm: Buffer.concat(parts), glue: rename(glue, names) };
}

function imports(body, short) {
  let [count, at] = number(body, 0);
  const parts = [leb(count)];
  for (; count > 0; count -= 1) {
    const [module, afterModule] = text(body, at);
    const [name, afterName] = text(body, afterModule);
    const end = afterImport(body, afterName);
    parts.push(named(module), named(short(name)), body.subarray(afterName, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Past an import's description: a function's type, a table, a memory or a global. */
function afterImport(body, at) {
  const limits = (from) => {
    const [flags, minimum] = number(body, from);
    const [, after] = number(body, minimum);
    return flags & 1 ? number(body, after)[1] : after;
  };
  switch (body[at]) {
    case 0:
      return number(body, at + 1)[1];
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

function exports(body, short) {
  let [count, at] = number(body, 0);
  const parts = [leb(count)];
  for (; count > 0; count -= 1) {
    const [name, afterName] = text(body, at);
    const end = number(body, afterName + 1)[1];
    parts.push(named(HASHED.test(name) ? short(name) : name), body.subarray(afterName, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function rename(glue, names) {
  for (const [long, short] of names) {
    const found = glue.split(new RegExp(`\\b${long}\\b`));
    if (found.length < 2) throw new Error(`the glue does not know ${long}`);
    glue = found.join(short);
  }
  return glue;
}

function section(kind, body) {
  return Buffer.concat([Buffer.from([kind]), leb(body.length), body]);
}

function named(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([leb(bytes.length), bytes]);
}

function text(bytes, at) {
  const [length, begin] = number(bytes, at);
  return [bytes.subarray(begin, begin + length).toString("utf8"), begin + length];
}

/** An unsigned LEB128 number and where it ends (WebAssembly core specification, 5.2.2). */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value += (bytes[at] & 127) * 2 ** shift;
    if (bytes[at] < 128) return [value, at + 1];
  }
}

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}
