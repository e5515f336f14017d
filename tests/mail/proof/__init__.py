"""Workers that die at a named point of sending, and a mail server that counts.
Used by the proofs of mail alone."""
