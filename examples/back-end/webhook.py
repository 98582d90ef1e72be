"""Whether a webhook is the Connect server's, in Python alone (docs/webhooks.md, "Verifying"). Run by hand: python3 webhook.py
<webhook-id> <webhook-timestamp> <webhook-signature>, with the body at standard input and the secret in
CONNECT_WEBHOOK_SECRET."""

import base64
import hmac
import json
import os
import sys
import time


def verify_webhook(headers, body, secret):
    """The event in a delivery of the last five minutes. The headers' names are in small letters, the body is raw bytes."""
    if not secret.startswith("whsec_"):
        raise ValueError("not a webhook's secret")
    sent = headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) > 5 * 60:
        raise ValueError("not of the last five minutes")
    signed = f"{headers.get('webhook-id', '')}.{sent}.".encode() + body
    digest = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, "sha256")
    expected = b"v1," + base64.b64encode(digest)
    # Two of them while a secret is being replaced.
    given = headers.get("webhook-signature", "").encode().split(b" ")
    if not any(hmac.compare_digest(one, expected) for one in given):
        raise ValueError("the signature does not fit")
    return json.loads(body)  # Its `id` may come again: keep it for a day, and pass over what you have seen.


if __name__ == "__main__":
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    try:
        secret_text = os.environ.get("CONNECT_WEBHOOK_SECRET", "")
        print(json.dumps(verify_webhook(dict(zip(names, sys.argv[1:])), sys.stdin.buffer.read(), secret_text)))
    except ValueError as refusal:
        sys.exit(str(refusal))
