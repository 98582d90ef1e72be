/*
 * The host's own words, where it has some: fetched beside the engine (npm/src/load-labels.ts), which is handed what it has read.
 * The numbers of words belong to one build's engine, so this file says of which it is (npm/build.mjs).
 */
export { readLabels } from "./label-words.js";

export const build = __RAILZ_CONNECT_BUILD__;
