"""What a document is made of, and the words and options that all documents share."""
