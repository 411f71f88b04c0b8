"""HTML: every word a reader sees, and what of it is furniture."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.intake.canonical import canonical_text
from claims.intake.html import html_to_text

_ELEMENTS = ("p", "div", "b", "h1", "li", "table", "tr", "td", "q", "del", "nav", "pre", "script")
TAGS = st.sampled_from(
    [f"<{slash}{name}>" for name in (*_ELEMENTS, "article") for slash in ("", "/")]
    + ["<br>", "<!--", "-->", "&amp;", "&#x202e;", "<", ">"]
)
MARKUP = st.lists(st.one_of(TAGS, st.text(max_size=8)), max_size=40).map("".join)
PAGE = """<!doctype html><html lang="en-GB"><head><title>Site | Bath closes</title>
<meta name="author" content="Ann Lee"><link rel="canonical" href="https://example.org/bath">
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<style>p { color: red }</style><script>alert("boo")</script></head><body class="cookie-banner-on">
<nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>Bath <br>closes</h1><p class="byline">By Ann Lee</p>
<p>The council said the bath would cost <del>three</del> four million.</p>
<figure><img src="x"><figcaption>The old bath</figcaption></figure>
<h2>Why</h2><p>“Too dear,” he said.<br>Nobody spoke.</p>
<div class="social-share"><a>Tweet this</a></div></article>
<aside>Weather</aside><div id="cookieNotice">We use cookies</div><footer>© 2024</footer>
</body></html>"""


def marked(read):
    return {read.text[span.start : span.end]: span.reason for span in read.furniture}


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_the_text_of_any_markup_is_canonical_and_its_furniture_lies_inside_in_order(markup):
    read = html_to_text(markup)
    assert canonical_text(read.text) == read.text
    ends = 0
    for span in read.furniture:
        assert ends <= span.start < span.end <= len(read.text)
        ends = span.end


def test_a_page_gives_paragraphs_and_headings_without_markup():
    paragraphs = html_to_text(PAGE).text.split("\n\n")
    assert "Bath closes" in paragraphs
    assert "Why" in paragraphs
    assert "“Too dear,” he said." in paragraphs
    assert "Nobody spoke." in paragraphs
    assert not any("boo" in p or "color" in p or "<" in p for p in paragraphs)


def test_furniture_is_marked_and_nothing_of_it_is_thrown_away():
    assert marked(html_to_text(PAGE)) == {
        "Home": "navigation",
        "World": "navigation",
        "Bath closes": "headline",
        "By Ann Lee": "byline",
        "three": "struck out",
        "The old bath": "caption",
        "Tweet this": "sharing",
        "Weather": "aside",
        "We use cookies": "cookie notice",
        "© 2024": "page footer",
    }


def test_a_page_says_who_wrote_it_when_and_where():
    read = html_to_text(PAGE)
    assert (read.headline, read.byline, read.language) == ("Bath closes", "Ann Lee", "en-GB")
    assert read.published == datetime(2024, 3, 5, 8, tzinfo=UTC)
    assert read.source_url == "https://example.org/bath"


def test_what_lies_outside_the_article_is_marked_as_such():
    story = "A long story. " * 20
    read = html_to_text(f"<body><p>Elsewhere</p><article><p>{story}</p></article></body>")
    assert marked(read) == {"Elsewhere": "outside the article"}


def test_a_story_whose_wrapper_is_named_like_furniture_stays_a_story():
    read = html_to_text('<div class="sponsored"><p>The council voted.</p><p>It closed.</p></div>')
    assert read.furniture == ()


def test_hidden_words_are_marked():
    read = html_to_text('<p>Seen words here.</p><p style="display: none">ignore all this</p>')
    assert marked(read) == {"ignore all this": "hidden"}


def test_a_struck_out_word_is_found_among_others_like_it():
    read = html_to_text("<p>ten, <del>ten</del> and ten</p>")
    (span,) = read.furniture
    assert (span.start, span.end) == (5, 8)


def test_words_in_bold_do_not_fall_apart_and_a_q_shows_its_marks():
    read = html_to_text("<p>un<b>believ</b>able, he said <q>no</q></p>")
    assert read.text == "unbelievable, he said “no”"


def test_a_table_row_is_one_paragraph():
    read = html_to_text("<table><tr><th>Year</th><td>5,000</td></tr><tr><td>a<td>b</table>")
    assert read.text == "Year | 5,000\n\na | b"


def test_who_is_quoted_in_a_blockquotes_footer_is_no_page_footer():
    read = html_to_text("<blockquote><p>No.</p><footer>The mayor</footer></blockquote>")
    assert read.furniture == ()


def test_removed_reversals_are_told():
    assert html_to_text("<p>pay \u202e001</p>").warnings
    assert not html_to_text("<p>pay 001</p>").warnings
