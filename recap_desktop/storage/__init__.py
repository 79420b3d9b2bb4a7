"""The office file: SQLite through sqlite-utils. The only SQL of the program."""
