/*
 * Which server a script's address stands for.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { MODULES, NPM, without } from "./helpers/dist.mjs";

const options = { skip: without("esbuild") };

async function load() {
  const { build } = createRequire(join(MODULES, "_"))("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(NPM, "src", "find-endpoints.ts")],
    bundle: true,
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

for (const [address, server] of [
  ["https://connect.example/widget/railz-connect.js", "https://connect.example"],
  ["https://connect.example/widget/railz-connect.mjs", "https://connect.example"],
  ["http://connect.localhost:8081/widget/railz-connect.js", "http://connect.localhost:8081"],
  ["https://example.com/a/b/widget/railz-connect.js", "https://example.com/a/b"],
  ["https://connect.example/widget/railz-connect.js?v=1#x", "https://connect.example"],
  ["https://user:word@connect.example/widget/railz-connect.js", "https://connect.example"],
  ["https://cdn.example/railz-connect.js", undefined],
  ["https://cdn.example/railz-connect@0.1.0/dist/railz-connect.js", undefined],
  ["https://cdn.example/mywidget/railz-connect.js", undefined],
  ["https://cdn.example/widget/railz-connect.js/more", undefined],
  ["https://cdn.example/x.js?/widget/railz-connect.js", undefined],
  ["file:///srv/widget/railz-connect.js", undefined],
  ["", undefined],
]) {
  test(`${address || "an unknown address"} stands for ${server ?? "no server"}`, options, async () => {
    const { findEndpoints } = await load();
    assert.deepEqual(findEndpoints(address, null), server === undefined ? {} : { scriptEndpoint: server });
  });
}

test("data-endpoint is passed on as it stands, and an empty one is none", options, async () => {
  const { findEndpoints } = await load();
  assert.deepEqual(findEndpoints("", "https://connect.example/x"), { dataEndpoint: "https://connect.example/x" });
  assert.deepEqual(findEndpoints("", ""), {});
});
