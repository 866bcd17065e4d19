"""Use cases: the only code that writes; one public function is one transaction."""
