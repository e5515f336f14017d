"""Descriptions in the forms that reference managers, catalogues and harvesters read.
Pure functions of a Description; each file names its source."""
