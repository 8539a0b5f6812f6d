"""One module for each rule: its name is the rule's id, it holds exactly one recognizer class."""
