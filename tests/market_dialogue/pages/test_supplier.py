"""The respondent's way without scripts: in by link and code, through the questions, to a receipt that proves itself."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from market_dialogue.pages import sending
from tender.model.answers import Channel, Mark
from tender.record import Publicity, Record
from tender.record.dialogue import Disposition
from tender.web.links import revoke_link
from tests.market_dialogue.pages.conftest import HOME, LATE, World, no_room

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def test_the_whole_way(world: World) -> None:
    """Every kind of question, a mark, a file's worth of context, and one event on the record."""
    browser = world.browser(world.link("Tuottaja Oy"))
    browser.write("q1", text="Hinta on [[12 €|hinnoittelu]].\r\nToinen rivi.")
    browser.write("q8", low="1 000", high="1 500")
    browser.write("q9", choice="b", text="700 riittää")
    browser.write("q11", number="1400")
    browser.write("q10", **{"cell-0-0": "1", "cell-0-1": "55 €"})
    browser.send(business_id="0737546-2", contact="Maija Malli")
    assert browser.at == "/answers/receipt/1", browser.html
    answer = world.state.answers[0].said.answer
    assert (answer.respondent, answer.channel, answer.received_at) == ("Tuottaja Oy", Channel.WEB, world.now)
    assert (answer.business_id, answer.contact) == ("0737546-2", "Maija Malli")
    replies = answer.replies
    assert replies["q1"].text == "Hinta on 12 €.\nToinen rivi."
    assert replies["q1"].marks == (Mark(9, 13, "hinnoittelu"),)
    assert (replies["q8"].low, replies["q8"].high, replies["q8"].number) == (Decimal(1000), Decimal(1500), None)
    assert (replies["q9"].choices, replies["q9"].text) == (("b",), "700 riittää")
    assert replies["q11"].number == Decimal(1400)
    assert replies["q10"].rows == (("1", "55 €"),)
    assert set(replies) == {"q1", "q8", "q9", "q10", "q11"}


def test_the_receipt_proves_itself(world: World) -> None:
    """The SHA-256 on the page is that of the file beside it, and of the record."""
    browser = world.browser(world.link())
    browser.write("q1", text="Jotain")
    browser.send()
    proof = browser.client.get("/answers/receipt/1/answer.json", base_url=HOME)
    digest = hashlib.sha256(proof.data).hexdigest()
    assert digest in browser.html
    assert digest == world.state.answers[0].said.digest
    assert world.state.answers[0].event.hash in browser.html
    assert "attachment" in proof.headers["Content-Disposition"]


def test_opening_a_link_opens_nothing(world: World) -> None:
    """Mail scanners open every address; only the code, sent from the page, lets in."""
    made = world.link()
    browser = world.browser()
    for _ in range(20):
        browser.get(f"/answer/{made.token}")
        assert browser.status == 200
    browser.get("/answers/check")
    assert browser.status == 403
    browser.enter(made)
    assert browser.get("/answers/check")
    assert browser.status == 200


def test_a_code_cannot_be_tried_out(world: World) -> None:
    """Five wrong ones close the door, for the right one too, until the pause is over; other links are not touched."""
    made, other = world.link(), world.link("Toinen Oy")
    browser = world.browser()
    for guess in range(5):
        browser.post(f"/answer/{made.token}", code=f"99999{guess}")
        assert browser.status == 403
    browser.post(f"/answer/{made.token}", code=made.code)
    assert browser.status == 429
    world.browser(other)
    world.now += timedelta(minutes=15)
    world.browser(made)


def test_a_code_is_not_tried_out_at_once(world: World) -> None:
    """Guesses that come together count one by one."""
    made = world.link()

    def guess(number: int) -> int:
        browser = world.browser()
        browser.post(f"/answer/{made.token}", code=f"{number:06d}")
        return browser.status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(700_000, 700_016)))
    assert statuses.count(403) <= 12  # at most five, and those that were on their way together
    assert statuses.count(200) == 0
    assert statuses.count(429) >= 4


@pytest.mark.parametrize("code", ["", "123", "１２３４５６", "0" * 500, "' OR 1=1 --", "\x00"])
def test_a_code_that_is_none_is_refused(world: World, code: str) -> None:
    """With the page of the door, not a failure."""
    browser = world.browser()
    browser.post(f"/answer/{world.link().token}", code=code)
    assert browser.status == 403
    assert 'name="code"' in browser.html


def test_an_unknown_link_looks_like_a_known_one(world: World) -> None:
    """Nobody learns which addresses exist."""
    made, browser = world.link(), world.browser()
    known = browser.get(f"/answer/{made.token}").replace(made.token, "X")
    unknown = browser.get("/answer/nobody").replace("nobody", "X")
    mask = browser.hidden()["csrf_token"]
    assert len(known) == len(unknown) or mask
    assert browser.post("/answer/nobody", code="123456").count("problem") > 0
    assert browser.status == 403


