"""What the window asks of the laptop: work off its thread, staying awake, printers, crashes."""
