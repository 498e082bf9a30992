"""The other end: takes sealed dossiers in, opens them at the desk, and answers for both."""
