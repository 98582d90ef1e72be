/*
 * The package's version, put in by build.mjs from package.json. It is part of the key under which a page keeps
 * its one engine (load-engine.ts), so that two versions on a page never share one. And the build, made from the content of
 * the engine's two files and of the modules of npm/on-demand: by it the loader, the glue and the engine know that they belong
 * together. Of the modules only the one of labels carries it (load-labels.ts); a server has all of them under names that do
 * (server-files.mjs).
 */
declare const __RAILZ_CONNECT_VERSION__: string;
declare const __RAILZ_CONNECT_BUILD__: string;

export const VERSION: string = __RAILZ_CONNECT_VERSION__;
export const BUILD: string = __RAILZ_CONNECT_BUILD__;
