"""Takes sealed dossiers in. Runs without the desk's and the root's folders; can open nothing."""
