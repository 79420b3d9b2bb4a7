"""What is voted on, where and on which forms; as data, and its amendments."""
