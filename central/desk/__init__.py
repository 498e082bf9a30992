"""Opens what came in, certifies kiosks and signs notices. The only place with keys that open anything."""
