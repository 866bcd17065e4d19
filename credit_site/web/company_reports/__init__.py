"""Credit reports of companies: the paper, and its page at ``/verify/<number>``."""

from credit_site.web.company_reports.download import blueprint, init_company_reports

__all__ = ["blueprint", "init_company_reports"]
