"""Recordings of the hour: made of its sound or noted at the engine, heard by two hosts, released,
listed in a podcast, and taken away in one act."""
