"""What briefs and of those whose words stand in them add to the house.
Loaded by hooks/__init__.py."""
