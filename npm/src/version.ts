/*
 * The package's version, put in by build.mjs from package.json. It is part of the key under which a page keeps
 * its one engine (load-engine.ts), so that two versions on a page never share one.
 */
declare const __RAILZ_CONNECT_VERSION__: string;

export const VERSION: string = __RAILZ_CONNECT_VERSION__;
