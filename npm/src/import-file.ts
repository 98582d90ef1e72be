/*
 * Imports a file of the package so that it can be asked for again: browsers remember that a module could not be had
 * (Firefox; the others before whatwg/html#10327), and join a fetch that hangs, so each further try has another address.
 */

/** How often each address was tried in vain. */
const failures: Record<string, number> = {};

/**
 * The module at an address.
 * @param address where it is, as far as is known: a bundler may have given it another name
 * @param named how it is imported by the name it was built with; also tried once more where the other address fails
 * @param anew whether what was imported before is of no use any more
 */
export async function importFile<T>(
  address: string,
  named: () => Promise<T> = () => import(address),
  anew?: boolean,
): Promise<T> {
  const before = (failures[address] || 0) + (anew ? 1 : 0);
  // Until it has come.
  failures[address] = before + 1;
  const module = await (before
    ? (import(`${address}?retry=${before}`) as Promise<T>).catch(named)
    : named());
  failures[address] = before;
  return module;
}
