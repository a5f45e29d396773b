"""The program around the screen: its start, its sessions, its end."""
