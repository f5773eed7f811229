"""What leaves an installation: records and how they are written. They know neither the store nor the web."""
