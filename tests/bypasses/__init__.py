"""Every bypass through the whole tool."""
