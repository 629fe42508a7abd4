"""Pages: Material's frame rendered once per place in the tree (shell), our own
templates for what stands in it (pages)."""
