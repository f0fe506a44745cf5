"""`hub policy matrix`: a table, a page that needs no other file, and a sheet in which nothing is worked out."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hub.cli.main import main
from hub.officers.sheet import COLUMNS
from hub.policies import read_policies
from policies.engine import compile_engine
from policies.matrix import Matrix, plain_classes, seats
from schema.catalogue import catalogue
from tests.support.policies import DAY, agreement, limits, partnership

VOID = {"meta", "link", "br", "hr", "img", "input"}
SOME = ("housing", "police")
OFFICER = ("--agency", "council", "--role", "asb_officer", "--purpose", "ASB_PREVENTION")


def matrix(*arguments: str) -> Result:
    return CliRunner(env={"HUB_POLICIES": ""}).invoke(main, ["policy", "matrix", "--on", DAY, *arguments])


def sheet(*arguments: str) -> list[dict[str, str]]:
    answer = matrix("--format", "csv", *arguments)
    assert answer.exit_code == 0, answer.output
    return list(csv.DictReader(io.StringIO(answer.stdout, newline="")))


@pytest.fixture(scope="module")
def whole() -> list[dict[str, str]]:
    return sheet()


def test_the_sheet_has_a_line_for_every_line_of_the_matrix(whole: list[dict[str, str]]) -> None:
    engine = compile_engine(read_policies(None), catalogue())
    lines = Matrix(engine, DAY, plain_classes(engine))
    every = [
        (seat.agency, seat.role, seat.purpose or "none", line.type, line.field, line.owner, line.rung)
        for seat in seats(engine, DAY)
        if seat.agency in SOME
        for line in lines.lines(seat, engine.catalogue.types)
    ]
    assert {row["agency"] for row in whole} == set(engine.agencies)
    assert [tuple(row[name] for name in (*COLUMNS[:6], "rung")) for row in whole if row["agency"] in SOME] == every


def test_a_line_of_the_sheet_says_all_that_decides(whole: list[dict[str, str]]) -> None:
    told = [
        (row["rung"], row["condition"], row["agreement"], row["limits"])
        for row in whole
        if (row["role"], row["purpose"], row["owner"], row["field"])
        == ("asb_officer", "ASB_PREVENTION", "police", "dateOfBirth")
    ]
    hidden = "covert: nothing; silent: nothing; witness: nothing"
    assert told == [
        ("year", "OFFICIAL", "asb-panel", hidden),
        ("full", "case_member", "asb-panel", hidden),
    ]


def test_a_line_of_the_sheet_says_what_may_be_done_and_when(whole: list[dict[str, str]]) -> None:
    permitted = {
        (row["field"], row["owner"], row["condition"], row["agreement"], row["limits"])
        for row in whole
        if (row["role"], row["purpose"], row["type"], row["rung"]) == ("officer", "ASB_PREVENTION", "Case", "may")
    }
    hidden = "silent: nothing"
    assert ("join", "council", "in_area; OFFICIAL", "asb-panel", hidden) in permitted
    assert ("note", "council", "case_member", "asb-panel", hidden) in permitted
    assert ("close", "police", "always", "own-records", hidden) in permitted
    assert not [row for row in permitted if row[0] == "close" and row[1] != "police"]


@pytest.mark.parametrize(
    ("option", "word", "column"),
    [
        ("--agency", "police", "agency"),
        ("--role", "dsl", "role"),
        ("--purpose", "CRIME_PREVENTION", "purpose"),
        ("--purpose", "none", "purpose"),
        ("--type", "Person", "type"),
    ],
)
def test_an_option_leaves_its_own_rows(whole: list[dict[str, str]], option: str, word: str, column: str) -> None:
    assert sheet(option, word) == [row for row in whole if row[column] == word] != []


def test_no_cell_is_worked_out_by_a_spreadsheet(tmp_path: Path) -> None:
    """Ids are free words: one that begins like a formula stays a text."""
    _folder(tmp_path, "=1+1", "@limit")
    rows = sheet("--policies", str(tmp_path), "--type", "Person", "--purpose", "ASB_PREVENTION")
    assert {row["agreement"] for row in rows} == {"'=1+1"}
    assert "'@limit: nothing" in {row["limits"] for row in rows}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in its turn; keeps the names, attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)


@pytest.fixture(scope="module")
def page_text() -> str:
    answer = matrix("--format", "html")
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_the_page_is_whole_in_itself_and_runs_nothing(page_text: str) -> None:
    page = Page(page_text)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    names = {name for _, attributes in page.elements for name in attributes}
    assert names <= {"lang", "charset", "name", "content", "scope"}
    assert "url(" not in page_text
    assert "@import" not in page_text


def test_every_table_of_the_page_has_a_caption_and_headings_that_say_what_they_head(page_text: str) -> None:
    page = Page(page_text)
    tables = len(list(page.named("table")))
    assert tables == len(list(page.named("caption"))) == len(list(page.named("thead"))) > 10
    assert {heading["scope"] for heading in page.named("th")} == {"col", "row"}
    assert "thead { display: table-header-group; }" in page_text
    assert "section { break-before: page; }" in page_text
    assert next(page.named("html")) == {"lang": "en-GB"}


def test_the_page_names_everybody_every_condition_and_every_limit(page_text: str) -> None:
    page = Page(page_text)
    engine = compile_engine(read_policies(None), catalogue())
    captions = [text for tag, text in page.texts if tag == "caption"]
    assert "council, asb_officer, for ASB_PREVENTION" in captions
    for code, agency in engine.agencies.items():
        assert all(f"{code} {role}" in captions[0] for role in agency.roles)
    defined = {text for tag, text in page.texts if tag == "dt"}
    assert defined >= {limit.id for limit in engine.limits} | {"in_area", "case_member", "child"}
    assert engine.policy_hash in page_text


def test_what_documents_say_is_no_markup_on_the_page(tmp_path: Path) -> None:
    _folder(tmp_path, "<b>&amp;</b>")
    answer = matrix("--format", "html", "--policies", str(tmp_path), "--type", "Person")
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in answer.stdout
    assert "<b>&amp;</b>" not in answer.stdout


def test_the_table_says_in_a_row_what_is_said_alike(whole: list[dict[str, str]]) -> None:
    answer = matrix(*OFFICER, "--type", "Person")
    assert answer.exit_code == 0
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in answer.output.splitlines()]
    told = [row for row in rows if row and row[0] == "Person"]
    assert ["Person", "dateOfBirth", "housing, police (OFFICIAL)", "year", "asb-panel"] in [row[:5] for row in told]
    assert len(told) < len([row for row in whole if row["role"] == "asb_officer" and row["type"] == "Person"])


@pytest.mark.parametrize("form", ["table", "html", "csv"])
def test_the_answer_goes_to_a_file_as_it_goes_to_the_terminal(tmp_path: Path, form: str) -> None:
    file, asked = tmp_path / "matrix", ("--format", form, *OFFICER, "--type", "Person")
    assert matrix(*asked, "--output", str(file)).output == ""
    assert file.read_text(encoding="utf-8") == matrix(*asked).stdout


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    nowhere = matrix(*OFFICER, "--type", "Person", "--output", str(tmp_path / "no folder" / "matrix.html"))
    assert nowhere.exit_code == 1
    assert "No such file or directory" in nowhere.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--agency", "polize"), "there is no agency 'polize'; there are: council, fennel, health, housing, "),
        (("--agency", "police", "--role", "dsl"), "there is no role 'dsl'; there are: officer"),
        (("--purpose", "FUN"), "'FUN' is not one of 'ASB_PREVENTION'"),
        (("--role", "auditor", "--purpose", "MARAC_DA"), "'MARAC_DA'; there are: AUDIT, none"),
        (("--type", "Persona"), "there is no type 'Persona'; there are: "),
        (("--on", "soon"), "'soon' is not a day"),
    ],
)
def test_what_is_not_understood_is_said_with_the_words_that_there_are(arguments: Sequence[str], sentence: str) -> None:
    answer = matrix(*arguments)
    assert answer.exit_code == 2
    assert sentence in " ".join(answer.output.split())


def test_on_another_day_other_agreements_are_in_force() -> None:
    answer = CliRunner().invoke(main, ["policy", "matrix", "--on", "2030-01-01", "--format", "csv"])
    assert answer.stdout.splitlines() == [",".join(COLUMNS)]


def _folder(folder: Path, agreement_id: str, limit_id: str = "limit") -> None:
    """Write a folder of documents with one agreement and one limit of these names."""
    grant = {"id": "g", "type": "Person", "when": {"unconditional": True}, "show": {"full": ["phone"]}}
    limit = {"id": limit_id, "when": {"protections": "refuge"}, "caps": {"Person": {"nothing": ["phone"]}}}
    agencies = json.loads(partnership())
    agencies["agencies"]["council"]["datasets"] = ["people"]
    (folder / "agencies.yaml").write_text(json.dumps(agencies), encoding="utf-8")
    (folder / "limits.yaml").write_text(limits(limit), encoding="utf-8")
    (folder / "agreements").mkdir()
    (folder / "agreements" / "a.yaml").write_text(agreement(agreement_id, [grant]), encoding="utf-8")
