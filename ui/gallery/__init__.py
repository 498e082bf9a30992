"""Every widget in its states, and sample pages made of them.

``python -m ui.gallery FOLDER`` writes a PNG of each sheet in the arrangements of ``GRABS``.
All people, numbers and procedures in it are invented.
"""
