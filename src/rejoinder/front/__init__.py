"""The front door: what is answered to readers before any framework."""
