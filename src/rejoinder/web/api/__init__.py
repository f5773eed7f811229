"""JSON under /api/v1, for the same things."""
