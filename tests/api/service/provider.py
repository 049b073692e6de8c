"""An OpenID Connect provider on loopback, for tests. It can be told to misbehave."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "rivershare", "a secret / of the service's"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProvider:
    """What the provider believes of whoever signs in, and the requests that it got."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.claims: dict[str, Any] = {"sub": "248289", "email": "Ada@example.org", "email_verified": True}
        self.description: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
        }
        self.key = KEY
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def authorize(self, address: str) -> dict[str, str]:
        """Somebody signs in where the service has sent them; returns what their browser is sent back with."""
        place = urlsplit(address)
        assert f"{place.scheme}://{place.netloc}{place.path}" == f"{self.issuer}/authorize"
        query = dict(parse_qsl(place.query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def token(self, authorization: str, form: dict[str, list[str]]) -> dict[str, Any]:
        """The answer of the token endpoint."""
        query = self.codes.pop(form["code"][0], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        expected = base64.b64encode(b"rivershare:a%20secret%20%2F%20of%20the%20service%27s").decode()
        known = authorization == f"Basic {expected}"
        if query is None or not known or challenge != query["code_challenge"] or form["redirect_uri"][0] != query["redirect_uri"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": query["nonce"], **self.claims}
        return {"id_token": jwt.encode(told, self.key, "RS256", headers={"kid": "first"}), "token_type": "Bearer"}


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _send(self, content: Any, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def do_GET(self) -> None:
            provider.asked.append(self.path)
            public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
            known = {
                "/.well-known/openid-configuration": provider.description,
                "/keys": {"keys": [{**public, "kid": "first", "use": "sig", "alg": "RS256"}]},
            }
            self._send(known.get(self.path, {}), 200 if self.path in known else 404)

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            answer = provider.token(self.headers["authorization"], form)
            self._send(answer, 400 if "error" in answer else 200)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """A running provider."""
    provider = FakeProvider("")
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider)) as server:
        provider.__init__(f"http://127.0.0.1:{server.server_port}")  # type: ignore[misc]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield provider
        server.shutdown()
