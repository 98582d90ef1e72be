/*
 * The one option that is checked before the engine is loaded: without a place to draw in, loading it would be
 * for nothing. Everything else is checked in Rust, in one place.
 */
import { ConfigError } from "./config-error.js";
import { isGiven } from "./given.js";

const HTML = "http://www.w3.org/1999/xhtml";

/**
 * The element to draw in.
 * @throws ConfigError when `options.parentElement` is not an HTML element of a page that a window shows: those in a
 *   `<template>` are of none.
 */
export function requireParentElement(options: unknown): HTMLElement {
  return requireElement(parentElementOf(options));
}

/**
 * An element of the page that a dialog is opened in: `options.parentElement`, which stays where it is, or the body.
 * @throws ConfigError when `options.parentElement` is there and not as `mount` needs it, or the page has no body yet, as a
 *   script in its head finds it.
 */
export function elementOfPage(options: unknown): HTMLElement {
  const given = parentElementOf(options);
  return requireElement(isGiven(given) ? given : (document.body || document.documentElement));
}

function parentElementOf(options: unknown): unknown {
  return (options as { parentElement?: unknown } | null | undefined)?.parentElement;
}

function requireElement(given: unknown): HTMLElement {
  const isElement = isHtmlElement(given);
  if (isElement && given.ownerDocument.defaultView && given.ownerDocument.body) return given;
  throw new ConfigError({
    option: "parentElement",
    received: isElement ? "in a document without a window or <body>" : describe(given),
    expected: 'an HTML element of the page, such as document.getElementById("connect")',
  });
}

// By its properties and not by `instanceof`: an element of another frame has another HTMLElement class.
function isHtmlElement(value: unknown): value is HTMLElement {
  const node = value as Partial<HTMLElement> | null | undefined;
  return node?.nodeType === 1 && node.namespaceURI === HTML;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === "object") return Object.prototype.toString.call(value);
  return `a ${typeof value}`;
}
