"""Open pages hear of new comments: what is new under a story, told once a tick to everybody who reads it."""
