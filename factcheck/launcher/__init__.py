"""`make run`: web, worker, beat, webhooks and Redis, started and stopped together on one machine.

Read it in this order: `__main__` (the story), `preflight` (what could be in the way), `broker`
(the embedded Redis), `database` (tables and the sample newsroom), `commands` (what is started),
`processes` (how it is started, watched and stopped), `greeting` (what the person sees).
"""
