"""Papers for a panel: guide, invitation, letter, form, name cards."""
