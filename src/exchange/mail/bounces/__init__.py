"""Mail that comes back, and addresses: how they fare and whether we still write to them.
`actions` and `queries` are for other rooms; the rest is this folder's own."""
