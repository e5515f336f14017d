"""How a page of the writing room becomes what readers see, and follows it when that is taken back.
Its actions are called by the editor's own ways, by the clock's command and by opening."""
