"""Webinars in people's calendars: invitations that move and end, files, one feed to subscribe to.
`building` and `moments` are for the letters and pages of every matter of this room."""
