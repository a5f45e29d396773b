"""The screen, the command line and the plain stream of nightdesk."""
