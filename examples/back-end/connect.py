"""What a back end does beside the widget, in Python with PyJWT (Debian: python3-jwt, python3-cryptography): it mints a
session, checks what the success page received, redeems it, and then reads and ends connections. What it is told by itself
is in webhook.py. Run by hand: python3 connect.py mint|check|redeem|list|company|call|disconnect …, with the three settings
in the environment."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

import jwt

CONNECT = os.environ["CONNECT_URL"]  # the Connect server's public_url
WIDGET_ID = os.environ["CONNECT_WIDGET_ID"]
SECRET_KEY = os.environ["CONNECT_SECRET_KEY"]  # never in a page, never in a repository

# Fetches the public keys and keeps them for an hour.
public_keys = jwt.PyJWKClient(f"{CONNECT}/.well-known/jwks.json", lifespan=3600)

# A token counts once. With several processes, keep this where all of them see it.
seen = {}


def mint_session(**request):
    """Makes a session for whoever is signed in at your site; sessionToken goes to the page, visitId stays with you."""
    return ask("POST", "/v2/sessions", request)


def redeem(connection_token, idempotency_key):
    """Takes a token in: once, and only with your secret key. Repeated with the same key, it answers the same."""
    return ask(
        "POST",
        "/v2/connections/redeem",
        {"connectionToken": connection_token},
        {"idempotency-key": idempotency_key},
    )


def check(connection_token, state):
    """Checks a token without asking the server (beside its public keys). `state` is what you kept with this visitor when
    you minted their session. Gives the token's claims."""
    if jwt.get_unverified_header(connection_token).get("typ") != "connection+jwt":
        raise ValueError("not a connectionToken")
    key = public_keys.get_signing_key_from_jwt(connection_token).key
    claims = jwt.decode(
        connection_token,
        key,
        algorithms=["EdDSA"],
        audience=WIDGET_ID,
        issuer=CONNECT,
        options={"require": ["exp", "iat", "jti"]},
    )
    if not state or claims.get("state") != state:
        raise ValueError("the state is not this visitor's")
    take_once(claims)
    return claims


def list_connections(business_uuid, offset=0):
    """The connections of a business, oldest first: at most 100 from the offset on."""
    query = urlencode({"businessUuid": business_uuid, "offset": offset})
    page = ask("GET", f"/v2/connections?{query}")
    return page["data"] if page else []


def company(connection_id):
    """The company that a connection is to."""
    return ask("GET", f"{path_of(connection_id)}/company")


def call_service(connection_id, path):
    """Reads from the connected service. The path is what its documentation has, `invoices?page=1`, and never a visitor's
    text."""
    return ask("GET", f"{path_of(connection_id)}/proxy/{path}")


def disconnect(connection_id):
    """Ends a connection, whose tokens are forgotten. The widget offers to connect it again."""
    return ask("PUT", "/v2/connections/disconnect", {"connectionId": connection_id})


def take_once(claims):
    now = time.time()
    for token_id in [token_id for token_id, end in seen.items() if end <= now]:
        del seen[token_id]
    if claims["jti"] in seen:
        raise ValueError("was taken already")
    seen[claims["jti"]] = claims["exp"]


def path_of(connection_id):
    return f"/v2/connections/{quote(connection_id, safe='')}"


# Behind /proxy/, an error without the header Railz-Proxy-Error is the service's own.
def ask(method, path, body=None, headers=None):
    request = urllib.request.Request(
        CONNECT + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {SECRET_KEY}", "content-type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return None if answer.status == 204 else json.load(answer)
    except urllib.error.HTTPError as error:
        if "/proxy/" in path and "railz-proxy-error" not in error.headers:
            raise ValueError(f"the service answered with status {error.code}") from error
        message = json.load(error)["error"]["message"]
        raise ValueError(message if isinstance(message, str) else " ".join(message)) from error


def main(name, *given):
    if name == "mint":
        return mint_session(**dict(zip(("businessName", "state", "successUrl"), given)))
    if name == "check":
        state, *tokens = given
        return [check(token, state) for token in tokens]
    commands = {
        "redeem": redeem,
        "list": list_connections,
        "company": company,
        "call": call_service,
        "disconnect": disconnect,
    }
    return commands[name](*given)


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except (ValueError, jwt.PyJWTError) as error:
        sys.exit(str(error))
