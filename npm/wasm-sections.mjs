/*
 * Reading and rewriting sections of a WebAssembly module: imports, exports, and the bodies of functions (WebAssembly core
 * specification, 5.5). What the other sections hold is handed on as it is.
 */

const CUSTOM = 0;
const IMPORTS = 2;
const EXPORTS = 7;
const CODE = 10;
/** Of the name section (appendix 7.4.1): the names of functions. */
const FUNCTION_NAMES = 1;
/** A body without locals that consists of `unreachable` and `end`. */
const TRAP = Buffer.from([3, 0, 0x00, 0x0b]);

/**
 * The module with its imports renamed.
 * @param rename gets module and name of each import, gives `[module, name]`
 */
export function mapImports(wasm, rename) {
  return mapSection(wasm, IMPORTS, (body) => {
    const [count, begin] = readNumber(body, 0);
    const parts = [encodeNumber(count)];
    for (const { module, name, description } of eachImport(body, count, begin)) {
      const [newModule, newName] = rename(module, name);
      parts.push(encodeText(newModule), encodeText(newName), description);
    }
    return Buffer.concat(parts);
  });
}

/** The names of all imports. */
export function readImportNames(wasm) {
  const names = [];
  mapImports(wasm, (module, name) => {
    names.push(name);
    return [module, name];
  });
  return names;
}

/**
 * The module with its exports renamed.
 * @param rename gets a name, gives the new one, or nothing for an export that goes
 */
export function mapExports(wasm, rename) {
  return mapSection(wasm, EXPORTS, (body) => {
    let [count, at] = readNumber(body, 0);
    const kept = [];
    for (; count > 0; count -= 1) {
      const [name, afterName] = readText(body, at);
      const end = readNumber(body, afterName + 1)[1];
      const newName = rename(name);
      if (newName !== undefined) kept.push(Buffer.concat([encodeText(newName), body.subarray(afterName, end)]));
      at = end;
    }
    return Buffer.concat([encodeNumber(kept.length), ...kept]);
  });
}

/**
 * The module with a trap in the place of some functions, which nothing may call any more; wasm-opt then drops what only
 * they reached.
 * @param isDead gets the name of a function
 */
export function trapFunctions(wasm, isDead) {
  const names = readFunctionNames(wasm);
  const imported = countImportedFunctions(wasm);
  return mapSection(wasm, CODE, (body) => {
    let [count, at] = readNumber(body, 0);
    const parts = [encodeNumber(count)];
    for (let index = imported; count > 0; count -= 1, index += 1) {
      const [size, begin] = readNumber(body, at);
      parts.push(isDead(names.get(index) ?? "") ? TRAP : body.subarray(at, begin + size));
      at = begin + size;
    }
    return Buffer.concat(parts);
  });
}

function countImportedFunctions(wasm) {
  let functions = 0;
  mapSection(wasm, IMPORTS, (body) => {
    for (const { description } of eachImport(body, ...readNumber(body, 0))) functions += description[0] === 0 ? 1 : 0;
    return body;
  });
  return functions;
}

function readFunctionNames(wasm) {
  const names = new Map();
  mapSection(wasm, CUSTOM, (body) => {
    let [section, at] = readText(body, 0);
    while (section === "name" && at < body.length) {
      const kind = body[at];
      const [size, begin] = readNumber(body, at + 1);
      if (kind === FUNCTION_NAMES) {
        let [count, from] = readNumber(body, begin);
        for (; count > 0; count -= 1) {
          const [index, afterIndex] = readNumber(body, from);
          const [name, next] = readText(body, afterIndex);
          names.set(index, name);
          from = next;
        }
      }
      at = begin + size;
    }
    return body;
  });
  return names;
}

function mapSection(wasm, wanted, map) {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const kind = wasm[at];
    const [size, begin] = readNumber(wasm, at + 1);
    const end = begin + size;
    if (kind === wanted) {
      const body = map(wasm.subarray(begin, end));
      parts.push(Buffer.from([kind]), encodeNumber(body.length), body);
    } else {
      parts.push(wasm.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function* eachImport(body, count, begin) {
  for (let at = begin; count > 0; count -= 1) {
    const [module, afterModule] = readText(body, at);
    const [name, afterName] = readText(body, afterModule);
    at = skipDescription(body, afterName);
    yield { module, name, description: body.subarray(afterName, at) };
  }
}

/** Past an import's description: a function's type, a table, a memory or a global. */
function skipDescription(body, at) {
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

function encodeText(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([encodeNumber(bytes.length), bytes]);
}

function readText(bytes, at) {
  const [length, begin] = readNumber(bytes, at);
  return [bytes.subarray(begin, begin + length).toString("utf8"), begin + length];
}

/** An unsigned LEB128 number and where it ends (5.2.2). */
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
