"""Where people see and hear one another: rooms of BigBlueButton or Jitsi Meet, or a link elsewhere.
Whether it answers or not, the page, the dialogue and the sound go on without it."""
