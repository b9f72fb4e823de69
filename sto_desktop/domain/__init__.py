"""What a panel is: data, rules and actions in plain Python, without window or database."""
