"""How documents look: house style, style sheet, cover, figures."""
