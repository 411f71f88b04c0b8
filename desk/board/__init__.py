"""What the lead sees of the whole desk: open work, people, who waits for whom, and the past.

Reads only. What is open is read from the rows themselves; what is over comes from the summary by
day (`desk.models.DayCount`), so that it costs the same at a hundred verdicts and at a million.
"""
