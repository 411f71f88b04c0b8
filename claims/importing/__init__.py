"""Taking over fact-checks: ClaimReviews from pages, feeds, files and tables, read and understood.

Pure: nothing here knows the database. `rows` reads what was sent, piece by piece, however long it
is; `taking` understands one ClaimReview; `rating` finds the step of a scale of ours for its rating.
"""
