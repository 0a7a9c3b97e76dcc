"""How fast documents are read, indexed and asked, and how much memory that takes."""
