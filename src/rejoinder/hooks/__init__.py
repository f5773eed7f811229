"""Calling addresses outside, signed: webhooks and external checks."""
