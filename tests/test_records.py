"""Files that hold many records, split."""

from __future__ import annotations

import pytest
from support import cases

from normalize.formats.records import split_records
from normalize.posting import Source


@pytest.mark.parametrize("case", cases("records"))
def test_split_records(case):
    """Each record is a source of its own, numbered; other files come back as they are."""
    data = case["original"].encode(case.get("encoding", "utf-8"))
    found = list(split_records(Source(case["path"], data)))

    if case["expected"] is None:
        assert found == [Source(case["path"], data)]
        return
    assert [[source.path, source.data.decode()] for source in found] == case["expected"]
    assert {source.media_type for source in found} == {"application/json"}
