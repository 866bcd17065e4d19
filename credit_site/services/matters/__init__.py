"""Objections, applications for repair, tips: brought forward by the public, dealt with here."""
