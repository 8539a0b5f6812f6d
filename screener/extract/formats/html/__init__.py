"""Pages: every node, what styles hide, pictures and scripts."""
