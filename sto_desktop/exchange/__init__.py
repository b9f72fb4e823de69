"""The outside world's formats: notes in Markdown, members in csv and xlsx, guides, notes as csv."""
