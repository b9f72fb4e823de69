"""The data, rules and actions of a panel in plain Python, without user interface or database."""
