"""The office without a screen: the same commands and questions, a file per noun. No Qt."""