def test_a_revoked_link_ends_its_sessions(world: World) -> None:
    """At the next page."""
    made = world.link()
    browser = world.browser(made)
    browser.get("/answers/check")
    assert browser.status == 200
    revoke_link(world.site.desk, made.link.id, world.now)
    browser.get("/answers/check")
    assert browser.status == 403


def test_a_session_ends_after_twelve_hours(world: World) -> None:
    """The draft stays, and the link opens again."""
    made = world.link()
    browser = world.browser(made)
    browser.write("q1", text="Säilyy")
    world.now += timedelta(hours=12, seconds=1)
    browser.get("/answers/question/q1")
    assert browser.status == 403
    assert "Säilyy" in world.browser(made).get("/answers/question/q1")


def test_nobody_sees_anothers(world: World) -> None:
    """Neither drafts, nor receipts, nor answers; without a session nothing at all."""
    one, two = world.browser(world.link("Yksi Oy")), world.browser(world.link("Kaksi Oy"))
    one.write("q1", text="Yhden asia")
    one.send()
    for path in ("/answers/receipt/1", "/answers/receipt/1/answer.json"):
        two.get(path)
        assert two.status == 404
    for path in ("/answers/question/q1", "/answers/sent", "/answers/check", "/answers/draft.json"):
        assert "Yhden asia" not in two.get(path)
        stranger = world.browser()
        stranger.get(path)
        assert stranger.status == 403, path


def test_markup_in_every_box_is_text(world: World) -> None:
    """On the question, check, receipt and own pages, and in the name of the respondent and of a file."""
    browser = world.browser(world.link(f"{EVIL} Oy"))
    browser.write("q1", text=EVIL)
    browser.write("q8", low=EVIL, text=EVIL)
    browser.write("q10", **{"cell-0-0": EVIL, "cell-0-1": EVIL})
    pages = [browser.get(f"/answers/question/{q}") for q in ("q1", "q8", "q10")]
    pages += [browser.get("/"), browser.get("/answers/check"), browser.send(business_id=EVIL, contact=EVIL)]
    browser.write("q8", low="")
    pages += [browser.send(business_id="", contact=EVIL), browser.get("/answers/sent")]
    assert world.state.answers
    for html in pages:
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "onerror=alert(1)>" not in html.replace("&gt;", "")
        assert "49" not in html.split("{{7*7}}")[0][-3:]


def test_two_windows_do_not_overwrite(world: World) -> None:
    """Both texts are shown; saving again decides."""
    made = world.link()
    one, two = world.browser(made), world.browser(made)
    for browser in (one, two):
        browser.get("/answers/question/q1")
    one.press("/answers/question/q1", do="save", text="Ensimmäinen")
    two.press("/answers/question/q1", do="save", text="Toinen")
    assert two.status == 409
    assert "Ensimmäinen" in two.html
    assert "Toinen" in two.html
    assert "Ensimmäinen" in one.get("/answers/question/q1")
    two.press("/answers/question/q1", do="save", text="Toinen")
    assert two.status == 200
    assert "Toinen" in one.get("/answers/question/q1")


def test_a_draft_that_changed_meanwhile_is_not_sent(world: World) -> None:
    """What is sent is what was seen."""
    made = world.link()
    one, two = world.browser(made), world.browser(made)
    one.write("q1", text="Nähty")
    one.get("/answers/check")
    two.write("q1", text="Muutettu")
    one.press("/answers/check", do="send")
    assert one.status == 409
    assert "Muutettu" in one.html
    assert world.state.answers == ()


def test_pressing_twice_is_one_answer(world: World) -> None:
    """One after the other, at once, and after the desk lost its note."""
    made = world.link()
    browser = world.browser(made)
    browser.write("q1", text="Kerran")
    browser.get("/answers/check")
    screens = [world.browser(made) for _ in range(6)]
    for screen in screens:
        screen.get("/answers/check")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda screen: screen.press("/answers/check", do="send"), screens))
    assert {screen.at for screen in screens} == {"/answers/receipt/1"}
    world.site.desk.write("DELETE FROM sent")
    browser.press("/answers/check", do="send")
    assert browser.at == "/answers/receipt/1"
    assert len(world.state.answers) == 1


def test_going_back_to_old_words_is_a_new_answer(world: World) -> None:
    """The last word must be the last event."""
    browser = world.browser(world.link())
    for words in ("A", "B", "A"):
        browser.write("q1", text=words)
        browser.send()
    assert [one.said.answer.replies["q1"].text for one in world.state.answers] == ["A", "B", "A"]
    assert len({one.said.answer.id for one in world.state.answers}) == 3


