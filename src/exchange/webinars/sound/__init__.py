"""The sound of the hour for weak lines: one continuous stream, and each closed minute as a file.
Changed by `sound.actions`; `sound.program` runs apart, without Django or database."""
