"""What a page of the writing room is made of, and how that becomes light Markdown and comes back.
`kinds` are the editor's blocks; `plain` and `rich` know values and words alone."""
