"""The Exchange as a provider of OAI-PMH 2.0, so that other libraries can harvest ours.
Used by hooks, views and commands of this room."""
