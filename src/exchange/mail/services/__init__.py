"""Mail services (Mailgun, Postmark …) that hand in mail and report what became of ours, by HTTPS.
Only when EXCHANGE_ANYMAIL names one; django-anymail gives all of them one shape."""
