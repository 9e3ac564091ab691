"""Official papers: measured as files, read back as PDFs."""
