"""The appearance of documents: house style, style sheet, cover, figures."""
