"""Many files: in this process, or over a pool of local workers."""
