"""What goes along when somebody passes a page on: a card of text, and ready links without script.
Called by the views of this room and by templates of the rooms above."""
