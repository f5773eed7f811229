from pathlib import Path
def write(results): return []
