// Whether a webhook is the Connect server's, with Node alone (docs/webhooks.md, "Verifying"). Run by hand:
// node webhook.mjs <webhook-id> <webhook-timestamp> <webhook-signature>, with the body at standard input and the secret in
// CONNECT_WEBHOOK_SECRET.
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

/** The event in a delivery of the last five minutes. `headers` are Node's, `body` is the raw body as a Buffer. */
export function verifyWebhook(headers, body, secret, now = Date.now() / 1000) {
  if (!secret?.startsWith("whsec_")) throw new Error("not a webhook's secret");
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signatures = "" } = headers;
  if (!(Math.abs(now - Number(time)) <= 5 * 60)) throw new Error("not of the last five minutes");
  const hmac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"));
  const expected = hmac.update(`${id}.${time}.`).update(body).digest();
  // Two of them while a secret is being replaced.
  const fits = signatures.split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!fits) throw new Error("the signature does not fit");
  return JSON.parse(body); // Its `id` may come again: keep it for a day, and pass over what you have seen.
}

if (import.meta.filename === process.argv[1]) {
  const [id, time, signature] = process.argv.slice(2);
  const headers = { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature };
  try {
    console.log(JSON.stringify(verifyWebhook(headers, readFileSync(0), process.env.CONNECT_WEBHOOK_SECRET)));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
