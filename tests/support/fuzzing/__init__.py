"""Files that went wrong on the way, made from good ones, and what must hold for each of them."""
