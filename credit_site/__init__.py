"""A public register of administrative penalties and serious-dishonesty lists of a Chinese city."""
