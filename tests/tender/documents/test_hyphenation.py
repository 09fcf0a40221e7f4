"""Words break at syllables and at the joints of compounds; the breaks that Finnish allows were read from Voikko."""

from __future__ import annotations

import pyphen
import pytest

from tender.documents.hyphenation import hold_signs, teach_compounds

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
    "avaa-mis-aika": "a-vaa-mis-ai-ka",
    "kor-jaus-il-moi-tus": "kor-jaus-il-moi-tus",
    "odo-tus-ajoille": "o-do-tus-a-joil-le",
    "ole-tus-ar-voja": "o-le-tus-ar-vo-ja",
    "pää-tös-asia-kirja": "pää-tös-a-si-a-kir-ja",
    "talous-ar-vio-vuo-sien": "ta-lous-ar-vi-o-vuo-si-en",
    "hin-nan-tar-kis-tus-eh-dot": "hin-nan-tar-kis-tus-eh-dot",
    "vas-tuun-ot-taja": "vas-tuun-ot-ta-ja",
    "yksin-omaan": "yk-sin-o-maan",
}
"""Our breaks, at least three letters from either end, and every break that Voikko allows."""


SWEDISH = (
    "upp-hand-lings-en-het",
    "upp-hand-lings-an-non-sen",
    "sys-sel-sätt-nings-om-råde",
    "kapi-ta-tions-er-sätt-ning",
    "resul-tat-er-sätt-ning",
    "anbuds-an-sö-kan",
    "anbuds-por-ta-len",
    "anbuds-för-frå-gan",
    "besvärs-an-vis-ning",
    "rät-tel-se-an-vis-ning",
    "rät-tel-se-yr-kande",
    "data-skydds-för-ord-ningen",
    "jäm-fö-rel-se-grund",
    "kund-an-ta-let",
    "kund-må-nad",
    "kund-re-la-tion",
    "lag-stift-ning",
    "mark-nads-dom-sto-len",
    "offent-lig-hets-la-gen",
    "pen-ning-enhets-ur-val",
    "per-son-upp-gifts-in-ci-dent",
    "pro-cent-en-he-ter",
    "regis-ter-num-mer",
    "ser-vice-kon-cep-tet",
    "språk-la-gen",
    "språk-ver-sion",
    "tilläm-pas",
    "tilläggs-an-märk-ning",
    "total-eko-no-miska",
    "under-entre-pre-nad",
    "upp-följ-nings-mo-dell",
    "vari-a-tions-in-ter-vall",
    "volym-in-ter-vall",
    "vän-te-tid",
)
"""Compounds of our Swedish documents: a break stands at each joint, and never one letter beside it."""


def breaks(word: str) -> set[int]:
    return {place - number for number, place in enumerate(p for p, sign in enumerate(word) if sign == "-")}


@pytest.mark.parametrize(("ours", "allowed"), WORDS.items())
def test_words_of_the_documents(ours: str, allowed: str) -> None:
    teach_compounds()
    word = ours.replace("-", "")
    assert pyphen.Pyphen(lang="fi", left=3, right=3).inserted(word) == ours
    assert breaks(ours) <= breaks(allowed)


@pytest.mark.parametrize("ours", SWEDISH)
def test_swedish_words_of_the_documents(ours: str) -> None:
    teach_compounds()
    assert pyphen.Pyphen(lang="sv", left=3, right=3).inserted(ours.replace("-", "")) == ours


def test_other_swedish_words_break_as_before() -> None:
    """Our joints are laid over the general patterns, they do not take their place."""
    teach_compounds()
    assert pyphen.Pyphen(lang="sv", left=3, right=3).inserted("tillsammans") == "till-sam-mans"


def test_signs_stay_with_their_numbers() -> None:
    assert hold_signs("laki 125 §:n ja § 3") == "laki 125\u00a0§:n ja §\u00a03"
    assert hold_signs("HL 80 ja 81 §") == "HL 80 ja 81\u00a0§"
    assert hold_signs("15 %, 20 € ja klo 12") == "15\u00a0%, 20\u00a0€ ja klo 12"
