"""Pictures coming into the writing room: made anew as everywhere, with who agreed to be seen.
Its form is named by the settings; what it shows is called by the preview."""
