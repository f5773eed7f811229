"""The verbs: one file each, one transaction each. Load and lock, ask the rules, save, note what is to be told."""
