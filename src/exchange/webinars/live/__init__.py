"""What everybody in the room is told: numbered events, tickets to the live process, the bus.
`live.actions.tell` is for the actions of every matter of this room."""
