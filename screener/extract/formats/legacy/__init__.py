"""Old office papers, read through LibreOffice, and what it leaves out."""
