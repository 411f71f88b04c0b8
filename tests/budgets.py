"""How many SQL statements each list and detail may cost, at one row and at two hundred alike.

One of them is the caller's token, with user and staff profile in the same statement.
"""

LISTS = {
    "/articles/": 2,
    "/articles/{article}/versions/": 3,
    "/articles/{article}/claims/": 5,
    "/articles/{article}/suggestions/": 6,
    "/articles/{article}/versions/1/sentences/": 4,
    "/articles/{article}/versions/1/changes/": 4,
    "/articles/{article}/history/": 3,
    "/claims/": 4,
    "/claims/{claim}/evidence/": 3,
    "/claims/{claim}/history/": 3,
    "/tasks/": 2,
    "/tasks/?assignee=me": 2,
    "/tasks/{task}/history/": 3,
    "/verdicts/": 2,
    "/verdicts/?state=in_review&ordering=due_at": 2,
    "/fact-checks/": 2,
    "/fact-checks/?state=published&language=en&rating=false": 2,
    "/fact-checks/{fact-check}/history/": 3,
    "/rating-scales/": 4,
    "/beats/": 2,
    "/feeds/": 2,
    "/spotting/models/": 2,
    "/sources/": 2,
    "/staff/": 6,
}
DETAILS = {
    "/articles/{article}/": 4,
    "/articles/{article}/versions/1/": 3,
    "/articles/{article}/versions/1/reading/": 4,
    "/articles/{article}/versions/1/diff/?against=1": 4,
    "/articles/{article}/coverage/": 6,
    "/intake-requests/{intake-requests}/": 2,
    "/feeds/{feeds}/": 2,
    "/spotting/settings/": 2,
    "/claims/{claim}/": 6,
    "/tasks/{task}/": 2,
    "/tasks/{task}/draft/": 3,
    "/verdicts/{verdict}/": 5,
    "/verdicts/{verdict}/review-date/": 3,
    "/fact-checks/{fact-check}/": 9,
    "/staff/{staff}/": 5,
    "/me/": 6,
}
