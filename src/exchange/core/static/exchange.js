// Never needed; kind when it runs.
