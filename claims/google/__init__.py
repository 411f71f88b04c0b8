"""The archive in the shape of Google's Fact Check Tools API, v1alpha1, for clients made for that.

Read only, without a key; see https://developers.google.com/fact-check/tools/api/reference/rest.
"""
