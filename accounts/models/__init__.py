"""What the accounts app stores."""

from .mail import MailRecord
from .sign_in import SignInLink
from .user import User

__all__ = ["MailRecord", "SignInLink", "User"]
