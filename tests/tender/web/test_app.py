"""What every page promises: headers, cookies, hosts, limits, languages, and failures as pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tender.web.security import POLICY

HOME = "https://localhost"


def test_every_answer_carries_the_guards(client: FlaskClient) -> None:
    """Pages, looks and failures alike."""
    for path in ("/", "/documents/", "/looks/web.css", "/no-such", "/fails"):
        headers = client.get(path, base_url=HOME).headers
        assert headers["Content-Security-Policy"] == POLICY, path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
    assert client.get("/", base_url=HOME).headers["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    """No wildcard, no inline, no eval, no host."""
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_no_page_has_inline_style_or_script(client: FlaskClient) -> None:
    """The policy would block them silently."""
    for path in ("/documents/", "/no-such", "/fails"):
        html = client.get(path, base_url=HOME).text
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", html), path


def test_the_cookie_is_never_weakened(client: FlaskClient) -> None:
    """Also on plain http: a browser that does not trust the address drops it, instead of sending it in the clear."""
    for base in (HOME, "http://127.0.0.1:8080"):
        cookie = client.get("/documents/?lang=sv", base_url=base).headers["Set-Cookie"]
        assert cookie.startswith("__Host-valinta=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b"])
def test_a_wrong_host_is_refused(client: FlaskClient, host: str) -> None:
    """Names that somebody else's address leads here by."""
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text or not host.strip()


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:9"])
def test_the_own_machine_is_known(client: FlaskClient, host: str) -> None:
    """With any port."""
    assert client.get("/documents/", headers={"Host": host}).status_code == 200


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    """In the visitor's language, and nothing ran."""
    answer = client.post("/form", data={"a": "b"}, base_url=HOME, headers={"Accept-Language": "sv"})
    assert answer.status_code == 400
    assert "Begäran kunde inte tas emot" in answer.text


def test_a_form_from_another_site_is_refused(app: Flask) -> None:
    """By what the browser says, even where the token would do."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    for site, status in (("cross-site", 400), ("same-site", 400), ("same-origin", 200), ("none", 200)):
        answer = client.post("/form", data={"a": "b"}, base_url=HOME, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status, site


def test_too_much_is_refused(app: Flask) -> None:
    """A body, a field, fields without end, and headers."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    bodies = [b"a=" + b"x" * (12 * 1024 * 1024 + 1), b"a=" + b"x" * 1_000_001]
    for body in bodies:
        answer = client.post("/form", data=body, content_type="application/x-www-form-urlencoded", base_url=HOME)
        assert answer.status_code == 413
    many = {f"f{number}": "1" for number in range(301)}
    assert client.post("/form", data=many, content_type="multipart/form-data", base_url=HOME).status_code == 413
    assert client.get("/", base_url=HOME, headers={"X-Long": "x" * 20_000}).status_code == 431


def test_a_failure_tells_nothing_of_the_inside(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """No traceback and no words of the error; the log has them."""
    answer = client.get("/fails", base_url=HOME)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "a page failed" in caplog.text


def test_a_full_disk_is_507(client: FlaskClient) -> None:
    """And says that nothing earlier was lost."""
    answer = client.get("/full", base_url=HOME, headers={"Accept-Language": "en"})
    assert answer.status_code == 507
    assert "What was saved before is safe" in answer.text


@pytest.mark.parametrize(("language", "said"), [("fi", "Asiakirjat"), ("sv", "Handlingar"), ("en", "Documents")])
def test_pages_speak_the_chosen_language(client: FlaskClient, language: str, said: str) -> None:
    """The choice is kept; a browser's wish is followed before it."""
    assert said in client.get("/documents/", base_url=HOME, headers={"Accept-Language": language}).text
    client.get(f"/?lang={language}", base_url=HOME)
    html = client.get("/documents/", base_url=HOME, headers={"Accept-Language": "de"}).text
    assert f'<html lang="{language}">' in html
    assert f"<h1>{said}</h1>" in html


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    """No cookie is set for it."""
    answer = client.get("/?lang=<script>", base_url=HOME)
    assert answer.status_code == 302
    assert "Set-Cookie" not in answer.headers


def test_the_draft_notice_stands_on_every_page(client: FlaskClient) -> None:
    """Failures too (A2)."""
    for path in ("/documents/", "/no-such", "/fails"):
        html = client.get(path, base_url=HOME, headers={"Accept-Language": "en"}).text
        assert "do not bind the buyer in the actual procurement procedure" in html, path


def test_documents_are_shown_from_the_drafts_only(folder: Path, client: FlaskClient) -> None:
    """By name, with a policy under which they can do nothing; nothing else of the folder is reached."""
    (folder / "draft").mkdir()
    (folder / "draft" / "call-for-tenders.fi.html").write_text("<p>luonnos</p>", encoding="utf-8")
    (folder / "draft" / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "private").mkdir(exist_ok=True)
    (folder / "private" / "seed.fi.json").write_text("secret", encoding="utf-8")
    assert "/documents/call-for-tenders.fi.html" in client.get("/documents/?lang=fi", base_url=HOME).text
    shown = client.get("/documents/call-for-tenders.fi.html", base_url=HOME)
    assert shown.text == "<p>luonnos</p>"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    for name in ("../private/seed.fi.json", "..%2fprivate%2fseed.fi.json", "%2e%2e/tender.toml", "manifest.json",
                 "..\\private\\seed.fi.json", "no-such.fi.pdf", "a.fi.exe", "con.fi.pdf"):  # fmt: skip
        answer = client.get(f"/documents/{name}", base_url=HOME)
        assert answer.status_code in {400, 404}, name
        assert "secret" not in answer.text


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, client: FlaskClient) -> None:
    """A symbolic link among the drafts."""
    (folder / "draft").mkdir()
    (folder / "draft" / "x.fi.json").symlink_to(folder / "tender.toml")
    assert client.get("/documents/x.fi.json", base_url=HOME).status_code == 400
