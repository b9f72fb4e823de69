"""Papers for a panel: guide, invitation, letter, form, name cards; and for the hours after it."""
