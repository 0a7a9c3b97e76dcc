"""Quality (`bench.evaluate`), speed (`bench.speed`) and the training of what ships (`bench.train`)."""
