"""Text made whole: mojibake, lost letters, layout."""
