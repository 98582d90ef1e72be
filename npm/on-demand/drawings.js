/*
 * The few things that the drawings in the instructions are made of, in a field of 320 by as much as is needed. A drawing
 * is plain data: the engine knows lines and words and nothing else. No drawing shows a service's own page; they show
 * where on it to look.
 */

const box = (x, y, width, height) => `M${x} ${y}h${width}v${height}h${-width}z`;

const line = (part, path) => ({ part, path });
const words = (part, x, y, text) => ({ part, x: String(x), y: String(y), text });

const ROW = 34;

/**
 * A form with a title and rows; `here` marks the row to look at, `tick` a box that is to be ticked.
 *
 * @param {string} description for people who do not see it
 * @param {string} title
 * @param {{ label: string, value?: string, here?: boolean, tick?: boolean }[]} rows
 * @param {string} [button] the button to press when done
 */
export function form(description, title, rows, button) {
  const height = 40 + rows.length * ROW + (button ? 38 : 6);
  const shapes = [
    line("sheet", box(8, 6, 304, height - 12)),
    words("title", 20, 27, title),
    ...rows.flatMap((row, index) => drawnRow(row, 38 + index * ROW)),
  ];
  if (button) {
    const y = height - 40;
    shapes.push(line("fill", box(20, y, 86, 24)), words("press", 32, y + 16, button));
  }
  return { height: String(height), description, shapes };
}

function drawnRow({ label, value = "", here = false, tick = false }, y) {
  const part = here ? "here" : "sheet";
  const told = here ? "told" : "";
  if (tick) {
    const ticked = here ? [line("", `M23 ${y + 13}l4 4 6 -8`)] : [];
    return [line(part, box(20, y + 5, 16, 16)), ...ticked, words(told, 46, y + 17, label)];
  }
  const inside = value ? [words(told, 156, y + 18, value)] : [line("blank", box(156, y + 11, 60, 5))];
  return [words(told, 20, y + 18, label), line(part, box(148, y + 2, 152, 24)), ...inside];
}

/**
 * A list with columns; the row and the column to look at are marked.
 *
 * @param {string} description for people who do not see it
 * @param {string} title
 * @param {string[]} columns up to three
 * @param {string[][]} rows
 * @param {{ row: number, column: number }} here
 */
export function list(description, title, columns, rows, here) {
  const height = 70 + rows.length * 28;
  const wide = 288 / columns.length;
  const left = (column) => 16 + column * wide;
  const shapes = [
    line("sheet", box(8, 6, 304, height - 12)),
    words("title", 20, 27, title),
    ...columns.map((column, index) => words("", left(index) + 6, 48, column)),
    ...rows.flatMap((row, index) => {
      const y = 56 + index * 28;
      const cells = row.map((cell, column) => {
        const marked = here.row === index && here.column === column;
        return words(marked ? "told" : "", left(column) + 6, y + 16, cell);
      });
      return [line("", `M16 ${y}h288`), ...cells];
    }),
    line("here", box(left(here.column) + 1, 57 + here.row * 28, wide - 2, 25)),
  ];
  // The mark lies under the words.
  shapes.splice(1, 0, shapes.pop());
  return { height: String(height), description, shapes };
}
