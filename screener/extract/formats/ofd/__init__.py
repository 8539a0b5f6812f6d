"""OFD papers (GB/T 33190): pages, objects, colours, what is covered."""
