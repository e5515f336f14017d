"""The pages of safeguarding: reporting for everybody, cases for lead and deputies, what stands for
hosts. Reached through `urls.py` alone."""
