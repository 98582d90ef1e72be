/*
 * Reading WebAssembly's text format as wasm-dis writes it (one form an item of the module, calls folded): as much as
 * split-engine.mjs needs to move functions from one module to another.
 */

/** A name as the text format writes it. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const HEAD = new RegExp(`^\\(func (${NAME})((?: \\(type [^)]*\\))?(?: \\((?:param|result)[^)]*\\))*)`);
const IMPORT = new RegExp(`^\\(import "[^"]*" "[^"]*" \\(func (${NAME})`);
const CALL = new RegExp(`\\(call (${NAME})`, "g");
const ANY_NAME = new RegExp(NAME, "g");

/** The items of a module, each as its text. */
export function readItems(text) {
  const items = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text.startsWith(";;", at)) at = text.indexOf("\n", at);
    else if (text[at] === "(" && (depth += 1) === 2) begin = at;
    else if (text[at] === ")" && (depth -= 1) === 1) items.push(text.slice(begin, at + 1));
  }
  return items;
}

/** The name of a function with a body, or nothing. */
export const functionName = (item) => HEAD.exec(item)?.[1];

/** The name of an imported function, or nothing. */
export const importedName = (item) => IMPORT.exec(item)?.[1];

/** What a function takes and gives, as an import or a call through the table says it: `(param i32) (result i32)`. */
export function signature(item) {
  const parts = HEAD.exec(item)[2].match(/\((?:param|result)[^)]*\)/g) || [];
  return parts.map((part) => part.replace(/\(param \$\S+ /, "(param ")).join(" ");
}

/** All that an item names, itself included. */
export const namesIn = (item) => new Set(item.match(ANY_NAME));

/** What a segment of the table holds: where it begins, and its functions. */
export function readSegment(item) {
  const [, begin, names] = /^\(elem .*?\(i32\.const (\d+)\) func ([^]*)\)$/.exec(item);
  return { begin: Number(begin), functions: names.match(ANY_NAME) };
}

/**
 * A function with some of its calls going through the table.
 * @param targetOf gives `{ slot, signature }` for a name that is called so, or nothing
 */
export function callThroughTable(item, table, targetOf) {
  const edits = [];
  for (const { 0: call, 1: name, index } of item.matchAll(CALL)) {
    const target = targetOf(name);
    if (!target) continue;
    edits.push({ at: index, until: index + call.length, text: `(call_indirect ${table} ${target.signature}` });
    const end = endOfForm(item, index);
    edits.push({ at: end, until: end, text: ` (i32.const ${target.slot})` });
  }
  edits.sort((a, b) => a.at - b.at);
  const parts = edits.map(({ at, text }, which) => item.slice(which === 0 ? 0 : edits[which - 1].until, at) + text);
  return parts.join("") + item.slice(edits.at(-1)?.until ?? 0);
}

/** Where the form that begins here has its closing bracket. */
function endOfForm(text, begin) {
  let depth = 0;
  for (let at = begin; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && (depth -= 1) === 0) return at;
  }
  throw new Error("a form of the text has no end");
}

function endOfString(text, begin) {
  let at = begin + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Where a function's body begins, behind its locals; nothing for one without a body. */
export function afterLocals(item) {
  const lines = item.split("\n");
  if (lines.length === 1) return undefined;
  let count = 1;
  while (/^\s*\(local /.test(lines[count])) count += 1;
  return lines.slice(0, count).join("\n").length;
}
