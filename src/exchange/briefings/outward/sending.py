"""The outward doors of newsletters on their way.
Loaded by outward/__init__.py."""
