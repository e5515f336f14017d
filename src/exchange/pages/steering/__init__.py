"""What hosts choose for the home, the beginnings of sections, the announcement, our places elsewhere.
Read from memory by every page; changed at the desk."""
