"""Following a launch: the steps in order, and what is around each of them."""
