"""Building a newsletter: what stands in it, in which languages, who lets it go.
Its actions are called by the pages, mails and clocks of this room."""
