"""Data that the rules look words up in; see NOTICE.txt for where it comes from."""
