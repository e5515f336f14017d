"""Block trees for the tests of reading: made by hand, and any that Hypothesis can think of.
Called by the tests beside it."""

from typing import Any

from hypothesis import strategies as st

texts = st.text(max_size=80) | st.sampled_from(
    ["<script>alert(1)</script>", "a & b", "\ue000f:x\ue001", "مرحبا", "x" * 3_000, "word " * 900]
)
names = st.sampled_from(["n1", "n2", "n3", "bad name", ""])


@st.composite
def spans(draw: Any) -> list[dict[str, Any]]:
    made = []
    for text in draw(st.lists(texts, max_size=4)):
        span: dict[str, Any] = {"t": text}
        for mark in draw(st.sets(st.sampled_from("biud"), max_size=2)):
            span[mark] = 1
        if draw(st.booleans()):
            span |= draw(
                st.fixed_dictionaries({"note": names})
                | st.fixed_dictionaries({"href": st.sampled_from(["https://a.b/?x=1&y", "x:y"])})
            )
        made.append(span)
    return made


cells = st.fixed_dictionaries(
    {
        "spans": spans(),
        "head": st.booleans(),
        "across": st.integers(0, 4),
        "down": st.integers(0, 4),
    }
)
items: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries({"spans": spans()}),
    lambda inner: st.fixed_dictionaries({"spans": spans(), "items": st.lists(inner, max_size=3)}),
    max_leaves=6,
)
blocks: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("page"), "number": st.integers(-1, 3_000), "label": texts}
    ),
    st.fixed_dictionaries(
        {"type": st.just("heading"), "level": st.integers(-1, 9), "spans": spans()}
    ),
    st.fixed_dictionaries({"type": st.sampled_from(["paragraph", "quote"]), "spans": spans()}),
    st.fixed_dictionaries({"type": st.just("note"), "id": names, "spans": spans()}),
    st.fixed_dictionaries(
        {"type": st.just("list"), "ordered": st.booleans(), "items": st.lists(items, max_size=5)}
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("table"),
            "rows": st.lists(st.lists(cells, max_size=4), max_size=5),
            "caption": spans(),
        }
    ),
    st.fixed_dictionaries(
        {"type": st.just("figure"), "id": st.sampled_from(["f1", "f2"]), "caption": spans()}
    ),
    st.just({"type": "unheard of"}),
    st.none(),
)
trees = st.fixed_dictionaries({"pages": st.integers(0, 9), "blocks": st.lists(blocks, max_size=14)})


def text(words: str, **marks: object) -> dict[str, object]:
    return {"t": words, **marks}


def paragraph(words: str, **marks: object) -> dict[str, object]:
    return {"type": "paragraph", "spans": [text(words, **marks)]}


def heading(words: str, level: int = 1) -> dict[str, object]:
    return {"type": "heading", "level": level, "spans": [text(words)]}


def page(number: int) -> dict[str, object]:
    return {"type": "page", "number": number}
