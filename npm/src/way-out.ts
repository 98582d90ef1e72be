/*
 * The way out of a page that cannot show the widget: a link to the hosted page, if the host has one (`hostedUrl`), else whom to
 * tell. Nothing is fetched for it, since the page may let nothing be fetched.
 */
import { ConfigError } from "./config-error.js";
import { readAddress } from "./session-request.js";
import type { BaseOptions } from "./types.js";
import { ON_ITS_OWN_PAGE, WHOM_TO_TELL } from "./words.js";

type Options = Pick<BaseOptions, "hostedUrl"> | null | undefined;

/** @throws ConfigError when `hostedUrl` is there, and is neither an http(s) address nor a function. */
export function checkHostedUrl(options: Options): void {
  const given = options?.hostedUrl;
  if (typeof given === "function") return;
  try {
    readAddress(given);
  } catch {
    throw new ConfigError({
      option: "hostedUrl",
      received: `the text ${JSON.stringify(String(given).slice(0, 40))}`,
      expected: "an http(s) address, or a function that gives one",
    });
  }
}

/** Adds the way out to a sentence that says why there is no widget. */
export async function addWayOut(notice: HTMLElement, options: Options): Promise<void> {
  let address = "";
  try {
    const given = options?.hostedUrl;
    address = readAddress(await (typeof given === "function" ? given() : given));
  } catch (fault) {
    console.error("RailzConnect: hostedUrl gave no address.", fault);
  }
  if (address) {
    const link = notice.ownerDocument.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener";
    link.append(ON_ITS_OWN_PAGE);
    notice.append(" ", link);
  } else notice.append(WHOM_TO_TELL);
}
