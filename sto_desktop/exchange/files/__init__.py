"""Reading and writing of general file formats, independent of panels: text, csv, workbooks, HTML tables."""
