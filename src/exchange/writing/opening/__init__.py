"""From the desk into the writing room: the shelves made ready, a page made from what stands outside.
Its actions are called by the views of the same name."""
