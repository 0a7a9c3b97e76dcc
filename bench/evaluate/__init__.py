"""How well documents are read and questions answered, against gold that people made by reading."""
