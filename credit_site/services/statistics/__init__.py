"""Figures of what is public: counted by a follower of the ledger, told as of today."""
