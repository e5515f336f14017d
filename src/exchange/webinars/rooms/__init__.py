"""Video rooms: BigBlueButton, Jitsi Meet, and links to other services.
Its actions are called by the pages, mails and clocks of this room."""
