"""Files as other systems write them, made by tests: LimeSurvey's CSV and structure, and a bare DOCX."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from html import escape
from io import BytesIO

_L10NS = 400
"""DBVersion from which words stand in tables of their own."""

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def lime_csv(heads: list[str], rows: Iterable[list[str]]) -> bytes:
    """An export as LimeSurvey's CsvWriter makes it: BOM, all quoted, CRLF, an empty last line."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (heads, *rows)]
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def structure_of(version: int) -> bytes:
    """A survey of two questions in Finnish and Swedish, in the form of DBVersion `version`."""
    words = {
        "1": {"fi": "<p>Onko katto&nbsp;hyvä?</p>", "sv": "<p>Är taket bra?</p>"},
        "2": {"fi": "Organisaatio", "sv": "Organisation"},
    }
    offers = {"7": ("A1", "1", {"fi": "Kyllä", "sv": "Ja"}), "8": ("A2", "2", {"fi": "Ei", "sv": "Nej"})}
    questions = [
        {"qid": "1", "parent_qid": "0", "gid": "1", "type": "L", "title": "katto", "question_order": "2"},
        {"qid": "2", "parent_qid": "0", "gid": "1", "type": "S", "title": "org", "question_order": "1"},
    ]
    groups = [{"gid": "1", "group_order": "0"}]
    answers = [{"aid": aid, "qid": "1", "code": code, "sortorder": order} for aid, (code, order, _) in offers.items()]
    if version >= _L10NS:
        tables = {
            "questions": questions,
            "question_l10ns": [
                {"qid": qid, "question": text, "language": one}
                for qid, said in words.items()
                for one, text in said.items()
            ],
            "answers": answers,
            "answer_l10ns": [
                {"aid": aid, "answer": text, "language": one}
                for aid, (_, _, said) in offers.items()
                for one, text in said.items()
            ],
            "groups": groups,
            "group_l10ns": [{"gid": "1", "group_name": "Ryhmä", "language": "fi"}],
        }
    else:
        tables = {
            "answers": [
                {**{k: v for k, v in row.items() if k != "aid"}, "answer": offers[row["aid"]][2][one], "language": one}
                for row in answers
                for one in ("fi", "sv")
            ],
            "groups": [{**groups[0], "group_name": "Ryhmä", "language": "fi"}],
            "questions": [
                {**row, "question": words[row["qid"]][one], "language": one}
                for row in questions
                for one in ("fi", "sv")
            ],
        }
    body = "".join(f"<{name}><rows>{''.join(map(_row, rows))}</rows></{name}>" for name, rows in tables.items())
    head = f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>"
    return f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{body}</document>'.encode()


def _row(row: dict[str, str]) -> str:
    return f"<row>{''.join(f'<{name}><![CDATA[{text}]]></{name}>' for name, text in row.items())}</row>"


def docx_of(text: str, **parts: str) -> bytes:
    """A document of one paragraph a line, with further `parts` by name (dots written as ``__``)."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", body)
        for name, words in parts.items():
            archive.writestr(name.replace("__", "."), words)
    return made.getvalue()
