"""What is asked before an item is opened: look-alikes, the units' present burden, a plan."""
