"""`./exchange doctor mail`: what must be published and set so that our mail arrives, in words.
Asked by the command of that name."""
