"""Files of members and notes, with a look beforehand."""
