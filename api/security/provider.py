"""Signing in by an OpenID Connect provider: authorization code with PKCE, state and nonce.

Nothing is fetched but the configured issuer's description and the addresses that it names, without following redirects.
"""

import base64
import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx2
import jwt
import structlog

from api.errors import NotSignedIn, Unavailable
from api.security.tokens import new_token, same

STATE_SECONDS = 600
_DESCRIPTION_SECONDS = 3600.0
_NETWORK_SECONDS = 10.0
_LEEWAY_SECONDS = 60
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_log = structlog.get_logger("rivershare.provider")


@dataclass(frozen=True)
class ProvedPerson:
    """Whom a provider has recognised. `email` is only there where the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


class Provider:
    """The provider that is configured."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        self.issuer, self.client_id, self._secret = issuer.rstrip("/"), client_id, client_secret
        self._description: tuple[float, dict[str, Any]] | None = None

    def begin(self, return_to: str) -> tuple[str, str]:
        """Where to send the browser, and what it keeps meanwhile: state, nonce and PKCE verifier, signed and short-lived."""
        kept = {"state": new_token(), "nonce": new_token(), "verifier": new_token(), "return_to": return_to}
        challenge = hashlib.sha256(kept["verifier"].encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": return_to,
            "scope": "openid email profile",
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        endpoint = self._address("authorization_endpoint")
        address = f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"
        end = datetime.now(UTC) + timedelta(seconds=STATE_SECONDS)
        return address, jwt.encode({**kept, "exp": end}, self._cookie_key, "HS256")

    def finish(self, code: str, state: str, kept: str | None) -> ProvedPerson:
        """Whom the provider recognised. Raises NotSignedIn where anything does not fit, Unavailable without the provider."""
        try:
            memory = jwt.decode(kept or "", self._cookie_key, ["HS256"], options={"require": ["exp"]})
        except jwt.PyJWTError as error:
            raise _failed("The sign-in was not begun in this browser, or too long ago.") from error
        if not same(state, memory["state"]):
            raise _failed("The sign-in was not begun in this browser.")
        token = self._token(code, memory["verifier"], memory["return_to"])
        return self._proved(token, memory["nonce"])

    @cached_property
    def _cookie_key(self) -> bytes:
        return hashlib.sha256(b"rivershare sign-in " + self._secret.encode()).digest()

    @cached_property
    def _keys(self) -> jwt.PyJWKClient:
        return jwt.PyJWKClient(self._address("jwks_uri"), timeout=_NETWORK_SECONDS)

    def _token(self, code: str, verifier: str, return_to: str) -> str:
        data = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_to, "code_verifier": verifier}
        ways = self._described().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = None
        if "client_secret_basic" in ways:
            auth = (quote(self.client_id, safe=""), quote(self._secret, safe=""))
        else:
            data |= {"client_id": self.client_id, "client_secret": self._secret}
        answer = self._ask("POST", self._address("token_endpoint"), data=data, auth=auth)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise _failed("The provider did not confirm the sign-in.")
        return token

    def _proved(self, token: str, nonce: str) -> ProvedPerson:
        issuer = self._described()["issuer"]
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._keys.get_signing_key_from_jwt(token),
                algorithms=_ALGORITHMS,
                audience=self.client_id,
                issuer=issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise _unavailable(error) from error
        except jwt.PyJWTError as error:
            _log.warning("id token refused", reason=str(error))
            raise _failed("What the provider sent is not valid.") from error
        if not same(str(claims["nonce"]), nonce) or claims.get("azp", self.client_id) != self.client_id:
            raise _failed("What the provider sent is not for this sign-in.")
        email, told = claims.get("email"), claims.get("email_verified")
        verified = isinstance(email, str) and (told is True or told == "true")
        return ProvedPerson(issuer, str(claims["sub"]), str(email).lower() if verified else None)

    def _described(self) -> dict[str, Any]:
        if self._description is None or self._description[0] < time.monotonic():
            described = self._ask("GET", f"{self.issuer}/.well-known/openid-configuration")
            if str(described.get("issuer", "")).rstrip("/") != self.issuer:
                raise _unavailable(ValueError("The provider describes another issuer."))
            self._description = (time.monotonic() + _DESCRIPTION_SECONDS, described)
        return self._description[1]

    def _address(self, name: str) -> str:
        """An address that the provider describes: HTTPS, or HTTP of the same host where the issuer is at HTTP itself."""
        address = str(self._described().get(name, ""))
        place, home = urlsplit(address), urlsplit(self.issuer)
        usual = place.scheme == "https" and bool(place.hostname)
        if not usual and (place.scheme, place.netloc) != (home.scheme, home.netloc):
            raise _unavailable(ValueError(f"The provider's {name} is no usable address."))
        return address

    def _ask(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        try:
            with httpx2.Client(timeout=_NETWORK_SECONDS, follow_redirects=False) as client:
                answer = client.request(method, address, headers={"Accept": "application/json"}, **more)
            content = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise _unavailable(error) from error
        if 400 <= answer.status_code < 500 and method == "POST":
            raise _failed("The provider did not confirm the sign-in.")
        if answer.status_code != 200 or not isinstance(content, dict):
            raise _unavailable(ValueError(f"The provider answered {answer.status_code}."))
        return content


def _failed(detail: str) -> NotSignedIn:
    return NotSignedIn(detail, remedy="Begin to sign in again.")


def _unavailable(error: Exception) -> Unavailable:
    _log.warning("provider", reason=str(error))
    return Unavailable("The provider for signing in cannot be used.", headers={"Retry-After": "30"})
