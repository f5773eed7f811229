"""Second factors: codes from an authenticator app that change every half minute (RFC 6238)."""

from datetime import datetime

import pyotp
import segno

STEP = 30  # seconds
DIGITS = 6
DRIFT = 1  # steps a clock may be wrong by, either way (RFC 6238, 5.2)


def new_secret() -> str:
    """A secret of 160 random bits, in base 32 (RFC 4226, 4: at least 128, better 160)."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, *, account: str, issuer: str) -> str:
    """The otpauth: address that an authenticator app takes the secret from."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=account, issuer_name=issuer)


def qr_code(uri: str) -> str:
    """The address as a QR code: an SVG element for a page, black on white, so that it is read in the dark too."""
    code = segno.make(uri, micro=False)
    return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))


def verify(secret: str, code: str, *, now: datetime, last_counter: int) -> int | None:
    """The time step of the code, if it is right for this moment and later than `last_counter`, the step of the last
    code that was used; else None. Keep the step: a code serves once (RFC 6238, 5.2).
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    current = int(now.timestamp()) // STEP
    app = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    right = [
        counter
        for counter in range(current - DRIFT, current + DRIFT + 1)
        if pyotp.utils.strings_equal(app.generate_otp(counter), typed)
    ]
    return next((counter for counter in right if counter > last_counter), None)
