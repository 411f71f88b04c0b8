"""Webhooks as Standard Webhooks 1.0.0 has them: signing, retrying, sending, and what is told.

Pure but for `sending`, which touches the network, always through the guard: no tables, no requests.
See https://www.standardwebhooks.com.
"""
