"""The log in the file: appending, merging, folding, erasing."""
