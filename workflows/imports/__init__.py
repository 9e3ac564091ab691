"""A real ledger comes in: read, matched, judged, previewed, and then walked to its steps.

``book`` reads the file, ``matching`` says which column is what, ``cells`` reads single
cells, ``rows`` judges each row, ``batches`` keeps what was previewed, ``walk`` brings an
item to the step that its row tells of.
"""
