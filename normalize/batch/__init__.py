"""Many files: what is due, what failed, what was done."""
