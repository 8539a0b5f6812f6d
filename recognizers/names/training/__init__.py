"""How the data and weights beside the name model are made. Nothing here runs while screening."""
