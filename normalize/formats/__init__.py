"""Reading and writing the formats postings come and go in."""
