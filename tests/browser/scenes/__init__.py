"""What each app shows to the audit; see `tests.browser.pages`."""