def test_the_servers_clock_closes(world: World) -> None:
    """The last moment counts, one second later does not; the draft stays and can be taken along."""
    made = world.link()
    browser = world.browser(made)
    browser.write("q1", text="Viime hetkellä")
    browser.get("/answers/check")
    world.now = LATE
    browser.enter(made)
    browser.get("/answers/check")
    assert 'value="send"' not in browser.html
    browser.press("/answers/check", do="send")
    assert browser.status == 403
    assert world.state.answers == ()
    assert "Viime hetkellä" in browser.client.get("/answers/draft.json", base_url=HOME).text
    world.now = LATE - timedelta(seconds=1)
    browser.get("/answers/check")
    browser.press("/answers/check", do="send")
    assert len(world.state.answers) == 1


def test_a_full_disk_acknowledges_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """507, the draft stays, and the same page can be sent again."""
    from tender.errors import RecordError

    browser = world.browser(world.link())
    browser.write("q1", text="Ei katoa")
    browser.get("/answers/check")
    hidden = browser.hidden()

    def full(*_: object, **__: object) -> None:
        raise RecordError("record.disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(sending, "receive_through", full)
        browser.press("/answers/check", do="send")
    assert browser.status == 507
    assert world.state.answers == ()
    assert "Ei katoa" in browser.get("/answers/question/q1")
    browser.press("/answers/check", do="send", **hidden)
    assert browser.at == "/answers/receipt/1"


def test_a_number_that_is_none_is_told_and_kept(world: World) -> None:
    """In the box as typed; blank is no number; sending waits."""
    browser = world.browser(world.link())
    for typed in ("noin 700", "1,5", "2001", "0", "-1", "1 2 3", "NaN", "1e3", "１２", "9" * 40):
        browser.write("q11", number=typed)
        assert 'aria-invalid="true"' in browser.html, typed
        assert f'value="{typed}"' in browser.html
        browser.send()
        assert browser.status == 400
    browser.write("q8", low="5", high="4")
    assert "low-problem" in browser.html
    browser.write("q8", low="", high="4")
    browser.write("q11", number="")
    browser.send()
    reply = world.state.answers[0].said.answer.replies
    assert (reply["q8"].low, reply["q8"].high) == (None, Decimal(4))
    assert "q11" not in reply


def test_an_open_mark_is_never_sent(world: World) -> None:
    """The page says so, shows nothing as public, and sending waits."""
    browser = world.browser(world.link())
    browser.write("q1", text="Julkista [[salaista, ei suljettu")
    assert "text-problem" in browser.html
    public = browser.html.split("data-public")[1].split("</div>")[0]
    assert "salaista" not in public
    browser.send()
    assert browser.status == 400
    assert world.state.answers == ()


def test_a_part_is_marked_by_quoting_it(world: World) -> None:
    """Without a script; the public view has a hole where it was."""
    browser = world.browser(world.link())
    browser.post("/answers/question/q1", do="mark", text="Hinta on 12 €.", quote="12 €", reason="Hinnoittelu")
    assert "[[12 €|Hinnoittelu]]" in browser.html
    public = browser.html.split("data-public")[1].split("</div>")[0]
    assert "12 €" not in public
    assert "Hinta on" in public
    browser.post("/answers/question/q1", do="mark", text="Hinta on 12 €.", quote="13 €", reason="x")
    assert browser.status == 400


def test_a_draft_saves_itself(world: World) -> None:
    """As the script asks: the version and the public pieces come back, never the secret."""
    browser = world.browser(world.link())
    browser.get("/answers/question/q1")
    data = {**browser.hidden(), "text": "Hinta [[12 €|syy]] on."}
    found = browser.client.post("/answers/question/q1/save", data=data, base_url=HOME).get_json()
    assert found["version"] == 1
    assert found["parts"] == [{"text": "Hinta ", "hidden": False}, {"text": "", "hidden": True},
                              {"text": " on.", "hidden": False}]  # fmt: skip
    assert "12 €" not in json.dumps(found, ensure_ascii=False)
    stale = browser.client.post("/answers/question/q1/save", data={**data, "text": "muu"}, base_url=HOME)
    assert stale.status_code == 409
    bare = browser.client.post("/answers/question/q1/save", data={"text": "x"}, base_url=HOME)
    assert bare.status_code == 400


def test_a_draft_travels_as_a_file(world: World) -> None:
    """Out of one browser and into another link's, word for word."""
    one, two = world.browser(world.link("Yksi Oy")), world.browser(world.link("Kaksi Oy"))
    one.write("q1", text="Työtoverille [[a|b]]")
    one.write("q9", choice="a")
    data = one.client.get("/answers/draft.json", base_url=HOME).data
    two.get("/")
    two.press("/answers/draft", file=(BytesIO(data), "draft.json"))
    assert two.status == 200
    assert "Työtoverille [[a|b]]" in two.get("/answers/question/q1")
    assert two.client.get("/answers/draft.json", base_url=HOME).data == data


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"pieces": []}', b'{"pieces": {"q1": {"text": "x"}}}', b"[" * 100_000,
     b'{"format": "valinta-dialogue-draft/1", "pieces": {"q1": {"text": [1]}}}',
     b'{"format": "other", "question_set": "", "pieces": {}}',
     b'{"format": "valinta-dialogue-draft/1", "question_set": "old", "pieces": {}}'],
    ids=lambda data: repr(data[:24]),
)  # fmt: skip
def test_a_file_that_is_no_draft_changes_nothing(world: World, data: bytes) -> None:
    """One clear page, and the draft as it was."""
    browser = world.browser(world.link())
    browser.write("q1", text="Ennallaan")
    browser.get("/")
    browser.press("/answers/draft", file=(BytesIO(data), "../../draft.json"))
    assert browser.status == 400
    assert "Ennallaan" in browser.get("/answers/question/q1")


