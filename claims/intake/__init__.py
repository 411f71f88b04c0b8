"""Reading what comes in: any format a newsroom sends, one canonical text out.

Pure functions over bytes and strings. Nothing here knows a table or a request; only ``fetching``
speaks to the network, and only through its guard.
"""
