"""Reading and writing file formats without knowing of panels: text, csv, workbooks, HTML tables."""
