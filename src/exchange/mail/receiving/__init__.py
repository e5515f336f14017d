"""Mail that comes in: from a file in the spool to what became of it.
`actions`, `answering` and `queries` are for other rooms; the rest is this folder's own."""
