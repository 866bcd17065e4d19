"""An address as a QR code (ISO/IEC 18004), drawn as one path of an SVG image."""

from __future__ import annotations

QUIET = 4
"""Modules that stay white around it, as the standard asks."""


def qr_image(text: str) -> str:
    """The SVG; the same for the same text."""
    # Brings Pillow along: 5 MiB of every process, for a paper that few ask for.
    import qrcode  # noqa: PLC0415
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
        f'<path fill="#000" d="{"".join(dark)}"/></svg>'
    )
