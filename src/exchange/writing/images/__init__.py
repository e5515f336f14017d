"""Pictures coming into the writing room: made anew as everywhere, with who agreed to be seen."""
