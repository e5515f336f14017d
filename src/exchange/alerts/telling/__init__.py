"""What is new, told at once to those who wish it so: answers, and new contributions.
Its actions are called by the hooks of this matter."""
