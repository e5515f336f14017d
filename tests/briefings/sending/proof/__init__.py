"""A newsletter to very many, sent by real workers that are killed; also for journeys.
Used by the tests of sending and by whoever walks the whole way."""
