"""Every change to private messages: writing, saying yes or letting be, blocking, choosing, emptying.
Called by the pages, the handler of mail, the clock and the dossier."""
