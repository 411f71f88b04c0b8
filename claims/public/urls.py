"""The addresses that are open to the world."""

from django.urls import path, register_converter

from claims.public import (
    archive,
    corrections,
    exports,
    fact_checks,
    methodology,
    oembed,
    sitemaps,
    syndication,
)


class Words:
    """The last part of a fact-check's address: letters of any script, digits and dashes."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(Words, "words")
app_name = "public"
urlpatterns = [
    path("fact-checks/", archive.archive, name="archive"),
    path("fact-checks/feed.json", exports.feed, name="data-feed"),
    path("fact-checks/archive.csv", exports.table, name="csv"),
    path("fact-checks/archive.jsonl", exports.lines, name="json-lines"),
    path("fact-checks/rss.xml", syndication.fact_checks(syndication.Rss, "rss"), name="rss"),
    path("fact-checks/atom.xml", syndication.fact_checks(syndication.Atom, "atom"), name="atom"),
    path("fact-checks/<words:slug>/", fact_checks.fact_check, name="fact-check"),
    path("fact-checks/<words:slug>/claimreview.json", fact_checks.review, name="claim-review"),
    path("corrections/", corrections.corrections, name="corrections"),
    path(
        "corrections/rss.xml",
        syndication.corrections(syndication.Rss, "corrections-rss"),
        name="corrections-rss",
    ),
    path(
        "corrections/atom.xml",
        syndication.corrections(syndication.Atom, "corrections-atom"),
        name="corrections-atom",
    ),
    path("methodology/", methodology.scales, name="scales"),
    path("methodology/<slug:slug>/", methodology.scale, name="methodology"),
    path("oembed", oembed.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.section, name="sitemap-section"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
