"""Feeds of what is public: Atom, RSS 2.0 and JSON Feed."""
