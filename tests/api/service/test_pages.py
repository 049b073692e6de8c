"""The service's own pages: served from its own files, under a policy that lets nothing else in."""

import re

import pytest

from tests.api.service.house import House


@pytest.mark.parametrize("path", ["/", "/sign-in", "/plans/any", "/set-password", "/signing-in", "/docs"])
def test_a_page_takes_everything_from_the_service_itself(house: House, path: str) -> None:
    page = house.client().get(path)
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert links
    for link in links:
        assert link.startswith("/"), link
        if not link.startswith("/v1/"):
            assert house.client().get(link).status_code == 200, link


def test_no_page_has_a_script_inside(house: House) -> None:
    for path in ("/", "/set-password", "/signing-in", "/docs"):
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=", house.client().get(path).text)


def test_only_the_pages_files_are_served(house: House) -> None:
    for name in ("pages.py", "..%2fapp.py", "page.py"):
        assert house.client().get(f"/assets/{name}").status_code == 404


def test_a_part_of_the_page_is_kept_for_ever_and_any_other_name_is_not_found(house: House) -> None:
    script = re.search(r'src="(/page/[^"]+)"', house.client().get("/").text)
    assert script
    assert "immutable" in house.client().get(script[1]).headers["cache-control"]
    for name in ("none.js", "a" * 300 + ".js", "%00.js", "..%2findex.html", ".js"):
        assert house.client().get(f"/page/{name}").status_code == 404


def test_answers_are_compressed_for_those_who_can_read_it(house: House) -> None:
    plain = house.client(**{"Accept-Encoding": "identity"}).get("/v1/openapi.json")
    small = house.client(**{"Accept-Encoding": "gzip"}).get("/v1/openapi.json")
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers.get("content-length", 0)) < len(plain.content)
