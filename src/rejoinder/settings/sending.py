"""From settings to a sender of letters."""

from rejoinder.mail.sender import ConsoleSender, NoSender, Sender
from rejoinder.mail.smtp import MailServer, SmtpSender
from rejoinder.settings.fields import MailBy, Settings


def sender_for(settings: Settings) -> Sender:
    """The sender that is set."""
    if settings.mail is MailBy.CONSOLE:
        return ConsoleSender()
    if settings.mail is MailBy.NONE:
        return NoSender()
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        username=settings.smtp_username,
        password=settings.smtp_password,
    )
    return SmtpSender(server, sender=settings.mail_from)
