"""The lint reads finished pages: what clauses say, define and cite."""

from __future__ import annotations

from tender.language import Language
from tender.publishing.wording import page_text, wording_findings

PAGE = """<!DOCTYPE html><html lang="fi"><head><title>T</title></head><body>
<header class="cover"><h1>Tarjouspyyntö</h1></header>
<main>
<section class="clause level-1" id="c-definitions"><h2><span class="number">1</span> Käsitteet</h2>
<div class="facts"><table><tbody><tr><th scope="row">Asiakaskatto</th><td>suurin määrä</td></tr></tbody></table></div>
<ul><li><strong>riskiryhmällä</strong> ryhmää</li><li>muuta</li></ul></section>
<section class="clause level-2" id="c-cap"><h3><span class="number">1.1</span> Katto</h3>
<p>Asiakaskatto riskiryhmässä on {cap} (<span data-document="payment-annex">liite</span>).</p></section>
</main>
<section class="provenance"><h2>Lausekkeet</h2><p>77</p></section>
</body></html>"""


def test_a_page_gives_its_clauses() -> None:
    """Definitions come from the box and the list; citations stay with their clause; the layout's parts are left out."""
    page = page_text("call", Language.FI, PAGE.replace("{cap}", "700"))
    assert [clause.id for clause in page.clauses] == ["cover", "definitions", "cap"]
    assert page.clauses[1].defined == ("Asiakaskatto", "riskiryhmällä")
    assert page.clauses[1].cited == ()
    assert page.clauses[2].cited == ("payment-annex",)
    assert "700" in page.clauses[2].text
    assert page.clauses[2].number == "1.1"


def test_findings_come_from_pages() -> None:
    """Another number in Swedish is found; a citation of something not made is, too."""
    fi, sv = PAGE.replace("{cap}", "700"), PAGE.replace("{cap}", "600").replace('lang="fi"', 'lang="sv"')
    found = wording_findings({("call", Language.FI): fi, ("call", Language.SV): sv}, ["call"], Language.FI)
    assert {finding.rule for finding in found if finding.blocks} == {
        "wording.numbers-differ",
        "wording.dangling-document",
    }
