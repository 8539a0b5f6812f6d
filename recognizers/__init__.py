"""What is personal or secret in a Chinese text. Knows nothing of screener; see ``engine``."""
