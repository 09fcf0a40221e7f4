"""Finnish words break at syllables and at the joints of compounds; the allowed breaks were read from Voikko."""

from __future__ import annotations

import pyphen
import pytest

from tender.documents.hyphenation import hold_signs, teach_finnish

WORDS = {
    "pal-ve-lun-tuot-ta-jille": "pal-ve-lun-tuot-ta-jil-le",
    "han-kin-ta-yk-sikkö": "han-kin-ta-yk-sik-kö",
    "työl-li-syys-alueella": "työl-li-syys-a-lu-eel-la",
    "tar-jous-pyyntö": "tar-jous-pyyn-tö",
    "sopi-mus-eh-dot": "so-pi-mus-eh-dot",
    "sopi-mus-asia-kir-jat": "so-pi-mus-a-si-a-kir-jat",
    "viran-omai-nen": "vi-ran-o-mai-nen",
    "viran-omais-teh-tä-vät": "vi-ran-o-mais-teh-tä-vät",
    "työn-an-taja": "työn-an-ta-ja",
    "kapi-taa-tio-kor-vaus": "ka-pi-taa-ti-o-kor-vaus",
    "tulos-palk-kio": "tu-los-palk-ki-o",
    "koko-nais-pro-sessi": "ko-ko-nais-pro-ses-si",
    "enim-mäis-arvo": "e-nim-mäis-ar-vo",
    "arvon-li-sä-vero": "ar-von-li-sä-ve-ro",
    "käyt-töön-otto": "käyt-töön-ot-to",
    "vali-tus-oi-keus": "va-li-tus-oi-keus",
    "mää-rä-aika": "mää-rä-ai-ka",
    "yksin-oi-keutta": "yk-sin-oi-keut-ta",
    "asia-kas-määrä": "a-si-a-kas-mää-rä",
    "vali-tus-osoi-tus": "va-li-tus-o-soi-tus",
    "vähim-mäis-os-toi-hin": "vä-him-mäis-os-toi-hin",
    "kou-lu-tus-aste": "kou-lu-tus-as-te",
    "toi-mi-alan": "toi-mi-a-lan",
    "las-ku-esi-merkki": "las-ku-e-si-merk-ki",
    "tar-jous-ai-kana": "tar-jous-ai-ka-na",
    "satun-nais-otanta": "sa-tun-nais-o-tan-ta",
    "jäsen-yri-tys": "jä-sen-y-ri-tys",
}
"""Our breaks, at least three letters from either end, and every break that Voikko allows."""


def breaks(word: str) -> set[int]:
    return {place - number for number, place in enumerate(p for p, sign in enumerate(word) if sign == "-")}


@pytest.mark.parametrize(("ours", "allowed"), WORDS.items())
def test_words_of_the_documents(ours: str, allowed: str) -> None:
    teach_finnish()
    word = ours.replace("-", "")
    assert pyphen.Pyphen(lang="fi", left=3, right=3).inserted(word) == ours
    assert breaks(ours) <= breaks(allowed)


def test_signs_stay_with_their_numbers() -> None:
    assert hold_signs("laki 125 §:n ja § 3") == "laki 125\u00a0§:n ja §\u00a03"
    assert hold_signs("HL 80 ja 81 §") == "HL 80 ja 81\u00a0§"
    assert hold_signs("15 %, 20 € ja klo 12") == "15\u00a0%, 20\u00a0€ ja klo 12"
