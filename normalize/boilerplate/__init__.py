"""Rules that recognise what is not the posting."""
