"""Pure rules of the library's health: how links are judged and when they are asked again.
Called by the actions beside it."""
