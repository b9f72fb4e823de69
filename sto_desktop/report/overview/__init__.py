"""The content of the vogelvlucht and of the newsletter."""