def test_a_reply_without_end_is_refused(world: World) -> None:
    """Too long to keep: 413; too long to send, or with an unseen character: told, and kept as it was typed."""
    browser = world.browser(world.link())
    browser.write("q1", text="x" * 80_001)
    assert browser.status == 413
    browser.write("q1", text="x" * 20_001)
    assert "text-problem" in browser.html
    browser.write("q1", text="a\x07b\x0bc")
    assert "a\x07b\nc</textarea>" in browser.html
    assert "U+0007" in browser.html
    browser.write("q1", text="a\x0bc")
    assert "text-problem" not in browser.html


def test_boxes_that_the_page_does_not_have_are_left_out(world: World) -> None:
    """Choices that are not offered, cells of other tables, names of the form's own."""
    browser = world.browser(world.link())
    browser.write("q9", choice="z", text="x", **{"cell-0-0": "y", "evil": "z"})
    browser.send()
    reply = world.state.answers[0].said.answer.replies["q9"]
    assert (reply.choices, reply.rows) == ((), ())


def test_what_came_of_it_is_told_to_all_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only after a version was published: nobody learns the buyer's decision before the others."""
    browser = world.browser(world.link())
    browser.write("q1", text="Ehdotus")
    browser.send()
    answer = world.state.answers[0].said.answer.id
    said = Disposition(answer, "q1", "changed", {"fi": "Katto"}, {"fi": "Syy näkyy"}, ("framework.client_cap",), "M")
    with Record.open(world.folder / "record.db", lambda: world.now, lambda: bytes(16)) as record:
        record.append(said.kind, said.payload(), "virkamies", Publicity.AUTHORITY)
    assert "Syy näkyy" not in browser.get("/answers/sent?lang=fi")
    monkeypatch.setattr(sending, "_published", lambda _: 99)
    html = browser.get("/answers/sent")
    assert "Syy näkyy" in html
    assert "framework.client_cap" in html


def test_an_unknown_question_is_not_there(world: World) -> None:
    """404, also for names of files."""
    browser = world.browser(world.link())
    for name in ("q99", "about", "..%2fq1", "q1%00"):
        browser.get(f"/answers/question/{name}")
        assert browser.status == 404


def test_leaving_ends_the_session(world: World) -> None:
    """And keeps the language."""
    browser = world.browser(world.link())
    browser.get("/?lang=sv")
    browser.press("/leave")
    assert '<html lang="sv">' in browser.html
    browser.get("/answers/check")
    assert browser.status == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_speaks_every_language(world: World, language: str) -> None:
    """No page breaks, none is without a heading."""
    browser = world.browser(world.link())
    browser.get(f"/?lang={language}")
    browser.write("q1", text="x")
    browser.send()
    assert world.tender.dialogue
    questions = [f"/answers/question/{one.id}" for one in world.tender.dialogue.questions]
    for path in ("/", "/answers/check", "/answers/receipt/1", "/answers/sent", "/answer/x", "/documents/", *questions):
        html = browser.get(path)
        assert browser.status == 200, path
        assert f'<html lang="{language}">' in html
        assert html.count("<h1") == 1, path


def test_disk_full_for_the_record_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer's own failure reaches the page."""
    browser = world.browser(world.link())
    browser.write("q1", text="Ei katoa")
    with no_room(monkeypatch):
        browser.send()
    assert browser.status == 507
    browser.send()
    assert browser.at == "/answers/receipt/1"
