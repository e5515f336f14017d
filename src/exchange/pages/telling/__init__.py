"""The Exchange's own texts: written by hosts in the writing room, read by everybody.
Its actions are called by the writing room."""
