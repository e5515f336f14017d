"""Pictures people add to what they share: taken in, made harmless, kept, shown and taken away.
Forms and actions are for the views of contributions and conversation."""
