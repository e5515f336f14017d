"""Opening, changing and closing hubs and working groups, and what is known of them.
For the views of this room and for rooms above."""
