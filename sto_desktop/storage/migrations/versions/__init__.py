"""The migrations, in order; each changes the log's and local tables only. What is folded is made anew after them."""
