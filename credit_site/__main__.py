"""``python -m credit_site``: the command line.

A process that this one starts runs this module once more, under another name, and must not
load for that what it never uses.
"""

if __name__ == "__main__":
    from credit_site.app import create_app
    from credit_site.cli import main

    main(obj=create_app)
