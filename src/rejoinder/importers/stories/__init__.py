"""One file per format a story can arrive in."""
