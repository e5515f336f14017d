"""What is new inside hubs and groups, told to those who belong, with as much of it as each group allows.
Its actions are called by the hooks of this matter."""
