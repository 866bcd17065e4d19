"""``python -m credit_site``: the command line."""

from credit_site.app import create_app
from credit_site.cli import main

if __name__ == "__main__":
    main(obj=create_app)
