"""What the lines of a document are: headings, facts, heads of mails, messages of a chat, and who says what."""
