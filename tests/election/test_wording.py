"""Numbers, dates and sentences come out as Indonesian papers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election import wording
from recap_desktop.election.wording import Words
from recap_desktop.problems import Fault, KnownProblem

WORDS_OF_A_NUMBER = {
    0: "NOL",
    1: "SATU",
    10: "SEPULUH",
    11: "SEBELAS",
    12: "DUA BELAS",
    19: "SEMBILAN BELAS",
    20: "DUA PULUH",
    99: "SEMBILAN PULUH SEMBILAN",
    100: "SERATUS",
    101: "SERATUS SATU",
    110: "SERATUS SEPULUH",
    211: "DUA RATUS SEBELAS",
    999: "SEMBILAN RATUS SEMBILAN PULUH SEMBILAN",
    1_000: "SERIBU",
    1_100: "SERIBU SERATUS",
    2_024: "DUA RIBU DUA PULUH EMPAT",
    11_000: "SEBELAS RIBU",
    100_000: "SERATUS RIBU",
    101_000: "SERATUS SATU RIBU",
    1_001_000: "SATU JUTA SERIBU",
    1_394_438: ("SATU JUTA TIGA RATUS SEMBILAN PULUH EMPAT RIBU EMPAT RATUS TIGA PULUH DELAPAN"),
    1_000_000_000: "SATU MILIAR",
    1_000_000_000_000: "SATU TRILIUN",
}


@pytest.mark.parametrize(("number", "words"), WORDS_OF_A_NUMBER.items())
def test_a_number_is_worded_as_on_c_hasil(number: int, words: str) -> None:
    assert wording.terbilang(number) == words


@given(st.integers(0, wording.TERBILANG_LIMIT - 1))
def test_words_of_a_number_read_back_as_that_number(number: int) -> None:
    assert _read(wording.terbilang(number)) == number


@pytest.mark.parametrize("number", [-1, wording.TERBILANG_LIMIT])
def test_a_number_without_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        wording.terbilang(number)


def test_numbers_have_dots_for_thousands() -> None:
    assert wording.number_text(0) == "0"
    assert wording.number_text(999) == "999"
    assert wording.number_text(1234) == "1.234"
    assert wording.number_text(-1234567) == "-1.234.567"


def test_dates_and_times_are_written_the_indonesian_way() -> None:
    assert wording.date_text("2024-11-27") == "27 November 2024"
    assert wording.date_text("2018-06-07") == "7 Juni 2018"
    assert wording.day_name("2024-11-27") == "Rabu"
    assert wording.time_text("14:02") == "14.02"
    assert wording.time_text("2024-11-27T07:05:59+07:00") == "07.05"
    assert wording.date_in_words("2024-11-27") == wording.DateInWords(
        "RABU", "DUA PULUH TUJUH", "NOVEMBER", "DUA RIBU DUA PULUH EMPAT"
    )


def test_words_fill_in_details_and_dot_the_figures() -> None:
    words = Words({"a.b": "{name} punya {count} suara, TPS {tps}."})
    assert words("a.b", name="Ciamis", count=45843, tps="1234") == (
        "Ciamis punya 45.843 suara, TPS 1234."
    )
    assert words["a.b"].startswith("{name}")
    with pytest.raises(KeyError):
        words("a.c")
    with pytest.raises(KeyError):
        words("a.b", name="Ciamis")


def test_a_fault_is_led_by_its_file_and_line() -> None:
    words = Words(
        {
            "problem.p": "{count} salah.",
            "fault.f": "salah {what}.",
            "place.file": "{file}: {text}",
            "place.line": "{file} baris {line}: {text}",
        }
    )
    assert words.fault(Fault("f", {"what": "ini"})) == "salah ini."
    assert words.fault(Fault("f", {"what": "ini"}, "a.csv")) == "a.csv: salah ini."
    assert words.fault(Fault("f", {"what": "ini"}, "a.csv", 1200)) == "a.csv baris 1200: salah ini."
    assert words.problem(KnownProblem("p", count=1200)) == "1.200 salah."


def _read(words: str) -> int:
    """The number of some words, read as a person does: from left to right, group by group."""
    digits = {
        word: value
        for value, word in enumerate(
            ["NOL", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN"]
        )
    }
    sizes = {"RIBU": 10**3, "JUTA": 10**6, "MILIAR": 10**9, "TRILIUN": 10**12}
    ready = {"SEPULUH": 10, "SEBELAS": 11, "SERATUS": 100}
    total = group = last = 0
    for word in words.split():
        if word in digits:
            last = digits[word]
            group += last
        elif word in ready:
            group += ready[word]
        elif word == "SERIBU":
            total += 1000
        elif word in sizes:
            total, group = total + group * sizes[word], 0
        elif word == "BELAS":
            group += 10
        else:
            group += last * {"PULUH": 9, "RATUS": 99}[word]
    return total + group
