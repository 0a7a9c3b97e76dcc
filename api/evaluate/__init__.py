"""How well questions are answered, against gold that people made by reading."""
