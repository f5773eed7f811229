"""Who is asking: passwords, second factors, tokens and mail addresses. Nothing here knows of a database."""
